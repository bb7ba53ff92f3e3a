import type { PanelConfig } from '../../shared/config/crates';
import { operatorName } from '../operator-name';
import type { RunService } from '../run/run-service';
import type { Signal } from '../state/signal';
import type { Store } from '../store/store';
import { RetentionService } from './retention-service';

interface RetentionParts {
  readonly store: Store;
  readonly runs: RunService;
  readonly config: Signal<PanelConfig>;
  readonly now: () => number;
  readonly notify: (severity: 'warning', message: string) => void;
  readonly onFault: (error: unknown) => void;
}

/** The retention of a panel: follows the configuration, audits what it removes, and tells what it cannot. */
export function makeRetention(parts: RetentionParts): RetentionService {
  const { store, runs, config, now, notify, onFault } = parts;
  const retention = new RetentionService({
    store,
    folderOf: (run) => runs.folderOf(run),
    isAlive: (run) => runs.find(run) !== null,
    now,
    onPass: ({ at, runs: removed, bytes, problem }) => {
      const detail = { runs: String(removed), bytes: String(bytes), problem: problem ?? '' };
      store.audit({ at, actor: operatorName(), action: 'retention.removed', slot: null, run: null, detail });
      if (problem !== null) notify('warning', `Old runs could not all be removed. ${problem}`);
    },
    onFault,
  });
  config.listen((panel) => retention.configure(panel.retention.runs));
  return retention;
}
