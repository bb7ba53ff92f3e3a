import { formatUtcDateTime } from '../components/time-text';

/** When a message was received, in UTC to the millisecond; the date only where it is not today's. */
export function receivedText(receivedAt: number, now: number): string {
  const time = new Date(receivedAt).toISOString();
  const isToday = time.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? time.slice(11, 23) : `${time.slice(5, 10)} ${time.slice(11, 23)}`;
}

/** When a message was published, and how long it was on its way, where the publisher said when. */
export function publishedText(publishedAt: number | null, receivedAt: number): string {
  if (publishedAt === null) return 'not said';
  const lag = (receivedAt - publishedAt) / 1000;
  const sign = lag < 0 ? 'before' : 'after';
  return `${formatUtcDateTime(publishedAt)} UTC; received ${Math.abs(lag).toFixed(3)} s ${sign} that`;
}
