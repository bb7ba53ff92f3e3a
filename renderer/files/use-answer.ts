import { useEffect, useState } from 'react';
import { errorText } from '../../shared/error-text';
import type { Result } from '../../shared/result';

/** What became of a question: not known yet, its answer, or why there is none. */
export type Answer<Value> =
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly value: Value }
  | { readonly state: 'failed'; readonly message: string };

/** Asks once when the view is drawn, and anew when `key` changes. */
export function useAnswer<Value>(key: unknown, ask: () => Promise<Result<Value>>): Answer<Value> {
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
    // `ask` is made anew with each drawing; `key` says when it asks for something else.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key]);
  return answer !== null && answer.key === key ? answer.answer : { state: 'waiting' };
}
