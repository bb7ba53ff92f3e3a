import type { z } from 'zod';
import type { CallTable } from '../../shared/ipc/calls/call-table';
import { calls, type CallName, type Reply } from '../../shared/ipc/contract';
import type { Failure, Result } from '../../shared/result';
import { errorText } from '../../shared/error-text';

/** A handler for each call of a table; each answers a value or an expected failure. */
export type HandlersOf<Table extends CallTable> = {
  readonly [Name in keyof Table]: (
    request: z.output<Table[Name]['request']>,
  ) => Promise<Result<z.output<Table[Name]['response']>>> | Result<z.output<Table[Name]['response']>>;
};

/** A handler for each call of the contract. */
export type CallHandlers = HandlersOf<typeof calls>;

/** Why a call is not answered at present; null where it is. */
export type CallRefusal = (name: CallName, request: unknown) => Promise<Failure | null>;

/**
 * Answers one call: a known name, a request that fits its schema, then the handler. Every way out is a reply with a
 * value, or with a code and a sentence.
 */
export async function answerCall(
  handlers: CallHandlers,
  name: unknown,
  request: unknown,
  onUnexpected: (call: string, error: unknown) => void,
  refusal: CallRefusal,
): Promise<Reply> {
  if (!isCallName(name))
    return refuse('unknown-call', 'The window asked for something that the panel does not know.');
  const parsed = calls[name].request.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    return refuse(
      'bad-request',
      `${name} was asked with an unfit request: ${place} ${issue?.message ?? ''}`.trim(),
    );
  }
  try {
    const refused = await refusal(name, parsed.data);
    if (refused !== null) return refuse(refused.code, refused.message);
    // The parsed request is this handler's, by the schema under the same name; TypeScript does not correlate the two.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const handler = handlers[name] as (request: unknown) => ReturnType<CallHandlers[CallName]>;
    const result = await handler(parsed.data);
    return result.ok ? { ok: true, value: result.value } : refuse(result.error.code, result.error.message);
  } catch (error) {
    onUnexpected(name, error);
    const cause = errorText(error);
    return refuse('unexpected', `The panel met an error that it did not expect: ${cause}`);
  }
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

function refuse(code: string, message: string): Reply {
  return { ok: false, error: { code, message } };
}
