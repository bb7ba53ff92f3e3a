import { formatAge } from '../components/time-text';

/** How long a changed value is marked, in milliseconds. */
export const flashTime = 1_000;

/** Ages below this, in milliseconds, are said in tenths of a second. */
export const tenthsBelow = 10_000;

/** `changed 0.2 s ago`: tenths at first, so that a value that keeps coming is seen to. */
export function changeAgeText(age: number): string {
  if (age < 0) return 'changed just now';
  if (age < tenthsBelow) return `changed ${(Math.floor(age / 100) / 10).toFixed(1)} s ago`;
  return `changed ${formatAge(age)} ago`;
}

/** When any of the data was last set, Unix milliseconds; null where nothing was. */
export function lastChange(changedAt: { readonly [key: string]: number }): number | null {
  const times = Object.values(changedAt);
  return times.length === 0 ? null : times.reduce((latest, time) => Math.max(latest, time), 0);
}
