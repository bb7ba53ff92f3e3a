import { create } from 'zustand';
import { noAuditFilters, type AuditDraft } from './audit-filter';

interface AuditStore {
  readonly draft: AuditDraft;
  /** Position of the selected entry; null for none. */
  readonly selected: number | null;
}

/** What the Audit page was left at. */
export const useAuditStore = create<AuditStore>(() => ({ draft: noAuditFilters, selected: null }));

/** Changes the audit's filters. */
export function changeAuditFilters(change: Partial<AuditDraft>): void {
  useAuditStore.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** Selects an entry. */
export function selectEntry(position: number): void {
  useAuditStore.setState({ selected: position });
}
