import type { RunId } from '../../shared/domain/ids';
import type { Session, SessionMessage } from '../../shared/domain/session';
import type { Json, JsonObject } from '../../shared/json';
import { DataBound, sessionDataLimits, type DataLimits } from './data-bound';
import { droppedDataWarning, droppedMessagesWarning, sessionMessageLimit } from './session-reducer';

/** What a session gained since it was last looked at. */
export interface SessionGain {
  readonly set: Record<string, Json>;
  readonly changedAt: Record<string, number>;
  /** Position of the first of `messages`; what stands there already is replaced. */
  readonly messagesFrom: number;
  readonly messages: SessionMessage[];
  /** How far the relayed messages have gone into the session; null where none came by the relay. */
  readonly relayEnd: number | null;
}

/**
 * How much one patch for the viewer carries, in bytes, about 40,000 numbers: more would hold up the window's frames.
 * What is left out comes with the next patch.
 */
const patchSize = 320_000;

/** Remembers what changed since the last look of one reader. */
class Cursor {
  readonly keys = new Set<string>();
  messagesFrom: number;
  relayEnd: number | null = null;

  constructor(messagesFrom: number) {
    this.messagesFrom = messagesFrom;
  }
}

/**
 * The session of one run as it grows. Mutable, so that a message costs what it carries and not what the session holds.
 * Maps, because the keys are the script's and `__proto__` is a key like any other.
 */
export class LiveSession {
  readonly run: RunId;
  readonly #data = new Map<string, Json>();
  readonly #changedAt = new Map<string, number>();
  #messages: SessionMessage[] = [];
  readonly #unsaved = new Cursor(0);
  #watched: Cursor | null = null;
  #fromScript = 0;
  #dropped = 0;
  #relayEnd: number | null = null;
  /** Where the warning about messages not kept stands. */
  #warningAt: number | null = null;
  readonly #limits: DataLimits;
  readonly #bound: DataBound;
  #droppedValues = 0;
  /** Where the warning about values not kept stands. */
  #dataWarningAt: number | null = null;

  constructor(run: RunId, limits = sessionDataLimits) {
    this.run = run;
    this.#limits = limits;
    this.#bound = new DataBound(limits);
  }

  /** Sets keys, up to the limits; beyond them one warning counts what was not kept, and names the last. */
  set(values: JsonObject, at: number): void {
    let dropped: string | null = null;
    for (const key of Object.keys(values)) {
      const value = values[key] ?? null;
      if (!this.#bound.take(key, value)) {
        this.#droppedValues += 1;
        dropped = key;
        continue;
      }
      this.#data.set(key, value);
      this.#changedAt.set(key, at);
      this.#unsaved.keys.add(key);
      this.#watched?.keys.add(key);
    }
    if (dropped === null) return;
    const warning = droppedDataWarning(this.#limits, this.#droppedValues, dropped, at);
    this.#dataWarningAt = this.#warn(this.#dataWarningAt, warning);
  }

  /** Adds a line from the script or about what it sent, up to the limit; beyond it one warning counts them. */
  add(message: SessionMessage): void {
    if (this.#fromScript < sessionMessageLimit) {
      this.#fromScript += 1;
      this.#messages.push(message);
      return;
    }
    this.#dropped += 1;
    this.#warningAt = this.#warn(this.#warningAt, droppedMessagesWarning(this.#dropped, message.time));
  }

  /** Adds a line that the panel has to say. These are few and are always kept. */
  note(message: SessionMessage): void {
    this.#messages.push(message);
  }

  /** Notes how far the relayed messages have gone into this session. */
  reached(relayEnd: number): void {
    this.#relayEnd = relayEnd;
    this.#unsaved.relayEnd = relayEnd;
  }

  /** Puts what was stored before a restart in front of what has come since. */
  restore(stored: Session): void {
    for (const [key, value] of Object.entries(stored.data)) {
      if (this.#data.has(key)) continue;
      // What was stored had fitted; it stays, also where it leaves no room for more.
      this.#bound.take(key, value);
      this.#data.set(key, value);
      this.#changedAt.set(key, ownNumber(stored.changedAt, key));
      this.#watched?.keys.add(key);
    }
    this.#messages = [...stored.messages, ...this.#messages];
    this.#fromScript += stored.messages.filter((message) => message.from !== 'panel').length;
    if (this.#warningAt !== null) this.#warningAt += stored.messages.length;
    if (this.#dataWarningAt !== null) this.#dataWarningAt += stored.messages.length;
    this.#unsaved.messagesFrom += stored.messages.length;
    if (this.#watched !== null) this.#watched.messagesFrom = 0;
  }

  /** The whole session as it stands. */
  read(): Session {
    return {
      run: this.run,
      data: Object.fromEntries(this.#data),
      changedAt: Object.fromEntries(this.#changedAt),
      messages: [...this.#messages],
    };
  }

  /** Starts or ends to remember what a viewer has not seen. */
  watch(watched: boolean): void {
    this.#watched = watched ? new Cursor(this.#messages.length) : null;
  }

  /** What the viewer has not seen, or as much of it as one patch carries; null if nothing. */
  takeWatched(): SessionGain | null {
    return this.#watched === null ? null : this.#take(this.#watched, patchSize);
  }

  /** Whether there is anything that the viewer has not seen. */
  hasWatched(): boolean {
    const cursor = this.#watched;
    return cursor !== null && (cursor.keys.size > 0 || cursor.messagesFrom < this.#messages.length);
  }

  /** What was not taken for saving yet; null if nothing. */
  takeUnsaved(): SessionGain | null {
    return this.#take(this.#unsaved);
  }

  /** The keys that changed longest ago, up to a size of their values, and one at least. */
  #takeKeys(cursor: Cursor, most: number): string[] {
    const keys: string[] = [];
    let size = 0;
    for (const key of cursor.keys) {
      size += this.#bound.sizeOf(key);
      if (keys.length > 0 && size > most) break;
      keys.push(key);
      cursor.keys.delete(key);
    }
    return keys;
  }

  /** Puts a warning that counts on in place of the one before it. Gives back where it stands. */
  #warn(before: number | null, warning: SessionMessage): number {
    const at = before ?? this.#messages.length;
    this.#messages[at] = warning;
    for (const cursor of [this.#unsaved, this.#watched]) {
      if (cursor !== null) cursor.messagesFrom = Math.min(cursor.messagesFrom, at);
    }
    return at;
  }

  #take(cursor: Cursor, most = Number.POSITIVE_INFINITY): SessionGain | null {
    const { messagesFrom } = cursor;
    const hasMoved = cursor.relayEnd !== null;
    if (cursor.keys.size === 0 && messagesFrom === this.#messages.length && !hasMoved) return null;
    cursor.relayEnd = null;
    const keys = this.#takeKeys(cursor, most);
    cursor.messagesFrom = this.#messages.length;
    return {
      // fromEntries makes own keys of all, `__proto__` included.
      set: Object.fromEntries(keys.map((key) => [key, this.#data.get(key) ?? null])),
      changedAt: Object.fromEntries(keys.map((key) => [key, this.#changedAt.get(key) ?? 0])),
      messagesFrom,
      messages: this.#messages.slice(messagesFrom),
      relayEnd: this.#relayEnd,
    };
  }
}

function ownNumber(times: Record<string, number>, key: string): number {
  return Object.hasOwn(times, key) ? (times[key] ?? 0) : 0;
}
