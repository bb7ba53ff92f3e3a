import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { SessionMessage } from '../../shared/domain/session';
import type { SessionPatch } from '../../shared/ipc/state';
import type { Json } from '../../shared/json';
import type { AuditRecord, MessageRecord, RecordBatch, SessionRecord } from './records';

/** How much waits at most before messages are dropped, and how much one batch carries. */
export interface QueueLimits {
  readonly messages: number;
  readonly characters: number;
  readonly batchMessages: number;
  readonly batchCharacters: number;
}

/**
 * Room for seconds at the highest rate of messages. A batch is small enough that handing it over takes main about a
 * millisecond; characters count because a message may hold 64,000 of them.
 */
export const defaultQueueLimits: QueueLimits = {
  messages: 50_000,
  characters: 64_000_000,
  batchMessages: 1000,
  batchCharacters: 2_000_000,
};

interface WaitingSession {
  relayEnd: number | null;
  readonly data: Map<string, { value: Json; changedAt: number }>;
  readonly messages: Map<number, SessionMessage>;
}

/**
 * What waits to be written. Messages are bounded, and the newest are refused beyond the bound; not so relayed ones, whose
 * readers stop by themselves where there is no more room. Runs, session data and the audit are never refused: of a run
 * and of a key of a session only the newest state waits, so they stay small.
 */
export class RecordQueue {
  readonly #limits: QueueLimits;
  readonly #recorder: string;
  #messages: MessageRecord[] = [];
  #characters = 0;
  #sessions = new Map<RunId, WaitingSession>();
  #runs = new Map<RunId, Run>();
  #over: RunId[] = [];
  #audit: AuditRecord[] = [];
  #batches = 0;
  #accepted = 0;

  /** `recorder` names this queue in the database, so that a batch that is sent twice is written once. */
  constructor(recorder: string, limits: QueueLimits = defaultQueueLimits) {
    this.#recorder = recorder;
    this.#limits = limits;
  }

  /** Messages that wait. */
  get waitingMessages(): number {
    return this.#messages.length;
  }

  /** Messages accepted since the start. */
  get acceptedMessages(): number {
    return this.#accepted;
  }

  /** Batches taken since the start; the number of the newest one. */
  get batches(): number {
    return this.#batches;
  }

  get isEmpty(): boolean {
    return (
      this.#messages.length === 0 &&
      this.#sessions.size === 0 &&
      this.#runs.size === 0 &&
      this.#over.length === 0 &&
      this.#audit.length === 0
    );
  }

  /** Whether enough waits for a full batch. */
  get isBatchFull(): boolean {
    return (
      this.#messages.length >= this.#limits.batchMessages || this.#characters >= this.#limits.batchCharacters
    );
  }

  /** Whether relayed messages leave the other half of the room to those that cannot wait. */
  get hasRoom(): boolean {
    return (
      this.#messages.length < this.#limits.messages / 2 && this.#characters < this.#limits.characters / 2
    );
  }

  /** Returns false where there is no room. One that was relayed is never refused: the next would hide the gap. */
  addMessage(message: MessageRecord): boolean {
    const isFull =
      this.#messages.length >= this.#limits.messages ||
      this.#characters + message.text.length > this.#limits.characters;
    if (isFull && message.relayEnd === null) return false;
    this.#messages.push(message);
    this.#characters += message.text.length;
    this.#accepted += 1;
    return true;
  }

  addSession(change: SessionPatch, relayEnd: number | null = null): void {
    const session: WaitingSession = this.#sessions.get(change.run) ?? {
      relayEnd,
      data: new Map(),
      messages: new Map(),
    };
    this.#sessions.set(change.run, session);
    session.relayEnd = relayEnd;
    const changedAt = new Map(Object.entries(change.changedAt));
    for (const [key, value] of Object.entries(change.set)) {
      session.data.set(key, { value, changedAt: changedAt.get(key) ?? 0 });
    }
    for (const [index, message] of change.messages.entries()) {
      session.messages.set(change.messagesFrom + index, message);
    }
  }

  saveRun(run: Run): void {
    this.#runs.set(run.id, run);
  }

  endRun(run: RunId): void {
    this.#over.push(run);
  }

  addAudit(entry: AuditRecord): void {
    this.#audit.push(entry);
  }

  /** Takes the next batch, null where nothing waits. */
  take(): RecordBatch | null {
    if (this.isEmpty) return null;
    this.#batches += 1;
    const batch = {
      recorder: this.#recorder,
      number: this.#batches,
      messages: this.#takeMessages(),
      sessions: [...this.#sessions].map(([run, session]) => sessionRecord(run, session)),
      runs: [...this.#runs.values()],
      over: this.#over,
      audit: this.#audit,
    };
    this.#sessions = new Map();
    this.#runs = new Map();
    this.#over = [];
    this.#audit = [];
    return batch;
  }

  #takeMessages(): MessageRecord[] {
    let count = 0;
    let characters = 0;
    for (const message of this.#messages) {
      if (count === this.#limits.batchMessages || characters >= this.#limits.batchCharacters) break;
      count += 1;
      characters += message.text.length;
    }
    this.#characters -= characters;
    return this.#messages.splice(0, count);
  }
}

function sessionRecord(run: RunId, { data, messages, relayEnd }: WaitingSession): SessionRecord {
  return {
    run,
    data: [...data].map(([key, { value, changedAt }]) => ({ key, value, changedAt })),
    messages: [...messages].map(([position, message]) => ({ position, message })),
    relayEnd,
  };
}
