/** Two days as they are typed, UTC, `2026-11-23`; empty restricts nothing. */
export interface DayRangeDraft {
  readonly fromDay: string;
  readonly toDay: string;
}

/** Moments, Unix milliseconds: the first that is wanted and the first after those wanted; null for any. */
interface Moments {
  readonly from: number | null;
  readonly to: number | null;
}

const day = 24 * 3600 * 1000;

/** The time that two days stand for. The last day is one of those wanted; what is no day restricts nothing. */
export function readDayRange({ fromDay, toDay }: DayRangeDraft): Moments {
  const last = dayStart(toDay);
  return { from: dayStart(fromDay), to: last === null ? null : last + day };
}

/** What is wrong with a day as typed, which may not be before `first`; null where nothing is. */
export function dayFault(text: string, first = ''): string | null {
  if (text.trim() === '') return null;
  const start = dayStart(text);
  if (start === null) return 'as 2026-11-23';
  const from = dayStart(first);
  return from !== null && start < from ? 'before the first day' : null;
}

function dayStart(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return null;
  const moment = Date.parse(`${text.trim()}T00:00:00Z`);
  return Number.isNaN(moment) ? null : moment;
}
