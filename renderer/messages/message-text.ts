import { formatUtcDateTime } from '../components/time-text';

/** When a message was received, in UTC to the millisecond; the date only where it is not today's. */
export function receivedText(receivedAt: number, now: number): string {
  const time = new Date(receivedAt).toISOString();
  const isToday = time.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? time.slice(11, 23) : `${time.slice(5, 10)} ${time.slice(11, 23)}`;
}

/**
 * A time in UTC as an operator types it: `02:13` (of the day of `now`), `2026-11-23`, `2026-11-23 02:13:10`. Unix
 * milliseconds; null where it is no time, or not yet.
 */
export function readUtcTime(typed: string, now: number): number | null {
  const match = /^(?:(\d{4}-\d{2}-\d{2})[ T]*)?(?:(\d{1,2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?)?Z?$/.exec(
    typed.trim(),
  );
  const [, day, minute, second = ':00'] = match ?? [];
  if (day === undefined && minute === undefined) return null;
  const date = day ?? new Date(now).toISOString().slice(0, 10);
  const time = Date.parse(`${date}T${(minute ?? '00:00').padStart(5, '0')}${second}Z`);
  return Number.isNaN(time) ? null : time;
}

/** When a message was published, and how long it was on its way, where the publisher said when. */
export function publishedText(publishedAt: number | null, receivedAt: number): string {
  if (publishedAt === null) return 'not said';
  const lag = (receivedAt - publishedAt) / 1000;
  const sign = lag < 0 ? 'before' : 'after';
  return `${formatUtcDateTime(publishedAt)} UTC; received ${Math.abs(lag).toFixed(3)} s ${sign} that`;
}
