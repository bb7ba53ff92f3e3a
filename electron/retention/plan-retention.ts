import type { RunRetention } from '../../shared/domain/history';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { KeptRun } from '../store/records';

const day = 24 * 3600 * 1000;
const gigabyte = 1e9;

/** Runs that a retention lets go, oldest first, and those beyond a limit that stay all the same. */
export interface RetentionPlan {
  readonly remove: readonly KeptRun[];
  readonly keptAlive: number;
  readonly keptNewest: number;
  readonly keptMarked: number;
  /** When the oldest run that stays was asked for, Unix milliseconds; null where none stays. */
  readonly oldestKept: number | null;
}

/**
 * Decides which runs go. `runs` are newest first; `sizeOf` gives the bytes of a run's folder (only asked where a limit
 * of bytes is set). What must stay counts towards the limits: it takes up the room.
 */
export function planRetention(
  runs: readonly KeptRun[],
  keep: RunRetention,
  now: number,
  sizeOf: (run: RunId) => number,
  isAlive: (run: RunId) => boolean,
): RetentionPlan {
  const remove: KeptRun[] = [];
  const slots = new Set<SlotId>();
  const kept = { alive: 0, newest: 0, marked: 0 };
  let bytes = 0;
  let oldestKept: number | null = null;
  for (const [index, run] of runs.entries()) {
    const isNewest = !slots.has(run.slot);
    slots.add(run.slot);
    if (keep.gigabytes !== null) bytes += sizeOf(run.id);
    const isBeyond =
      (keep.days !== null && run.requestedAt < now - keep.days * day) ||
      (keep.count !== null && index >= keep.count) ||
      (keep.gigabytes !== null && bytes > keep.gigabytes * gigabyte);
    if (isBeyond) {
      if (!run.over || isAlive(run.id)) kept.alive += 1;
      else if (isNewest) kept.newest += 1;
      else if (run.marked && !keep.includeMarked) kept.marked += 1;
      else {
        remove.unshift(run);
        continue;
      }
    }
    oldestKept = run.requestedAt;
  }
  return {
    remove,
    keptAlive: kept.alive,
    keptNewest: kept.newest,
    keptMarked: kept.marked,
    oldestKept,
  };
}
