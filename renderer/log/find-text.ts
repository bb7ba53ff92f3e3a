import type { LogFindStatus, LogMatch, LogQuery } from '../../shared/domain/log-find';
import { countOf, formatCount } from '../components/time-text';

/** What the status beside the search box says: `12 of 3,456`, `no match`, `searching … 40 %`, `regex: <why not>`. */
export function matchesText(
  query: LogQuery | null,
  status: LogFindStatus | null,
  current: LogMatch | null,
): string {
  if (query === null) return '';
  if (status === null) return 'searching …';
  if (status.fault !== null) return query.regex ? `regex: ${status.fault}` : status.fault;
  const share = shareOf(status);
  const isGoing = isSearching(status);
  if (status.matches === 0) return isGoing ? `searching … ${share} %` : 'no match';
  const found =
    current === null
      ? countOf(status.matches, 'match', 'matches')
      : `${formatCount(current.ordinal)} of ${formatCount(status.matches)}`;
  return isGoing ? `${found}, searching … ${share} %` : found;
}

/** Whether a search goes on. The end of a log that grows is always being searched; that is not worth a word. */
export function isSearching(status: LogFindStatus | null): boolean {
  return status === null || (status.fault === null && !status.complete && shareOf(status) < 99);
}

/** How much of the log has been gone through, per cent. */
function shareOf({ progress }: LogFindStatus): number {
  return Math.floor(progress * 100);
}

/** More about the matches, for who rests on the status. */
export function matchesTitle(status: LogFindStatus | null, current: LogMatch | null): string {
  if (status === null || status.matches === 0) return '';
  const counts = `${countOf(status.matches, 'match', 'matches')} in ${countOf(status.matchingLines, 'line')}.`;
  const wrapped = current?.wrapped === true ? ' The search went on at the other end of the log.' : '';
  return `${counts}${wrapped}${status.note === null ? '' : ` ${status.note}`}`;
}
