import type { AuditEntry, AuditFilter } from '../../shared/domain/audit';
import type { Store } from '../store/store';
import { csvLine } from './csv';

const pageSize = 500;

/** What the list needs: pages of the audit; `onEntries` hears how many entries have been written. */
export interface AuditSource {
  readonly store: Pick<Store, 'ask'>;
  readonly onEntries: (entries: number) => void;
}

/** The entries that a filter lets through as CSV, newest first, page by page. Throws what the database says. */
export async function* auditCsv(
  { store, onEntries }: AuditSource,
  filter: AuditFilter,
): AsyncGenerator<string> {
  yield csvLine(['time (UTC)', 'who', 'action', 'slot', 'run', 'detail (JSON)']);
  let before: number | null = null;
  let written = 0;
  for (;;) {
    const listed: Awaited<ReturnType<typeof askPage>> = await askPage(store, filter, before);
    if (!listed.ok) throw new Error(listed.error.message);
    const { entries } = listed.value;
    if (entries.length > 0) yield entries.map(lineOf).join('');
    written += entries.length;
    onEntries(written);
    const last = entries.at(-1);
    if (last === undefined || entries.length < pageSize) return;
    before = last.position;
  }
}

function askPage(store: AuditSource['store'], filter: AuditFilter, before: number | null) {
  return store.ask('listAudit', { filter, before, limit: pageSize });
}

function lineOf({ at, actor, action, slot, run, detail }: AuditEntry): string {
  return csvLine([new Date(at).toISOString(), actor, action, slot, run, JSON.stringify(detail)]);
}
