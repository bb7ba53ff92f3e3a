import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId, SlotId } from '../shared/domain/ids';
import type { BrowserWindow } from 'electron';
import type { Notice } from '../shared/ipc/state';
import { DiskWatch } from './disk/disk-watch';
import { ExportService } from './export/export-service';
import { exportSources } from './export/export-sources';
import type { Batcher } from './ipc/batcher';
import type { Journal } from './journal/journal';
import type { Lifecycle } from './lifecycle';
import { LogSearches } from './log/log-searches';
import type { LogService } from './log/log-service';
import { existingScriptOfSlot } from './ipc/handlers/script-of-slot';
import { GroupService } from './queue/group-service';
import { QueueService } from './queue/queue-service';
import { resourcePath } from './resources';
import { readRunStatus } from './run/run-folder';
import { makeCare, type Care } from './make-care';
import { isRegistration } from './registered/registration';
import { RegisteredFiles } from './registered/registered-files';
import { MessageRetention } from './retention/message-retention';
import { makeRetention } from './retention/make-retention';
import type { RetentionService } from './retention/retention-service';
import { operatorName } from './operator-name';
import type { RunService } from './run/run-service';
import type { TransportPool } from './run/transport-pool';
import { ScriptArgumentsReader } from './scripts/script-arguments-reader';
import type { SessionService } from './session/session-service';
import { PanelAudit } from './state/panel-audit';
import type { PanelEvents } from './state/panel-events';
import type { PanelModel } from './state/panel-model';
import type { Store } from './store/store';
import { packageUpdater } from './updates/electron-updater';
import { UpdateService } from './updates/update-service';
import { ValueService } from './values/value-service';

/** What the services of the operator's page need of the panel's core. */
export interface PanelCore {
  readonly journal: Journal;
  readonly events: PanelEvents;
  readonly model: PanelModel;
  readonly batcher: Batcher;
  readonly store: Store;
  readonly runs: RunService;
  readonly sessions: SessionService;
  readonly logs: LogService;
  readonly transports: TransportPool;
  /** The operator, as the system knows them. */
  readonly actor: string;
  readonly window: () => BrowserWindow | null;
  /** Unix milliseconds now. */
  readonly now: () => number;
  /** Keeps who did what. */
  readonly audit: (
    action: string,
    slot: SlotId | null,
    run: RunId | null,
    detail: Record<string, string>,
  ) => void;
  readonly notify: (severity: Notice['severity'], message: string) => void;
  readonly unexpected: (where: string, error: unknown) => void;
}

/**
 * What the page offers beyond running scripts and keeping what they publish. These watch the core and ask it; the core
 * knows nothing of them, and a fault in one stops no run.
 */
export class PageServices {
  readonly searches: LogSearches;
  readonly scriptArguments: ScriptArgumentsReader;
  readonly files: RegisteredFiles;
  readonly exports: ExportService;
  readonly retention: RetentionService;
  readonly updates: UpdateService;
  readonly values: ValueService;
  readonly queue: QueueService;
  readonly slotGroups: GroupService;
  readonly care: Care;
  readonly #journal: Journal;
  readonly #audit: PanelAudit;
  readonly #messageRetention: MessageRetention;
  readonly #disk: DiskWatch;

  constructor(core: PanelCore) {
    const { events, model, batcher, store, runs, sessions, logs, transports } = core;
    const { now, audit, notify, unexpected } = core;
    this.#journal = core.journal;
    this.care = makeCare(core);
    const workerFile = (name: string): string => join(import.meta.dirname, `${name}.js`);
    this.searches = new LogSearches(logs, { workerFile: workerFile('search-worker') });
    this.scriptArguments = new ScriptArgumentsReader({
      workerFile: workerFile('arguments-worker'),
      standIns: resourcePath('stand-ins'),
    });
    this.files = new RegisteredFiles({
      store,
      slotOf: (slot) => model.slot(slot),
      transportOf: (transport) => transports.of(transport),
      now,
      onFault: (error) => unexpected('the files', error),
    });
    events.message.listen(({ message, slot }) => {
      if (slot !== null && isRegistration(message.msgtype)) model.fileRegistered(slot);
    });
    this.exports = new ExportService(
      exportSources({
        store,
        sessions,
        files: (run) => this.files.exportedFiles(run),
        folderOf: (run) => runs.folderOf(run),
        now,
      }),
    );
    this.retention = makeRetention({
      store,
      runs,
      exports: this.exports,
      logs,
      searches: this.searches,
      transports,
      config: events.config,
      now,
      notify,
      onFault: (error) => unexpected('retention', error),
    });
    this.#messageRetention = new MessageRetention({
      store,
      onPending: ({ messages, beyond }, minutes) =>
        notify(
          'warning',
          `With the limit now in force, the oldest ${beyond.toLocaleString('en')} of ${messages.toLocaleString('en')} ` +
            `messages are removed for good in ${minutes} minutes. Change "Messages kept" in Settings to keep them.`,
        ),
      onFault: (error) => unexpected('retention', error),
    });
    events.config.listen((config) => this.#messageRetention.configure(config.retention.messages));
    this.updates = new UpdateService({
      updater: packageUpdater(core.journal),
      now,
      activeRuns: () => runs.activeRuns().length,
      onChange: (state) => {
        model.setUpdate(state);
        batcher.markPart('update');
      },
    });
    events.config.listen(({ updates }) => this.updates.setFeed(updates.feed));
    this.values = new ValueService({
      store,
      events,
      now,
      elapsed: () => performance.now(),
      session: (run) => sessions.read(run),
      onAlarms: (status) => {
        model.setAlarms(status);
        batcher.markPart('alarms');
      },
      onFault: (error) => unexpected('the values', error),
    });
    this.queue = new QueueService({
      load: () => store.ask('loadQueue', null),
      save: (saving) => store.ask('saveQueue', saving),
      runs,
      readRun: (run) => store.readRun(run),
      wasStarted: async (run) => {
        const status = await readRunStatus({ run, path: runs.folderOf(run) });
        return !status.ok || status.value !== null;
      },
      slots: () => model.slots(),
      runChanged: events.run,
      configChanged: events.config,
      databaseBegun: events.databaseBegun,
      now,
      onStatus: (status) => {
        model.setQueue(status);
        batcher.markPart('queue');
      },
      audit,
      onFault: (error) => unexpected('the queue', error),
    });
    this.slotGroups = new GroupService({
      queue: this.queue,
      runs,
      slot: (id) => model.slot(id),
      findScript: (slot, script) => existingScriptOfSlot(slot, script, transports),
      readGroup: (group) => store.ask('readGroup', { group }),
      now,
    });
    this.#audit = new PanelAudit({
      config: events.config,
      audit: (entry) => store.audit(entry),
      actor: operatorName(),
      version: model.state().facts.version,
      now,
    });
    this.#disk = new DiskWatch({
      path: model.state().facts.home,
      measure: (path) => statfs(path),
      onStatus: (status) => {
        model.setDisk(status);
        batcher.markPart('disk');
      },
      notify,
    });
  }

  /** Reads what is kept. The database is open, and the runs are taken up. */
  async open(): Promise<void> {
    this.#disk.open();
    await this.values.open();
    const queued = await this.queue.open();
    if (!queued.ok) this.#journal.error(queued.error.message);
    this.#messageRetention.open();
    this.#audit.open();
  }

  /** Has everything here closed before what joined earlier. */
  join(lifecycle: Lifecycle): void {
    lifecycle.join('disk', () => this.#disk.close());
    lifecycle.join('audit', () => this.#audit.close());
    lifecycle.join('care', () => this.care.close());
    lifecycle.join('values', () => this.values.close());
    lifecycle.join('exports', () => this.exports.close());
    lifecycle.join('retention of messages', async () => this.#messageRetention.close());
    lifecycle.join('retention', () => this.retention.close());
    lifecycle.join('script arguments', () => this.scriptArguments.close());
    lifecycle.join('searches', () => this.searches.close());
  }
}
