import { setTimeout as delay } from 'node:timers/promises';
import type { auditCalls } from '../../../shared/ipc/calls/audit-calls';
import { success } from '../../../shared/result';
import { auditCsv } from '../../export/audit-csv';
import { writeAtomically } from '../../files/write-atomically';
import type { HandlersOf } from '../answer';
import type { HandlerServices } from './handler-services';

/** How long reading waits for what was done last to be written, milliseconds: a database that fails must not stop it. */
const flushPatience = 500;

/** Answers the calls about who did what. */
export function auditHandlers({ store, dialogs, audit }: HandlerServices): HandlersOf<typeof auditCalls> {
  return {
    'audit.list': async (request) => {
      // What was done a moment ago is to be there too.
      await Promise.race([store.flush(), delay(flushPatience)]);
      return store.ask('listAudit', request);
    },
    'audit.choices': () => store.ask('auditChoices', null),
    'audit.save': async ({ filter }) => {
      const day = new Date().toISOString().slice(0, 10);
      const path = await dialogs.chooseSaveFile(`audit-${day}.csv`, 'csv');
      if (path === null) return success({ path, entries: 0 });
      let entries = 0;
      const onEntries = (count: number): void => {
        entries = count;
      };
      const saved = await writeAtomically(path, auditCsv({ store, onEntries }, filter));
      if (!saved.ok) return saved;
      audit('audit.save', null, null, { path, entries: String(entries) });
      return success({ path, entries });
    },
  };
}
