import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import {
  auditFilterSchema,
  type AuditChoices,
  type AuditEntry,
  type AuditFilter,
} from '../../shared/domain/audit';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import type { KeysetRows } from '../stores/keyset-feed';
import { openAudit } from './audit-feed';

/** The audit as it is shown, and how to read more of it. */
export interface Audit {
  readonly shown: KeysetRows<AuditEntry, number>;
  readonly loadOlder: () => void;
  readonly readAgain: () => void;
}

/** How often the newest entries are looked for while the page is shown, milliseconds. */
const lookEvery = 2000;

/** The entries that a filter lets through, kept current while they are shown. */
export function useAudit(filter: AuditFilter): Audit {
  // The same filter is often a new object.
  const wanted = JSON.stringify(filter);
  const feed = useMemo(() => openAudit(auditFilterSchema.parse(JSON.parse(wanted))), [wanted]);
  const shown = useSyncExternalStore(feed.subscribe, feed.shown);
  useEffect(() => {
    feed.refresh('shown');
    const timer = setInterval(() => feed.refresh('shown'), lookEvery);
    return () => clearInterval(timer);
  }, [feed]);
  return useMemo(
    () => ({ shown, loadOlder: () => feed.loadOlder(), readAgain: () => feed.refresh('shown') }),
    [shown, feed],
  );
}

const noChoices: AuditChoices = { actions: [], slots: [], actors: [] };

/** What the filters can be set to, read anew when the number of entries changes. */
export function useAuditChoices(total: number | null): AuditChoices {
  const [choices, setChoices] = useState(noChoices);
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const reply = await call('audit.choices', {});
      if (!isShown) return;
      if (reply.ok) setChoices(reply.value);
      else addNotice('warning', `The choices of the filters could not be read. ${reply.error.message}`);
    };
    if (total !== null) read().catch(reportUnexpected('Reading the choices of the filters'));
    return () => {
      isShown = false;
    };
  }, [total]);
  return choices;
}
