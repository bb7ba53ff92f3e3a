import { assertNever } from '../../shared/assert-never';
import { abortSignal, describeOutcome, isActive, type Run } from '../../shared/domain/run';
import { formatElapsed } from '../components/time-text';
import { connectionLine, lostConnection } from '../slot/connection-text';

/** How long a run took, or has taken until `now`; empty where it never started or its end is not known. */
export function durationText(run: Run, now: number): string {
  if (run.startedAt === null) return '';
  if (run.endedAt !== null) return formatElapsed(run.endedAt - run.startedAt);
  return isActive(run) ? formatElapsed(now - run.startedAt) : '';
}

/** How a run ended in a few words, where the state's word stands beside it; empty while it is active. */
export function outcomeInShort(run: Run): string {
  if (lostConnection(run) !== null) return connectionLine(run);
  if (run.outcome === null) return '';
  switch (run.outcome.kind) {
    case 'exited':
      return `exit code ${run.outcome.code}`;
    case 'signalled':
      return `ended by ${run.outcome.signal}`;
    case 'aborted':
      return `by ${abortSignal[run.outcome.stage]}`;
    case 'not-started':
    case 'lost':
      return run.outcome.message;
    default:
      return assertNever(run.outcome);
  }
}

/** How a run ended, in the sentence that its page says too; empty while it is active. */
export function outcomeText(run: Run): string {
  if (lostConnection(run) !== null) return connectionLine(run);
  return run.outcome === null ? '' : describeOutcome(run.outcome);
}
