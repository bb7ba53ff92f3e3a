import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { Run } from '../../shared/domain/run';
import type { ExportProgress } from '../../shared/ipc/calls/export-calls';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';

interface ExportStore {
  /** Exports that are being written, or have ended and were not dismissed; oldest first. */
  readonly exports: readonly ExportProgress[];
  /** Runs whose save dialog is open. */
  readonly asking: readonly string[];
}

/** The exports of runs that this window has begun. */
export const useExportStore = create<ExportStore>(() => ({ exports: [], asking: [] }));

/** Milliseconds between two looks at how far an export is. */
const pollEvery = 200;

/** Asks where to save a run as an archive, and writes it there. What goes wrong is shown. */
export function exportRun(run: Run): void {
  if (useExportStore.getState().asking.includes(run.id)) return;
  const start = async (): Promise<void> => {
    useExportStore.setState(({ asking }) => ({ asking: [...asking, run.id] }));
    const reply = await call('export.start', { run: run.id }).finally(() => {
      useExportStore.setState(({ asking }) => ({ asking: asking.filter((id) => id !== run.id) }));
    });
    if (!reply.ok) addNotice('error', `Run ${run.id} could not be exported. ${reply.error.message}`);
    else if (reply.value.export !== null) await follow(reply.value.export);
  };
  start().catch(reportUnexpected(`Exporting run ${run.id}`));
}

async function follow(id: number): Promise<void> {
  for (;;) {
    const reply = await call('export.progress', { export: id });
    if (!reply.ok) {
      addNotice('error', errorText(reply.error.message));
      return;
    }
    show(reply.value);
    if (reply.value.state !== 'writing') return;
    await new Promise((resolve) => {
      setTimeout(resolve, pollEvery);
    });
  }
}

function show(progress: ExportProgress): void {
  useExportStore.setState(({ exports }) => ({
    exports: exports.some((each) => each.export === progress.export)
      ? exports.map((each) => (each.export === progress.export ? progress : each))
      : [...exports, progress],
  }));
}

/** Stops an export; nothing of it is left on disk. */
export function cancelExport({ export: id }: ExportProgress): void {
  call('export.cancel', { export: id }).catch(reportUnexpected('Cancelling the export'));
}

/** Shows a finished archive in the system's file manager. */
export function showExport({ export: id }: ExportProgress): void {
  call('export.show', { export: id }).catch(reportUnexpected('Showing the archive'));
}

/** Takes away what is said of an export that has ended. */
export function dismissExport({ export: id }: ExportProgress): void {
  useExportStore.setState(({ exports }) => ({ exports: exports.filter((each) => each.export !== id) }));
}
