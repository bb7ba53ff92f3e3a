import type { RunId, SlotId } from '../../../shared/domain/ids';
import type { Dialogs } from '../../dialogs';
import type { CareServices } from '../../care/care-services';
import type { ConfigService } from '../../config/config-service';
import type { ExportService } from '../../export/export-service';
import type { LogSearches } from '../../log/log-searches';
import type { LogService } from '../../log/log-service';
import type { PublisherService } from '../../publisher/publisher-service';
import type { GroupService } from '../../queue/group-service';
import type { QueueService } from '../../queue/queue-service';
import type { QuitGuard } from '../../quit-guard';
import type { RegisteredFiles } from '../../registered/registered-files';
import type { RetentionService } from '../../retention/retention-service';
import type { RunService } from '../../run/run-service';
import type { TransportPool } from '../../run/transport-pool';
import type { ScriptArgumentsReader } from '../../scripts/script-arguments-reader';
import type { SessionService } from '../../session/session-service';
import type { PanelModel } from '../../state/panel-model';
import type { Store } from '../../store/store';
import type { UpdateService } from '../../updates/update-service';
import type { ValueService } from '../../values/value-service';
import type { Batcher } from '../batcher';

/** The services that answer the renderer's calls. */
export interface HandlerServices {
  readonly model: PanelModel;
  readonly batcher: Batcher;
  readonly runs: RunService;
  readonly logs: LogService;
  readonly searches: LogSearches;
  readonly sessions: SessionService;
  readonly store: Store;
  readonly files: RegisteredFiles;
  readonly config: ConfigService;
  readonly exports: ExportService;
  readonly retention: RetentionService;
  readonly transports: TransportPool;
  readonly scriptArguments: ScriptArgumentsReader;
  readonly publisher: PublisherService;
  readonly quitGuard: QuitGuard;
  readonly updates: UpdateService;
  readonly queue: QueueService;
  readonly slotGroups: GroupService;
  /** Shows the window on the whole screen, or leaves that. */
  readonly setFullScreen: (on: boolean) => void;
  readonly dialogs: Dialogs;
  readonly values: ValueService;
  readonly care: CareServices;
  /** The operator, as the system knows them. */
  readonly actor: string;
  /** Resolves when the services have opened, so that the first snapshot is a whole one. */
  readonly ready: Promise<void>;
  /** Keeps who did what. */
  readonly audit: (
    action: string,
    slot: SlotId | null,
    run: RunId | null,
    detail: Record<string, string>,
  ) => void;
}
