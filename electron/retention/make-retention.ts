import type { PanelConfig } from '../../shared/config/crates';
import type { RunId } from '../../shared/domain/ids';
import type { ExportService } from '../export/export-service';
import type { LogSearches } from '../log/log-searches';
import type { LogService } from '../log/log-service';
import { operatorName } from '../operator-name';
import type { RunService } from '../run/run-service';
import type { TransportPool } from '../run/transport-pool';
import type { Signal } from '../state/signal';
import type { Store } from '../store/store';
import { FoldersElsewhere } from './folders-elsewhere';
import { RetentionService } from './retention-service';
import { findStrayFolders } from './stray-folders';

interface RetentionParts {
  readonly store: Store;
  readonly runs: RunService;
  readonly exports: Pick<ExportService, 'isWriting'>;
  readonly logs: Pick<LogService, 'release'>;
  readonly searches: Pick<LogSearches, 'release'>;
  readonly transports: TransportPool;
  readonly config: Signal<PanelConfig>;
  readonly now: () => number;
  readonly notify: (severity: 'warning', message: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** The retention of a panel: follows the configuration, audits what it removes, and tells what it cannot. */
export function makeRetention(parts: RetentionParts): RetentionService {
  const { store, runs, exports, logs, searches, transports, config, now, notify, onFault } = parts;
  const folderOf = (run: RunId): string => runs.folderOf(run);
  const retention = new RetentionService({
    store,
    folderOf,
    strays: (known) => findStrayFolders(runs.folder, known),
    release: async (run) => {
      await searches.release(run);
      await logs.release(run);
    },
    elsewhere: () =>
      new FoldersElsewhere({ folderOf, transportOf: (transport) => transports.of(transport), onFault }),
    // Nor is a folder taken from under an export that reads it.
    isAlive: (run) => runs.find(run) !== null || exports.isWriting(run),
    now,
    onPending: (preview, minutes) =>
      notify(
        'warning',
        `With the limits now in force, ${preview.runs} of ${preview.ofRuns} runs are removed for good in ${minutes} ` +
          'minutes. Change the limits in Settings to keep them.',
      ),
    onPass: ({ at, runs: removed, bytes, leftElsewhere, problem }) => {
      const detail = {
        runs: String(removed),
        bytes: String(bytes),
        foldersLeftElsewhere: String(leftElsewhere),
        problem: problem ?? '',
      };
      store.audit({ at, actor: operatorName(), action: 'retention.removed', slot: null, run: null, detail });
      if (problem !== null) notify('warning', `Old runs could not all be removed. ${problem}`);
    },
    onFault,
  });
  config.listen((panel) => retention.configure(panel.retention.runs));
  return retention;
}
