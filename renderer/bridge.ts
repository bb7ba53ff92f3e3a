import {
  calls,
  replySchema,
  type CallName,
  type CallRequest,
  type CallResponse,
  type PanelBridge,
} from '../shared/ipc/contract';
import { controlsLockedCode } from '../shared/domain/controls-lock';
import { batchSchema, type Batch } from '../shared/ipc/state';
import { failure, success, type Result } from '../shared/result';

declare global {
  interface Window {
    /** Put there by the preload script; only this module uses it. */
    readonly panel: PanelBridge;
  }
}

let whenLocked: () => void = () => undefined;

/** Hears of every call that was refused because the controls are locked, so that the window can offer to unlock them. */
export function onControlsLocked(listener: () => void): void {
  whenLocked = listener;
}

/** Asks main. An expected refusal is a value; a reply that breaks the contract throws. */
export async function call<Name extends CallName>(
  name: Name,
  request: CallRequest<Name>,
): Promise<Result<CallResponse<Name>>> {
  const reply = replySchema.parse(await window.panel.call(name, request));
  if (!reply.ok && reply.error.code === controlsLockedCode) whenLocked();
  if (!reply.ok) return failure(reply.error.code, reply.error.message);
  return success(parseResponse(name, reply.value));
}

function parseResponse<Name extends CallName>(name: Name, value: unknown): CallResponse<Name> {
  // The schema under `name` is the one that CallResponse<Name> is inferred from; TypeScript does not correlate the two.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return calls[name].response.parse(value) as CallResponse<Name>;
}

/**
 * Hears every batch of changes. A batch that breaks the contract goes to `onMisfit` as a sentence, since an error
 * thrown inside the listener would be seen by nobody. Returns how to stop.
 */
export function onBatch(listener: (batch: Batch) => void, onMisfit: (message: string) => void): () => void {
  return window.panel.onBatch((received) => {
    const batch = batchSchema.safeParse(received);
    if (batch.success) listener(batch.data);
    else onMisfit(describeMisfit(batch.error.issues));
  });
}

function describeMisfit(
  issues: readonly { readonly path: PropertyKey[]; readonly message: string }[],
): string {
  const [first] = issues;
  const where = first === undefined ? '' : ` (${first.path.map(String).join('.')}: ${first.message})`;
  return `a change that the main process told of does not fit what this window expects${where}`;
}
