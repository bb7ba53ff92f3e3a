import { useEffect, useState } from 'react';
import { errorText } from '../../shared/error-text';
import type { Result } from '../../shared/result';

/** What became of a question: not known yet, its answer, or why there is none. */
export type Answer<Value> =
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly value: Value }
  | { readonly state: 'failed'; readonly message: string };

/**
 * Asks once when the view is drawn, and anew when `key` or `version` changes. What was answered stays until the answer
 * for another version of the same key has come; that of another key goes at once.
 */
export function useAnswer<Value>(
  key: unknown,
  ask: () => Promise<Result<Value>>,
  version: unknown = null,
): Answer<Value> {
  const [answer, setAnswer] = useState<{ readonly key: unknown; readonly answer: Answer<Value> } | null>(
    null,
  );
  useEffect(() => {
    let current = true;
    const show = (found: Answer<Value>): void => {
      if (current) setAnswer({ key, answer: found });
    };
    ask().then(
      (reply) =>
        show(
          reply.ok
            ? { state: 'answered', value: reply.value }
            : { state: 'failed', message: reply.error.message },
        ),
      (error: unknown) => show({ state: 'failed', message: errorText(error) }),
    );
    return () => {
      current = false;
    };
    // `ask` is made anew with each drawing; `key` and `version` say when it asks for something else.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, version]);
  return answer !== null && answer.key === key ? answer.answer : { state: 'waiting' };
}
