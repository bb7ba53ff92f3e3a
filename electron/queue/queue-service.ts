import type { PanelConfig, SlotConfig } from '../../shared/config/crates';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { QueueEntry, QueueEntryId, QueueStatus } from '../../shared/domain/queue';
import { isActive, type Run } from '../../shared/domain/run';
import { errorText } from '../../shared/error-text';
import type { QueueView } from '../../shared/ipc/calls/queue-calls';
import { failure, success, type Failure, type Result } from '../../shared/result';
import { newRunId, type RunService } from '../run/run-service';
import type { Signal } from '../state/signal';
import type { QueueSaving, StoredQueue } from '../store/queue-table';
import { matchRuns, type KnownRuns } from './match-runs';
import {
  beginEntry,
  endEntry,
  endOfRun,
  lostEnd,
  pause,
  putBack,
  trimFinished,
  type EntryEnd,
} from './queue-changes';
import { decide, holdsOf, type QueueWorld } from './queue-decisions';
import { queueOfStored, savingOf } from './queue-keeper';
import { emptyQueue, entryOfRun, isPending, type Queue } from './queue-state';
import { statusOf } from './queue-status';

/** What the queue needs of the rest of the panel; `app.ts` wires it. */
export interface QueueServiceOptions extends KnownRuns {
  readonly load: () => Promise<Result<StoredQueue>>;
  readonly save: (saving: QueueSaving) => Promise<Result<null>>;
  readonly runs: Pick<RunService, 'start' | 'activeRuns' | 'find'>;
  readonly slots: () => readonly SlotConfig[];
  readonly runChanged: Pick<Signal<Run>, 'listen'>;
  readonly configChanged: Pick<Signal<PanelConfig>, 'listen'>;
  /** The store holds nothing of before. */
  readonly databaseBegun: Pick<Signal<void>, 'listen'>;
  readonly onStatus: (status: QueueStatus) => void;
  readonly audit: (action: string, slot: SlotId, run: RunId | null, detail: Record<string, string>) => void;
  readonly onFault: (error: unknown) => void;
}

/** The longest that a timer may wait, in milliseconds; beyond it Node fires at once. */
const longestTimer = 2_000_000_000;

/**
 * Starts what waits. It decides nothing by itself: `decide` says what starts, and this class carries that out, one step
 * after the other. An entry is kept as running, with the id of its run, before the run begins; so a panel that dies in
 * between neither starts it twice nor loses it.
 */
export class QueueService {
  readonly #options: QueueServiceOptions;
  readonly #starting = new Set<Promise<void>>();
  readonly #unlisten: readonly (() => void)[];
  #queue: Queue = emptyQueue;
  /** The queue that the store holds. */
  #kept: Queue = emptyQueue;
  #revision = 0;
  /** Why the queue could not be read; null where it was. */
  #fault: string | null = null;
  #isOpen = false;
  #isClosed = false;
  #turn: Promise<unknown> = Promise.resolve();
  #isAdvancing = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: QueueServiceOptions) {
    this.#options = options;
    this.#unlisten = [
      options.runChanged.listen((run) => {
        if (!isActive(run)) this.#runEnded(run);
      }),
      options.configChanged.listen(() => this.#advanceSoon()),
      options.databaseBegun.listen(() =>
        this.#later(() => {
          this.#kept = emptyQueue;
          return this.#advance();
        }),
      ),
    ];
  }

  /**
   * Reads the queue, once the runs that an earlier panel left have been taken up: an entry that was running is matched
   * to its run. Where entries wait, the queue comes back paused, since nobody may be there.
   */
  async open(): Promise<Result<null>> {
    return this.#inTurn(async () => (this.#isOpen ? success(null) : this.#load()));
  }

  /** The queue as it is now. */
  get queue(): Queue {
    return this.#queue;
  }

  /** Everything that the Queue page shows. */
  view(): QueueView {
    const { paused, pausedSlots, afterFailure, entries, groups } = this.#queue;
    const holds = holdsOf(this.#queue, this.#world());
    return {
      revision: this.#revision,
      fault: this.#fault,
      paused,
      pausedSlots: Object.fromEntries(pausedSlots),
      afterFailure,
      entries: entries.map((entry) => ({ ...entry, waitsFor: holds.get(entry)?.text ?? null })),
      groups: [...groups.values()],
    };
  }

  /** A change that the operator asked for: made once it is on disk, or refused with why it is not. */
  async change(make: (queue: Queue) => Result<Queue>): Promise<Result<null>> {
    return this.#inTurn(async () => {
      const loaded = this.#isOpen ? success(null) : await this.#load();
      if (!loaded.ok) return loaded;
      const made = make(this.#queue);
      if (!made.ok) return made;
      const kept = await this.#keep(made.value);
      if (!kept.ok) return failure(kept.error.code, `Nothing was changed. ${kept.error.message}`);
      this.#take(made.value);
      this.#advanceSoon();
      return success(null);
    });
  }

  /** Starts nothing more, for a reason that is not the operator's wish to pause. */
  async suspend(reason: string): Promise<void> {
    await this.#inTurn(async () => {
      const isWaiting = this.#queue.entries.some(isPending);
      if (isWaiting) await this.#progress((queue) => pause(queue, null, reason, this.#options.now()));
    });
  }

  /** Stops starting. What runs goes on, what waits is there at the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#unlisten) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#turn;
    await Promise.all(this.#starting);
    await this.#turn;
  }

  async #load(): Promise<Result<null>> {
    const { now } = this.#options;
    const loaded = await this.#options.load();
    if (!loaded.ok) {
      this.#fault = `The queue cannot be read. ${loaded.error.message}`;
      this.#tell();
      return failure(loaded.error.code, this.#fault);
    }
    this.#fault = null;
    this.#kept = queueOfStored(loaded.value);
    let queue = await matchRuns(this.#kept, this.#options);
    const waiting = queue.entries.filter(isPending).length;
    if (waiting > 0) {
      const reason = `The panel was started again while ${waiting === 1 ? 'an entry' : `${waiting} entries`} waited.`;
      queue = pause(queue, null, reason, now());
    }
    this.#isOpen = true;
    await this.#keep(queue);
    this.#take(queue);
    // A run that ended while its entry was being read told nobody.
    this.#later(async () => this.#take(await matchRuns(this.#queue, this.#options)));
    this.#advanceSoon();
    return success(null);
  }

  #runEnded(run: Run): void {
    if (entryOfRun(this.#queue, run.id) !== null) {
      this.#later(() => {
        const entry = entryOfRun(this.#queue, run.id);
        return entry === null ? Promise.resolve() : this.#end(entry.id, endOfRun(run, this.#options.now()));
      });
    }
    this.#advanceSoon();
  }

  #end(id: QueueEntryId, end: EntryEnd): Promise<void> {
    return this.#progress((queue) =>
      trimFinished(endEntry(queue, id, end, this.#options.now()), this.#options.now()),
    );
  }

  #advanceSoon(): void {
    if (this.#isAdvancing || this.#isClosed || !this.#isOpen) return;
    this.#isAdvancing = true;
    this.#later(async () => {
      this.#isAdvancing = false;
      await this.#advance();
    });
  }

  async #advance(): Promise<void> {
    if (this.#isClosed) return;
    const { now } = this.#options;
    const { queue, starts, wakeAt } = decide(this.#queue, this.#world());
    const claims = starts.map((entry) => ({ entry, run: newRunId(now()) }));
    const claimed = claims.reduce((next, { entry, run }) => beginEntry(next, entry.id, run, now()), queue);
    const saved = await this.#keep(claimed);
    if (!saved.ok && claims.length > 0) {
      const reason = `The queue cannot be kept on disk, so nothing more is started. ${saved.error.message}`;
      this.#take(pause(queue, null, reason, now()));
      return;
    }
    this.#take(claimed);
    for (const { entry, run } of claims) this.#track(this.#start(entry, run));
    this.#wakeAt(wakeAt);
  }

  async #start(entry: QueueEntry, run: RunId): Promise<void> {
    const slot = this.#options.slots().find(({ id }) => id === entry.slot);
    if (slot === undefined) return this.#undo(entry, null);
    const { script, args, log, task } = entry;
    try {
      const started = await this.#options.runs.start(slot, { script, args, log, task, id: run });
      const outcome = started.ok ? 'started' : started.error.message;
      const detail = { script, outcome, by: entry.group ?? 'queue' };
      this.#options.audit('run.start', entry.slot, started.ok ? run : null, detail);
      if (!started.ok) await this.#refused(entry, started.error);
    } catch (error) {
      this.#options.onFault(error);
      const end = lostEnd(`The panel failed to start the run: ${errorText(error)}.`, this.#options.now());
      await this.#inTurn(() => this.#end(entry.id, end));
      this.#advanceSoon();
    }
  }

  async #refused(entry: QueueEntry, { code, message }: Failure): Promise<void> {
    // The operator was quicker: the entry waits for that run.
    if (code === 'slot-busy') return this.#undo(entry, null);
    const outcome = { kind: 'not-started', code, message } as const;
    const end = { outcome, endedAt: this.#options.now(), duration: null };
    // Where the run itself told of its end already, this changes nothing.
    await this.#inTurn(() => this.#end(entry.id, end));
    this.#advanceSoon();
  }

  async #undo(entry: QueueEntry, note: string | null): Promise<void> {
    await this.#inTurn(() => this.#progress((queue) => putBack(queue, entry.id, note)));
    this.#advanceSoon();
  }

  #world(): QueueWorld {
    const { now, slots, runs } = this.#options;
    return {
      now: now(),
      slots: new Set(slots().map((slot) => slot.id)),
      busy: new Map(runs.activeRuns().map((run) => [run.slot, run.script])),
    };
  }

  /** Something that has happened: true whether it can be kept or not. What is not kept goes with the next change. */
  async #progress(make: (queue: Queue) => Queue): Promise<void> {
    const next = make(this.#queue);
    this.#take(next);
    await this.#keep(next);
  }

  async #keep(queue: Queue): Promise<Result<null>> {
    const saving = savingOf(this.#kept, queue);
    if (saving === null) return success(null);
    const saved = await this.#options.save(saving);
    if (saved.ok) this.#kept = queue;
    return saved;
  }

  #take(queue: Queue): void {
    if (queue === this.#queue) return;
    this.#queue = queue;
    this.#tell();
  }

  #tell(): void {
    this.#revision += 1;
    this.#options.onStatus(statusOf(this.#queue, this.#revision, this.#fault));
  }

  #wakeAt(moment: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (moment === null || this.#isClosed) return;
    const wait = Math.min(longestTimer, Math.max(1, moment - this.#options.now()));
    this.#timer = setTimeout(() => this.#advanceSoon(), wait);
  }

  /** One step after the other, so that each sees what the one before left. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #later(work: () => Promise<void>): void {
    this.#inTurn(work).catch(this.#options.onFault);
  }

  #track(start: Promise<void>): void {
    const tracked = start.catch(this.#options.onFault).finally(() => this.#starting.delete(tracked));
    this.#starting.add(tracked);
  }
}
