import type { RunId } from '../../shared/domain/ids';
import type { QueueEntry } from '../../shared/domain/queue';
import { isActive, type Run } from '../../shared/domain/run';
import type { Result } from '../../shared/result';
import type { RunService } from '../run/run-service';
import { endEntry, endOfRun, lostEnd, putBack } from './queue-changes';
import type { Queue } from './queue-state';

/** Where it stands what became of a run. */
export interface KnownRuns {
  readonly runs: Pick<RunService, 'find'>;
  /** A run as it was kept; null where nothing was. */
  readonly readRun: (run: RunId) => Promise<Result<Run | null>>;
  /** Whether the folder of a run says that it was started. */
  readonly wasStarted: (run: RunId) => Promise<boolean>;
  readonly now: () => number;
}

/** Matches the entries that were running to their runs, of which some have ended while no panel was there. */
export async function matchRuns(queue: Queue, known: KnownRuns): Promise<Queue> {
  let matched = queue;
  for (const entry of queue.entries.filter(({ state }) => state === 'running')) {
    matched = await matchRun(matched, entry, known);
  }
  return matched;
}

async function matchRun(queue: Queue, entry: QueueEntry, known: KnownRuns): Promise<Queue> {
  const { runs, readRun, wasStarted, now } = known;
  if (entry.run === null) return putBack(queue, entry.id, null);
  const live = runs.find(entry.run);
  if (live !== null && isActive(live)) return queue;
  const stored = live ?? valueOr(await readRun(entry.run), null);
  if (stored !== null && !isActive(stored)) {
    return endEntry(queue, entry.id, endOfRun(stored, now()), now());
  }
  if (stored === null && !(await wasStarted(entry.run))) {
    return putBack(queue, entry.id, 'The panel ended before it was started.');
  }
  const message = 'The panel was away and cannot find the run again.';
  return endEntry(queue, entry.id, lostEnd(message, now()), now());
}

function valueOr<Value>(result: Result<Value>, fallback: Value): Value {
  return result.ok ? result.value : fallback;
}
