import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { exportCalls } from '../../../shared/ipc/calls/export-calls';
import { scriptName, type Run } from '../../../shared/domain/run';
import { failure, success } from '../../../shared/result';
import { runNamed } from './run-named';

/** Answers the calls about runs as archives. */
export function exportHandlers({
  runs,
  store,
  exports,
  dialogs,
  audit,
}: HandlerServices): HandlersOf<typeof exportCalls> {
  const unknown = failure('export-unknown', 'This export is not known any more.');
  return {
    'export.start': async ({ run: id }) => {
      const run = await runNamed(runs, store, id);
      if (!run.ok) return run;
      const path = await dialogs.chooseSaveFile(archiveFileName(run.value), 'zip');
      if (path === null) return success({ export: null });
      audit('run.export', run.value.slot, id, { path });
      // The run as it is by now: the dialog may have stood open for long.
      return success({ export: exports.start(runs.find(id) ?? run.value, path) });
    },
    'export.progress': ({ export: id }) => {
      const progress = exports.progress(id);
      return progress === null ? unknown : success(progress);
    },
    'export.cancel': async ({ export: id }) => {
      await exports.cancel(id);
      return success({});
    },
    'export.show': ({ export: id }) => {
      const progress = exports.progress(id);
      if (progress === null || progress.state !== 'done') return unknown;
      dialogs.showInFolder(progress.path);
      return success({});
    },
  };
}

/** `20261123-020000-abcdef_crate1slot2_take_iv.zip`, with nothing in it that a file system refuses. */
export function archiveFileName(run: Pick<Run, 'id' | 'slot' | 'script'>): string {
  const script = scriptName(run.script).replace(/\.py$/, '');
  return `${run.id}_${run.slot}_${script}`.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 150) + '.zip';
}
