import type { Run } from '../../shared/domain/run';

/** Whether a run changed in more than the length of its log, which changes many times a second. */
export function differsBeyondLog(before: Run | undefined, after: Run): boolean {
  if (before === undefined) return true;
  const { lines: _beforeLines, bytes: _beforeBytes, ...restBefore } = before;
  const { lines: _afterLines, bytes: _afterBytes, ...restAfter } = after;
  return JSON.stringify(restBefore) !== JSON.stringify(restAfter);
}
