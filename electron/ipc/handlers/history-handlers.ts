import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { historyCalls } from '../../../shared/ipc/calls/history-calls';
import type { Run } from '../../../shared/domain/run';
import { success } from '../../../shared/result';
import { runListCsv } from '../../export/run-list-csv';
import { writeAtomically } from '../../files/write-atomically';
import { folderSize } from '../../files/folder-size';
import { readRequest } from '../../run/read-request';
import { runNamed } from './run-named';
import { sessionOfRun } from './session-of-run';

/** Answers the calls about past runs. */
export function historyHandlers({
  runs,
  store,
  sessions,
  dialogs,
  audit,
}: HandlerServices): HandlersOf<typeof historyCalls> {
  // The store is a moment behind: a run that lives is shown as it is now.
  const current = (run: Run): Run => runs.find(run.id) ?? run;
  return {
    'history.list': async (request) => {
      const listed = await store.listRuns(request);
      return listed.ok ? success({ ...listed.value, runs: listed.value.runs.map(current) }) : listed;
    },
    'history.read': async ({ run: id }) => {
      const run = await runNamed(runs, store, id);
      return run.ok ? success({ run: run.value }) : run;
    },
    'history.choices': () => store.ask('historyChoices', null),
    'history.details': async ({ run }) => {
      const folder = runs.folderOf(run);
      const [counts, mark, request, folderBytes] = await Promise.all([
        store.ask('runCounts', { run }),
        store.ask('readMark', { run }),
        readRequest(folder),
        folderSize(folder).catch(() => null),
      ]);
      if (!counts.ok) return counts;
      if (!mark.ok) return mark;
      return success({ details: { request, folder, folderBytes, ...counts.value }, mark: mark.value });
    },
    'history.setNote': async ({ run: id, note }) => {
      const run = await runNamed(runs, store, id);
      if (!run.ok) return run;
      const kept = await store.ask('setNote', { run: id, note });
      if (!kept.ok) return kept;
      audit('run.note', run.value.slot, id, { characters: String(note.length) });
      return success({});
    },
    'history.setPinned': async ({ run: id, pinned }) => {
      const run = await runNamed(runs, store, id);
      if (!run.ok) return run;
      const kept = await store.ask('setPinned', { run: id, pinned });
      if (!kept.ok) return kept;
      audit(pinned ? 'run.pin' : 'run.unpin', run.value.slot, id, {});
      return success({});
    },
    'history.usual': async (request) => {
      const usual = await store.ask('usualDuration', request);
      return usual.ok ? success({ usual: usual.value }) : usual;
    },
    'history.session': async ({ run }) => {
      const session = await sessionOfRun(sessions, store, run);
      return session.ok ? success({ session: session.value }) : session;
    },
    'history.saveList': async ({ slot, filter }) => {
      const day = new Date().toISOString().slice(0, 10);
      const path = await dialogs.chooseSaveFile(`runs-${day}.csv`, 'csv');
      if (path === null) return success({ path, runs: 0 });
      let written = 0;
      const source = {
        store,
        current,
        onRuns: (count: number) => {
          written = count;
        },
      };
      const saved = await writeAtomically(path, runListCsv(source, slot, filter));
      if (!saved.ok) return saved;
      audit('history.save-list', slot, null, { path, runs: String(written) });
      return success({ path, runs: written });
    },
  };
}
