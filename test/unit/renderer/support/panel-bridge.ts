import { calls, type CallName, type CallRequest, type CallResponse } from '../../../../shared/ipc/contract';
import type { PanelBridge } from '../../../../shared/ipc/contract';
import type { Batch } from '../../../../shared/ipc/state';
import { failure, success, type Result } from '../../../../shared/result';

type Answers = { [Name in CallName]?: (request: CallRequest<Name>) => Result<CallResponse<Name>> };

/** Main's end of the bridge, as a test answers for it. Requests and answers are held to the contract. */
export class PanelBridgeDouble implements PanelBridge {
  readonly requests: { name: string; request: unknown }[] = [];
  readonly #answers: Answers;
  readonly #listeners = new Set<(batch: unknown) => void>();
  /** While set, calls of these names wait for `release`. */
  readonly #held = new Map<string, (() => void)[]>();

  constructor(answers: Answers) {
    this.#answers = answers;
    Object.defineProperty(window, 'panel', { value: this, configurable: true });
  }

  hold(name: CallName): void {
    this.#held.set(name, []);
  }

  release(name: CallName): void {
    const waiting = this.#held.get(name) ?? [];
    this.#held.delete(name);
    for (const go of waiting) go();
  }

  /** The requests of one call, parsed. */
  asked<Name extends CallName>(name: Name): CallRequest<Name>[] {
    return this.requests
      .filter((entry) => entry.name === name)
      .map((entry) => entry.request as CallRequest<Name>);
  }

  send(batch: Batch): void {
    for (const listener of this.#listeners) listener(structuredClone(batch));
  }

  async call(name: string, request: unknown): Promise<unknown> {
    const known = name as CallName;
    calls[known].request.parse(request);
    this.requests.push({ name, request });
    const waiting = this.#held.get(name);
    if (waiting !== undefined) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    const answer = this.#answers[known] as ((request: unknown) => Result<unknown>) | undefined;
    const reply =
      answer === undefined ? failure('not-answered', `The test answers no ${name}.`) : answer(request);
    if (reply.ok) calls[known].response.parse(reply.value);
    return structuredClone(reply);
  }

  onBatch(listener: (batch: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export { success, failure };
