import { z } from 'zod';
import { everyRun, runOutcomeWordSchema, type RunFilter } from '../../shared/domain/history';
import { slotIdSchema } from '../../shared/domain/ids';

/** The History page's filters as they are typed and chosen. Days are UTC, `2026-11-23`; empty restricts nothing. */
export const filterDraftSchema = z.object({
  crate: z.string(),
  slots: z.array(slotIdSchema),
  script: z.string(),
  outcomes: z.array(runOutcomeWordSchema),
  text: z.string(),
  fromDay: z.string(),
  toDay: z.string(),
  pinned: z.boolean(),
});
export type FilterDraft = z.infer<typeof filterDraftSchema>;

/** Filters that let every run through. */
export const noFilters: FilterDraft = {
  crate: '',
  slots: [],
  script: '',
  outcomes: [],
  text: '',
  fromDay: '',
  toDay: '',
  pinned: false,
};

const day = 24 * 3600 * 1000;

/** The filter that a draft stands for. The last day is one of those wanted; what is no day restricts nothing. */
export function readFilter(draft: FilterDraft): RunFilter {
  const last = dayStart(draft.toDay);
  return {
    ...everyRun,
    crate: draft.crate === '' ? null : draft.crate,
    slots: draft.slots,
    script: draft.script.trim(),
    outcomes: draft.outcomes,
    text: draft.text.trim(),
    from: dayStart(draft.fromDay),
    to: last === null ? null : last + day,
    pinned: draft.pinned,
  };
}

/** Whether a draft restricts anything. */
export function hasFilters(draft: FilterDraft): boolean {
  return JSON.stringify(readFilter(draft)) !== JSON.stringify(everyRun);
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
