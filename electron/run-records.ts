import { setTimeout as delay } from 'node:timers/promises';
import type { RunId } from '../shared/domain/ids';
import { isActive, type Run } from '../shared/domain/run';
import type { Batcher } from './ipc/batcher';
import type { LeftRuns } from './left-runs';
import type { LogService } from './log/log-service';
import type { RelayService } from './relay/relay-service';
import type { RunFolder } from './run/run-folder';
import type { RunServiceOptions } from './run/run-service';
import type { SessionService } from './session/session-service';
import type { PanelEvents } from './state/panel-events';
import type { PanelModel } from './state/panel-model';
import { differsBeyondLog } from './state/run-change';
import type { Store } from './store/store';

/** How often what sessions gained goes to the store, milliseconds. */
const saveSessionsEvery = 250;
/** How long a start waits for the run to be on disk, milliseconds. A database that fails must not stop a tuning. */
const recordPatience = 2000;
/** How long the end of a run waits for its messages to be kept, milliseconds. The rest of them is taken later. */
const messagesPatience = 10_000;

/** What keeping the runs' records needs of the panel. */
export interface RunRecordsOptions {
  readonly store: Store;
  readonly sessions: SessionService;
  readonly logs: LogService;
  readonly relay: RelayService;
  readonly model: PanelModel;
  readonly batcher: Batcher;
  readonly events: PanelEvents;
  readonly leftRuns: () => LeftRuns;
  readonly now: () => number;
  readonly unexpected: (where: string, error: unknown) => void;
}

/** The part of what runs tell that is about their records. */
type RunTelling = Pick<
  RunServiceOptions,
  'persist' | 'onBegin' | 'onTakeUp' | 'takeMessages' | 'onChange' | 'onNote' | 'onOver'
>;

/** What a run leaves, from its begin until all of it is kept: its row, log, session and relayed messages, and its place on screen. */
export class RunRecords implements RunTelling {
  readonly #options: RunRecordsOptions;
  /** The runs that are not over, as they were saved last. */
  readonly #saved = new Map<RunId, Run>();
  #saving: NodeJS.Timeout | null = null;

  constructor(options: RunRecordsOptions) {
    this.#options = options;
    options.events.databaseBegun.listen(() => this.#saveAnew());
  }

  /** Starts to save what sessions gain. */
  open(): void {
    this.#saving = setInterval(() => this.#saveSessions(), saveSessionsEvery);
  }

  /** Saves what sessions gained last. */
  close(): void {
    if (this.#saving !== null) clearInterval(this.#saving);
    this.#saveSessions();
  }

  show(run: Run): void {
    const { model, events, batcher } = this.#options;
    model.setRun(run);
    events.run.emit(run);
    batcher.markSlot(run.slot);
    // A slot that was taken out of crates.yaml is shown for as long as something lives on it.
    if (model.slot(run.slot) === null) batcher.markPart('crates');
  }

  async persist(run: Run): Promise<void> {
    this.#save(run);
    await Promise.race([this.#options.store.flush(), delay(recordPatience)]);
  }

  onBegin(run: Run, folder: RunFolder, isRelayed: boolean): void {
    const { leftRuns, sessions, logs, relay } = this.#options;
    leftRuns().begins(run.id);
    sessions.open(run.id, run.slot, isRelayed);
    logs.follow(run.id, folder.path);
    if (isRelayed) relay.follow(run, folder.path);
    this.show(run);
  }

  onTakeUp(run: Run, folder: RunFolder, isRelayed: boolean): void {
    const { leftRuns, sessions, logs, relay } = this.#options;
    if (isActive(run) || isRelayed) {
      sessions.takeUp(run.id, run.slot, { open: isActive(run), isFed: isRelayed });
      leftRuns().restoreSession(run.id);
    }
    logs.follow(run.id, folder.path);
    if (isRelayed) relay.takeUp(run, folder.path);
    // There may be no row of it: it began while nothing could be written.
    this.#save(run);
    this.show(run);
  }

  async takeMessages(run: Run): Promise<void> {
    await Promise.race([this.#options.relay.catchUp(run.id), delay(messagesPatience)]);
  }

  onChange(run: Run): void {
    this.show(run);
    if (differsBeyondLog(this.#saved.get(run.id), run)) this.#save(run);
    if (run.phase === 'done') this.#options.sessions.close(run.id);
  }

  onNote(run: Run, text: string, from: 'panel' | 'warning'): void {
    const { sessions, batcher, now } = this.#options;
    sessions.note(run.id, text, now(), from);
    batcher.markSession();
  }

  onOver(run: Run): void {
    this.#end(run).catch((error: unknown) => this.#options.unexpected(`run ${run.id}`, error));
  }

  async #end(run: Run): Promise<void> {
    const { store, sessions, logs, relay, leftRuns } = this.#options;
    const progress = await logs.finish(run.id);
    const complete = progress === null ? run : { ...run, ...progress };
    this.show(complete);
    this.#save(complete);
    // Its messages may have to wait for the database. What is not kept when the panel ends is left to the next one.
    if (!(await relay.finish(run.id)) || !(await leftRuns().isRestored(run.id))) return;
    this.#saveSessions();
    sessions.release(run.id);
    this.#saved.delete(run.id);
    store.endRun(run.id);
  }

  #save(run: Run): void {
    this.#saved.set(run.id, run);
    this.#options.store.saveRun(run);
  }

  /** What is over was in the database that was set aside; what goes on is the new one's from its beginning. */
  #saveAnew(): void {
    for (const run of this.#saved.values()) {
      this.#options.store.saveRun(run);
      this.#options.sessions.saveAnew(run.id);
    }
  }

  #saveSessions(): void {
    const { sessions, store } = this.#options;
    const changes = sessions.takeUnsaved();
    if (changes.length > 0) store.recordSession(changes);
  }
}
