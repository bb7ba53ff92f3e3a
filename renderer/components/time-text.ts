/*
 * Times as the screens say them. All clock times are UTC, an observatory's habit; the footer's clock carries the word.
 */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in milliseconds as `m:ss` or `h:mm:ss`; a negative one (clocks set back) reads as `0:00`. */
export function formatElapsed(duration: number): string {
  const total = Math.max(0, Math.floor(duration / second));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/** An age in milliseconds in its largest unit: `now` under a second, then `5 s`, `3 m`, `2 h`, `4 d`. */
export function formatAge(age: number): string {
  if (age < second) return 'now';
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} m`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / day)} d`;
}

/** An age as words for a sentence: `just now`, `5 s ago`. */
export function formatAgo(age: number): string {
  return age < second ? 'just now' : `${formatAge(age)} ago`;
}

/** Whole seconds until a moment, rounded up and never negative, as countdowns show them. */
export function secondsUntil(moment: number, now: number): number {
  return Math.max(0, Math.ceil((moment - now) / second));
}

/** Unix milliseconds as `02:13:10` in UTC. */
export function formatUtcTime(moment: number): string {
  return new Date(moment).toISOString().slice(11, 19);
}

/** Unix milliseconds as `2026-11-23 02:13:10` in UTC. */
export function formatUtcDateTime(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** The same, without the date where that is today's: `02:13:10`. */
export function formatUtcMoment(moment: number, now: number): string {
  const text = formatUtcDateTime(moment);
  const [today] = formatUtcDateTime(now).split(' ');
  return text.startsWith(`${today} `) ? formatUtcTime(moment) : text;
}

const countFormat = new Intl.NumberFormat('en-GB');

/** A count with thousands apart: `48,112`. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** A count with its noun: `1 run`, `2 runs`. The plural may be given where an `s` does not make it. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

const byteUnits = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size in bytes with decimal units: `4.9 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${byteUnits[unit] ?? ''}`;
}
