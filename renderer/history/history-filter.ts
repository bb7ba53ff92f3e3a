import { z } from 'zod';
import { everyRun, runOutcomeWordSchema, type RunFilter } from '../../shared/domain/history';
import { slotIdSchema } from '../../shared/domain/ids';
import { readDayRange } from '../components/day-range';

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

/** The filter that a draft stands for. The last day is one of those wanted; what is no day restricts nothing. */
export function readFilter(draft: FilterDraft): RunFilter {
  return {
    ...everyRun,
    crate: draft.crate === '' ? null : draft.crate,
    slots: draft.slots,
    script: draft.script.trim(),
    outcomes: draft.outcomes,
    text: draft.text.trim(),
    ...readDayRange(draft),
    pinned: draft.pinned,
  };
}

/** Whether a draft restricts anything. */
export function hasFilters(draft: FilterDraft): boolean {
  return JSON.stringify(readFilter(draft)) !== JSON.stringify(everyRun);
}
