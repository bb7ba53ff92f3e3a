import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '../../shared/result';

/** Milliseconds between two questions. */
const askAgainAfter = 1000;

/** Asks the database until it answers. Gives its last failure where `ending` says before that nobody waits any more. */
export async function askUntilAnswered<Value>(
  ask: () => Promise<Result<Value>>,
  ending: AbortSignal,
): Promise<Result<Value>> {
  for (;;) {
    const answer = await ask();
    if (answer.ok || ending.aborted) return answer;
    try {
      await delay(askAgainAfter, undefined, { signal: ending });
    } catch {
      // The only fault of a pause is its end before the time.
      return answer;
    }
  }
}
