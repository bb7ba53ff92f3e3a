import { slotIdSchema } from '../../shared/domain/ids';
import type { AuditFilter } from '../../shared/domain/audit';
import { readDayRange, type DayRangeDraft } from '../components/day-range';

/** The audit's filters as they are typed and chosen; empty restricts nothing. */
export interface AuditDraft extends DayRangeDraft {
  readonly text: string;
  readonly actions: readonly string[];
  readonly slot: string;
  readonly actor: string;
}

/** Filters that let every entry through. */
export const noAuditFilters: AuditDraft = {
  text: '',
  actions: [],
  slot: '',
  actor: '',
  fromDay: '',
  toDay: '',
};

/** The filter that a draft stands for. The last day is one of those wanted; what is no day restricts nothing. */
export function readAuditFilter(draft: AuditDraft): AuditFilter {
  const slot = slotIdSchema.safeParse(draft.slot);
  return {
    text: draft.text.trim(),
    actions: [...draft.actions],
    slot: slot.success ? slot.data : null,
    actor: draft.actor === '' ? null : draft.actor,
    ...readDayRange(draft),
  };
}

/** Whether a draft restricts anything. */
export function restricts(draft: AuditDraft): boolean {
  const { text, actions, slot, actor, from, to } = readAuditFilter(draft);
  return text !== '' || actions.length > 0 || slot !== null || actor !== null || from !== null || to !== null;
}
