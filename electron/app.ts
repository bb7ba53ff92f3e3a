import { join } from 'node:path';
import { app } from 'electron';
import { errorText } from '../shared/error-text';
import type { RunId, SlotId } from '../shared/domain/ids';
import { isActive } from '../shared/domain/run';
import { ConfigService } from './config/config-service';
import { demoCrate } from './config/demo-crate';
import { Desktop } from './desktop';
import { makeDialogs } from './dialogs';
import { panelFacts } from './facts';
import { Batcher } from './ipc/batcher';
import { openGate, sendBatch } from './ipc/gate';
import { createHandlers } from './ipc/handlers';
import { openJournal, type Journal } from './journal/journal';
import { LeftRuns } from './left-runs';
import { Lifecycle } from './lifecycle';
import { LogService } from './log/log-service';
import { setMenu } from './menu';
import { operatorName } from './operator-name';
import { PageServices } from './page-services';
import { PublisherService } from './publisher/publisher-service';
import { QuitGuard } from './quit-guard';
import { RelayService } from './relay/relay-service';
import { resourcePath } from './resources';
import { RunRecords } from './run-records';
import { TransportPool } from './run/transport-pool';
import { RunService } from './run/run-service';
import { guardContents } from './security/guard';
import { servePanel } from './security/panel-protocol';
import { SessionService } from './session/session-service';
import { MessageIntake } from './state/message-intake';
import { makePanelEvents } from './state/panel-events';
import { PanelModel } from './state/panel-model';
import { Store } from './store/store';

/** The composition root: makes every service, tells each what it needs of the others, and ends them in order. */
export class App {
  private readonly actor = operatorName();
  private readonly journal: Journal;
  private readonly events = makePanelEvents((error) => this.unexpected('the panel', error));
  private readonly lifecycle: Lifecycle;
  private readonly model: PanelModel;
  private readonly batcher: Batcher;
  private readonly publisher: PublisherService;
  private readonly sessions = new SessionService();
  private readonly logs: LogService;
  private readonly store: Store;
  private readonly intake: MessageIntake;
  private readonly config: ConfigService;
  private readonly transports: TransportPool;
  private readonly relay: RelayService;
  private readonly records: RunRecords;
  private readonly runs: RunService;
  private readonly quitGuard: QuitGuard;
  private readonly page: PageServices;
  private readonly leftRuns: LeftRuns;
  private readonly developmentUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
  private readonly desktop: Desktop;

  constructor(private readonly home: string) {
    const now = (): number => Date.now();
    this.journal = openJournal(home);
    this.lifecycle = new Lifecycle(this.journal);
    this.desktop = new Desktop({
      home,
      journal: this.journal,
      lifecycle: this.lifecycle,
      quitGuard: () => this.quitGuard,
      developmentUrl: this.developmentUrl,
      onPageGone: () => this.batcher.pause(),
      onFocus: () => {
        this.config.refresh().catch((error: unknown) => this.unexpected('crates.yaml', error));
        this.transports.wake();
      },
      onResume: () => this.transports.wake(),
      notify: (severity, message) => this.notify(severity, message),
      unexpected: (where, error) => this.unexpected(where, error),
    });
    this.publisher = new PublisherService({
      onMessage: (message, slot, receivedAt, relay) => this.intake.take(message, slot, receivedAt, relay),
      onStatus: () => {
        this.batcher.markPart('listener');
        this.batcher.markPart('unmatched');
        for (const slot of this.model.slots()) this.batcher.markSlot(slot.id);
      },
      clock: now,
      log: { warn: (message) => this.journal.warn(message), error: (message) => this.report(message) },
    });
    this.model = new PanelModel(
      panelFacts(home),
      this.publisher,
      this.sessions,
      now,
      join(home, 'crates.yaml'),
    );
    this.batcher = new Batcher(
      {
        state: () => this.model.state(),
        takeSessionPatch: () => this.sessions.takePatch(),
        hasSessionPatch: () => this.sessions.hasPatch(),
      },
      (batch) => sendBatch(this.desktop.window, batch),
    );
    this.logs = new LogService({
      onGrowth: (run) => {
        const progress = this.logs.progress(run);
        const bar = this.logs.bar(run);
        const grown = this.runs.find(run);
        if (bar !== null && grown !== null && isActive(grown)) this.model.setBar(grown, bar);
        if (progress !== null) this.runs.logGrew(run, progress.lines, progress.bytes);
      },
      onError: (run, error) => this.report(`Log of run ${run}: ${error.message}`),
    });
    this.store = new Store({
      workerFile: join(import.meta.dirname, 'store-worker.js'),
      databasePath: join(home, 'panel.sqlite'),
      onStatus: (status) => {
        this.model.setRecording(status);
        this.batcher.markPart('recording');
      },
      onBegun: () => this.events.databaseBegun.emit(),
      clock: now,
    });
    this.config = new ConfigService({
      home,
      demo: demoCrate(resourcePath('demo', 'scripts'), join(home, 'demo-data')),
      onChange: (config, status) => {
        this.model.setConfig(config, status);
        this.batcher.markPart('crates');
        this.batcher.markPart('config');
        this.batcher.markPart('site');
        this.events.config.emit(config);
        this.publisher.reconfigure(config).catch((error: unknown) => this.unexpected('listener', error));
      },
      onStatus: (status) => {
        this.model.setConfigStatus(status);
        this.batcher.markPart('config');
      },
    });
    this.intake = new MessageIntake({
      sessions: this.sessions,
      store: this.store,
      onSlot: (slot) => this.batcher.markSlot(slot),
      onSession: () => this.batcher.markSession(),
      taken: this.events.message,
    });
    const supervisorFile = resourcePath('supervisor', 'smurf_supervisor.py');
    this.transports = new TransportPool({ supervisorFile, home });
    this.relay = new RelayService({
      positionOf: (run) => this.store.relayPosition(run),
      onRecord: (run, { bytes, receivedAt, port, end }, isNew) =>
        this.publisher.takeRelayed(bytes, { run: run.id, slot: run.slot, port, end, isNew }, receivedAt),
      kept: () => this.store.flush(),
      hasRoom: () => this.store.hasRoom,
      onHeld: (run) => {
        const held =
          'The database cannot be used: what this run publishes waits in its folder, and is taken from there later.';
        this.sessions.note(run.id, held, now(), 'warning');
        this.batcher.markSession();
      },
      onFault: (run, error) => this.unexpected(`messages of run ${run.id}`, error),
    });
    this.records = new RunRecords({
      store: this.store,
      sessions: this.sessions,
      logs: this.logs,
      relay: this.relay,
      model: this.model,
      batcher: this.batcher,
      events: this.events,
      leftRuns: () => this.leftRuns,
      now,
      unexpected: (where, error) => this.unexpected(where, error),
    });
    const { records } = this;
    this.runs = new RunService({
      runsFolder: join(home, 'runs'),
      transportOf: (transport) => this.transports.of(transport),
      listenerPort: () => this.publisher.status().port,
      now,
      persist: (run) => records.persist(run),
      onBegin: (run, folder, isRelayed) => records.onBegin(run, folder, isRelayed),
      onTakeUp: (run, folder, isRelayed) => records.onTakeUp(run, folder, isRelayed),
      takeMessages: (run) => records.takeMessages(run),
      onChange: (run) => records.onChange(run),
      onNote: (run, text, from) => records.onNote(run, text, from),
      onOver: (run) => records.onOver(run),
      onFault: (run, error) => this.unexpected(`run ${run.id}`, error),
    });
    this.leftRuns = new LeftRuns({
      runsFolder: join(home, 'runs'),
      store: this.store,
      runs: this.runs,
      sessions: this.sessions,
      relay: this.relay,
      slot: (id) => this.model.slot(id),
      now,
      show: (run) => records.show(run),
      unexpected: (where, error) => this.unexpected(where, error),
    });
    this.page = new PageServices({
      journal: this.journal,
      events: this.events,
      model: this.model,
      batcher: this.batcher,
      store: this.store,
      runs: this.runs,
      sessions: this.sessions,
      logs: this.logs,
      transports: this.transports,
      actor: this.actor,
      window: () => this.desktop.window,
      now,
      audit: (action, slot, run, detail) => this.audit(action, slot, run, detail),
      notify: (severity, message) => this.notify(severity, message),
      unexpected: (where, error) => this.unexpected(where, error),
    });
    this.quitGuard = new QuitGuard({
      activeRuns: () => this.runs.activeRuns(),
      abortAll: async () => {
        await this.page.queue.suspend('Everything was aborted, to quit the panel.');
        await this.runs.abortAll();
      },
      ask: (request) => {
        this.model.setQuitRequested(request);
        this.batcher.markPart('quitRequested');
        if (request !== null) this.desktop.askWithoutPage(request);
      },
      quit: () => app.quit(),
    });
  }

  /** Starts the panel on a home folder that is there. */
  async start(): Promise<void> {
    process.on('uncaughtException', (error) => this.unexpected('the panel', error));
    process.on('unhandledRejection', (error) => this.unexpected('the panel', error));
    await app.whenReady();
    this.joinLifecycle();
    this.desktop.listen();
    const developmentOrigin = this.developmentUrl === null ? null : new URL(this.developmentUrl).origin;
    const refused = (what: string): void => this.journal.warn(`refused: ${what}`);
    guardContents(developmentOrigin, refused);
    servePanel(
      join(import.meta.dirname, '../renderer'),
      (file) => this.page.files.serve(file),
      developmentOrigin,
    );
    setMenu(() => this.quitGuard.request());
    const ready = this.openServices();
    const { model, batcher, runs, logs, sessions, store, config, transports, publisher, quitGuard } = this;
    const { searches, scriptArguments, files, exports, retention, updates, values, queue, slotGroups, care } =
      this.page;
    const handlers = createHandlers({
      model,
      batcher,
      runs,
      logs,
      searches,
      sessions,
      store,
      files,
      config,
      exports,
      retention,
      transports,
      scriptArguments,
      publisher,
      quitGuard,
      updates,
      values,
      actor: this.actor,
      queue,
      slotGroups,
      setFullScreen: (on) => this.desktop.window?.setFullScreen(on),
      care,
      dialogs: makeDialogs(() => this.desktop.window),
      ready,
      audit: (action, slot, run, detail) => this.audit(action, slot, run, detail),
    });
    const onUnexpected = (call: string, error: unknown): void => this.unexpected(call, error);
    const closeGate = openGate(handlers, {
      developmentOrigin,
      refusal: (name, request) => care.locking.refusal(name, request),
      onRefused: refused,
      onUnexpected,
    });
    this.lifecycle.join('calls', async () => closeGate());
    this.desktop.openWindow();
    await ready.catch((error: unknown) => {
      // Asked to quit while it started: what was closed meanwhile could not be opened, and quitting is under way.
      if (!this.lifecycle.isClosing) throw error;
    });
    this.journal.info(`started with home folder ${this.home}`);
  }

  /** Opens what reads and listens. The window loads meanwhile and gets its first snapshot when this is done. */
  private async openServices(): Promise<void> {
    const [opened] = await Promise.all([this.store.open(), this.config.load()]);
    if (!opened.ok) this.journal.error(opened.error.message);
    await this.page.care.open();
    await this.publisher.start(this.config.config);
    await this.leftRuns.takeUp();
    await this.page.open();
  }

  private joinLifecycle(): void {
    const { lifecycle } = this;
    this.records.open();
    lifecycle.join('database', () => this.store.close());
    lifecycle.join('sessions', async () => this.records.close());
    lifecycle.join('logs', () => this.logs.close());
    this.page.join(lifecycle);
    lifecycle.join('relay', () => this.relay.close());
    lifecycle.join('runs', () => this.runs.close());
    lifecycle.join('left runs', () => this.leftRuns.close());
    lifecycle.join('listener', () => this.publisher.close());
    // Before the runs: what it starts while it closes is closed with those.
    lifecycle.join('queue', () => this.page.queue.close());
    lifecycle.join('configuration', () => this.config.close());
    lifecycle.join('batches', async () => this.batcher.close());
  }

  private audit(
    action: string,
    slot: SlotId | null,
    run: RunId | null,
    detail: Record<string, string>,
  ): void {
    this.store.audit({ at: Date.now(), actor: this.actor, action, slot, run, detail });
  }

  /** An error that nobody expected goes to the journal and in front of the operator. */
  private unexpected(where: string, error: unknown): void {
    this.journal.error(`unexpected error in ${where}`, error);
    this.notify('error', `Unexpected error in ${where}: ${errorText(error)}. Details are in panel.log.`);
  }

  private report(message: string): void {
    this.journal.error(message);
    this.notify('error', message);
  }

  private notify(severity: 'info' | 'warning' | 'error', message: string): void {
    this.model.notify(severity, message);
    this.batcher.markPart('notices');
  }
}
