import type { RunId } from '../../shared/domain/ids';
import { success } from '../../shared/result';
import type { SessionService } from '../session/session-service';
import type { Store } from '../store/store';
import type { ExportedFiles } from './exported-files';
import type { RunArchiveSources } from './run-archive';

interface ExportServices {
  readonly store: Store;
  readonly sessions: Pick<SessionService, 'read'>;
  readonly folderOf: (run: RunId) => string;
  readonly now: () => number;
  /** The files that a run registered; none where it is left out. */
  readonly files?: ExportedFiles;
}

/** Where archives take their parts from: what lives in main, else the database and the run's folder. */
export function exportSources({ store, sessions, folderOf, now, files }: ExportServices): RunArchiveSources {
  return {
    folderOf,
    now,
    files: files ?? noFiles,
    session: async (run) => {
      const live = sessions.read(run);
      return live === null ? store.readSession(run) : success(live);
    },
    messages: async (run, after) => {
      // What has come and waits to be written belongs to it.
      if (after === 0) await store.flush();
      return store.ask('runMessages', { run, after });
    },
    mark: (run) => store.ask('readMark', { run }),
  };
}

async function* noFiles(): ReturnType<ExportedFiles> {
  yield* [];
}
