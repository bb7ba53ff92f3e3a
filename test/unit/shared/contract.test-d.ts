import type { z } from 'zod';
import type { CallHandlers } from '../../../electron/ipc/answer';
import type { calls, CallName, CallRequest, CallResponse } from '../../../shared/ipc/contract';
import type { SlotId } from '../../../shared/domain/ids';

/*
 * Read by the type checker, never run: the names of the contract, of main's handlers and of the renderer's calls
 * coincide, and so do the types on both sides.
 */

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Expect<Holds extends true> = Holds;

export type HandlersAnswerExactlyTheContract = Expect<Same<keyof CallHandlers, keyof typeof calls>>;
export type NamesAreTheContract = Expect<Same<CallName, keyof typeof calls>>;

/** What a handler gives back fits what the renderer's parser gives out, for every call. */
type HandlerValue<Name extends CallName> =
  Extract<Awaited<ReturnType<CallHandlers[Name]>>, { ok: true }> extends { value: infer Value }
    ? Value
    : never;
type Mismatches = {
  [Name in CallName]: HandlerValue<Name> extends CallResponse<Name> ? never : Name;
}[CallName];
export type EveryResponseFits = Expect<Same<Mismatches, never>>;

/** A request on the wire is what the schema takes in; a handler gets what it gives out. */
export type RequestsGoInAsWritten = Expect<
  Same<CallRequest<'run.start'>, z.input<(typeof calls)['run.start']['request']>>
>;
export type HandlersGetBrandedIds = Expect<Same<Parameters<CallHandlers['run.start']>[0]['slot'], SlotId>>;
