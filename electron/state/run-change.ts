import { isActive, type Run } from '../../shared/domain/run';

/**
 * Whether a run of a slot takes the place of another one. Not by id: two runs of one second stand there in random order.
 * A clock that was set back must not hide an active run.
 */
export function comesAfter(run: Run, shown: Run): boolean {
  return isActive(run) === isActive(shown) ? run.requestedAt >= shown.requestedAt : isActive(run);
}

/** Whether a run changed in more than the length of its log, which changes many times a second. */
export function differsBeyondLog(before: Run | undefined, after: Run): boolean {
  if (before === undefined) return true;
  const { lines: _beforeLines, bytes: _beforeBytes, ...restBefore } = before;
  const { lines: _afterLines, bytes: _afterBytes, ...restAfter } = after;
  return JSON.stringify(restBefore) !== JSON.stringify(restAfter);
}
