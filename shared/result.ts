/** A failure that was expected: a stable code for programs and a sentence for the operator. */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
}

/** An outcome that the caller has to look at before using it. */
export type Result<Value, Fault extends Failure = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Fault };

/** Wraps a value as success. */
export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** Wraps a code and a sentence as an expected failure. */
export function failure<Code extends string>(
  code: Code,
  message: string,
): { readonly ok: false; readonly error: Failure<Code> } {
  return { ok: false, error: { code, message } };
}
