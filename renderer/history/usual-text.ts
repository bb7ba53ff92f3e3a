import type { UsualDuration } from '../../shared/domain/history';
import { countOf } from '../components/time-text';

const minute = 60_000;
const hour = 60 * minute;

/** A duration as people say it: `8 s`, `4 min`, `1 h 20 min`. */
export function roughDuration(duration: number): string {
  if (duration < 1000) return 'under 1 s';
  if (duration < 100_000) return `${Math.round(duration / 1000)} s`;
  if (duration < 100 * minute) return `${Math.round(duration / minute)} min`;
  const hours = Math.floor(duration / hour);
  const minutes = Math.round((duration - hours * hour) / minute);
  if (minutes === 60) return `${hours + 1} h`;
  return minutes === 0 || hours >= 24 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** What an estimate rests on: `median of the last 5 successful runs with these arguments`. */
export function usualBasis({ runs, sameArguments }: UsualDuration): string {
  const which = sameArguments ? 'with these arguments' : 'of this script, with other arguments';
  return runs === 1
    ? `the last successful run ${which}`
    : `median of the last ${countOf(runs, 'successful run')} ${which}`;
}
