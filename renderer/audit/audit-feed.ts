import type { AuditEntry, AuditFilter } from '../../shared/domain/audit';
import { success } from '../../shared/result';
import { call } from '../bridge';
import { KeysetFeed } from '../stores/keyset-feed';

/** The most entries that the list holds. */
export const mostEntries = 20_000;

/** The entries that a filter lets through, newest first; what it says beside them is how many there are. */
export function openAudit(filter: AuditFilter): KeysetFeed<AuditEntry, number> {
  return new KeysetFeed<AuditEntry, number>({
    pageSize: 100,
    most: mostEntries,
    isOlder: (entry, other) => entry.position < other.position,
    read: async (before, limit) => {
      const reply = await call('audit.list', { filter, before: before?.position ?? null, limit });
      if (!reply.ok) return reply;
      return success({ rows: reply.value.entries, extra: reply.value.total });
    },
  });
}
