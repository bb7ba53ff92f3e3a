import { useNowText } from './clock';
import { formatUtcMoment } from './time-text';

/** A time (Unix milliseconds) of something that may stand for days: in UTC, with its date once that is not today's. */
export function UtcMoment({ at }: { readonly at: number }): string {
  return useNowText((now) => formatUtcMoment(at, now));
}
