import { randomUUID } from 'node:crypto';
import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import type { RecordingStatus, SessionPatch } from '../../shared/ipc/state';
import { failure, success, type Result } from '../../shared/result';
import { FlushWaiters } from './flush-waiters';
import type { StoreAnswer, StoreCallName, StoreCalls, StoreQuestionName, StoreQuestions } from './protocol';
import { RecordQueue, type QueueLimits } from './record-queue';
import type {
  AuditRecord,
  MessageRecord,
  MessagesPage,
  MessagesPageRequest,
  RecordBatch,
  RelayPosition,
  RunList,
  RunListRequest,
} from './records';
import { RetryTimer } from './retry-timer';
import type { StoreFailure } from './store-failure';
import { StatusTeller } from './status-teller';
import { WorkerClient } from './worker-client';

/** What the store needs from the panel. */
export interface StoreOptions {
  /** The built `store-worker`. */
  readonly workerFile: string | URL;
  readonly databasePath: string;
  readonly onStatus: (status: RecordingStatus) => void;
  /** The database holds nothing of before: it was made, or begun anew in place of a damaged one. */
  readonly onBegun: () => void;
  /** Unix milliseconds now. */
  readonly clock: () => number;
  readonly limits?: QueueLimits;
}

/** How long records wait for company. Milliseconds. */
const flushInterval = 100;
const mostRestarts = 5;

/**
 * The panel's memory on disk, as main sees it. Recording returns at once and is written in batches by a worker thread;
 * queries are promises. Without a database the panel works on: the status says so and queries answer a failure.
 */
export class Store {
  readonly #options: StoreOptions;
  readonly #queue: RecordQueue;
  readonly #status: StatusTeller;
  readonly #waiters = new FlushWaiters();
  readonly #retry = new RetryTimer();
  #client: WorkerClient | null = null;
  #isOpen = false;
  #isClosed = false;
  #inFlight: RecordBatch | null = null;
  #isSending = false;
  #restarts = 0;
  #retained: number | null = null;
  #flushTimer: NodeJS.Timeout | null = null;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#queue = new RecordQueue(randomUUID(), options.limits);
    this.#status = new StatusTeller(options.onStatus, flushInterval);
  }

  /** Starts the worker and opens the database. After a failure it goes on trying, unless a newer panel wrote it. */
  async open(): Promise<Result<void, StoreFailure>> {
    const { workerFile, databasePath: path, clock } = this.#options;
    this.#client ??= new WorkerClient(workerFile, (reason) => this.#died(reason));
    const opened = await this.#client.call('open', { path, now: clock() });
    if (this.#isClosed) return failure('store-unavailable', 'The database was closed.');
    if (!opened.ok) {
      // Where the worker itself died, #died has said so and tries again.
      if (this.#client === null) return opened;
      this.#status.say('unavailable', `${opened.error.message} Nothing is being recorded.`);
      if (opened.error.code !== 'store-newer-version') this.#retry.schedule(() => void this.open());
      return opened;
    }
    this.#isOpen = true;
    this.#retry.reset();
    if (this.#retained !== null) void this.#client.call('retain', { messages: this.#retained });
    this.#status.say('recording', opened.value.notice);
    if (opened.value.isNew) this.#options.onBegun();
    this.#pump();
    return success(undefined);
  }

  /** What the status line says of recording. */
  status(): RecordingStatus {
    return this.#status.current;
  }

  /** Keeps a published message. Beyond the queue's bound it is dropped and counted, unless it was relayed. */
  recordMessage(message: MessageRecord): void {
    if (this.#isClosed || !this.#queue.addMessage(message)) return this.#status.drop(1);
    if (this.#queue.isBatchFull) this.#pump();
    else this.#pumpSoon();
  }

  /** Keeps what sessions gained, and how far the relayed messages have gone into them. */
  recordSession(changes: readonly (SessionPatch & { readonly relayEnd?: number | null })[]): void {
    for (const change of changes) this.#queue.addSession(change, change.relayEnd ?? null);
    this.#pumpSoon();
  }

  /** Keeps a run's newest state. */
  saveRun(run: Run): void {
    this.#queue.saveRun(run);
    this.#pumpSoon();
  }

  /** Keeps that nothing of a run lives and everything of it is kept: the next panel need not look after it. */
  endRun(run: RunId): void {
    this.#queue.endRun(run);
    this.#pumpSoon();
  }

  /** Keeps who did what. */
  audit(entry: AuditRecord): void {
    this.#queue.addAudit(entry);
    this.#pumpSoon();
  }

  /** Sets how many messages are kept; the oldest go first, some at a time. Null, as at the start, keeps all. */
  retain(messages: number | null): void {
    this.#retained = messages;
    if (this.#isOpen) void this.#client?.call('retain', { messages });
  }

  messagesPage(request: MessagesPageRequest): Promise<Result<MessagesPage, StoreFailure>> {
    return this.#query('messagesPage', request);
  }

  /** A message as it was received, null where it is no longer kept. */
  readMessage(position: number): Promise<Result<string | null, StoreFailure>> {
    return this.#query('readMessage', { position });
  }

  listRuns(request: RunListRequest): Promise<Result<RunList, StoreFailure>> {
    return this.#query('listRuns', request);
  }

  readRun(run: RunId): Promise<Result<Run | null, StoreFailure>> {
    return this.#query('readRun', { run });
  }

  /** Runs that were not over when an earlier panel ended, oldest first: active, or with something left of them. */
  runsNotOver(): Promise<Result<Run[], StoreFailure>> {
    return this.#query('runsNotOver', null);
  }

  /** The newest run of every slot that ever had one. */
  latestRunPerSlot(): Promise<Result<Run[], StoreFailure>> {
    return this.#query('latestRunPerSlot', null);
  }

  /** The session of a run, null where there is no such run. */
  readSession(run: RunId): Promise<Result<Session | null, StoreFailure>> {
    return this.#query('readSession', { run });
  }

  /** How far the relayed messages of a run are kept. */
  relayPosition(run: RunId): Promise<Result<RelayPosition, StoreFailure>> {
    return this.#query('relayPosition', { run });
  }

  /** Whether what can wait may be recorded without taking the room of what cannot. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#queue.hasRoom;
  }

  /** Answers true when all that was recorded before is written, false when an attempt to write it has failed. */
  flush(): Promise<boolean> {
    const hasWork = this.#inFlight !== null || !this.#queue.isEmpty;
    if (!this.#isOpen || !hasWork) return Promise.resolve(!hasWork);
    const written = this.#waiters.wait(
      this.#queue.acceptedMessages,
      this.#queue.batches + (this.#queue.isEmpty ? 0 : 1),
    );
    // Whoever flushes wants to know now, not after the pause that follows a fault.
    this.#retry.cancel();
    this.#pump();
    return written;
  }

  /** Writes what waits, closes the database and ends the worker. What could not be written is counted as dropped. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.flush();
    this.#isClosed = true;
    this.#isOpen = false;
    this.#cancelTimers();
    const client = this.#client;
    this.#client = null;
    await client?.stop();
    this.#status.drop(this.#queue.waitingMessages + (this.#inFlight?.messages.length ?? 0));
    this.#status.close();
  }

  /** Asks the database, or has it change something that an operator decided; the answer says whether it did. */
  ask<Name extends StoreQuestionName>(
    name: Name,
    request: StoreQuestions[Name]['request'],
  ): Promise<StoreAnswer<Name>> {
    return this.#query(name, request);
  }

  #query<Name extends StoreCallName>(
    name: Name,
    request: StoreCalls[Name]['request'],
  ): Promise<StoreAnswer<Name>> {
    if (!this.#isOpen || this.#client === null) {
      const reason = this.#status.current.message ?? 'The database is not open.';
      return Promise.resolve(failure('store-unavailable', reason));
    }
    // What was just recorded goes first, so that an answer knows of it.
    this.#pump();
    return this.#client.call(name, request);
  }

  #pumpSoon(): void {
    this.#flushTimer ??= setTimeout(() => this.#pump(), flushInterval);
  }

  /** Sends the next batch, unless one is on its way or a fault is being waited out. */
  #pump(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    if (!this.#isOpen || this.#client === null || this.#isSending || this.#retry.isWaiting) return;
    const batch = this.#inFlight ?? this.#queue.take();
    if (batch === null) return;
    this.#inFlight = batch;
    this.#isSending = true;
    void this.#client.call('record', { batch, now: this.#options.clock() }).then((answer) => {
      this.#isSending = false;
      if (answer.ok) this.#wrote(batch, answer.value);
      else this.#couldNotWrite(answer.error);
    });
  }

  #wrote(batch: RecordBatch, notice: string | null): void {
    this.#inFlight = null;
    this.#retry.reset();
    this.#restarts = 0;
    if (notice !== null || this.#status.current.state !== 'recording') this.#status.say('recording', notice);
    if (notice !== null) this.#options.onBegun();
    this.#waiters.wrote(batch);
    if (this.#waiters.isAny || this.#queue.isBatchFull) this.#pump();
    else if (!this.#queue.isEmpty) this.#pumpSoon();
  }

  #couldNotWrite(fault: StoreFailure): void {
    this.#waiters.fail();
    // The end of the worker is told apart, by #died.
    if (this.#isClosed || !this.#isOpen) return;
    if (fault.code === 'store-unavailable') {
      this.#isOpen = false;
      this.#status.say('unavailable', `${fault.message} Nothing is being recorded.`);
      this.#retry.schedule(() => void this.open());
      return;
    }
    this.#status.say('failing', `${fault.message} What is published meanwhile waits, up to a bound.`);
    this.#retry.schedule(() => this.#pump());
  }

  #died(reason: string): void {
    this.#client = null;
    this.#isOpen = false;
    this.#isSending = false;
    this.#waiters.fail();
    const what = `The part of the panel that keeps the database ended unexpectedly (${reason}).`;
    this.#restarts += 1;
    if (this.#restarts > mostRestarts) {
      this.#cancelTimers();
      this.#status.say(
        'unavailable',
        `${what} It did so ${this.#restarts} times: restart the panel to record again.`,
      );
      return;
    }
    this.#status.say('unavailable', `${what} It is being started again.`);
    this.#retry.schedule(() => void this.open());
  }

  #cancelTimers(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    this.#retry.cancel();
  }
}
