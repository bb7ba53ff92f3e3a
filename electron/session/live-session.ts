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

/** One key of the session, in one place: a message costs one look for each of its keys. */
interface KeptValue {
  readonly key: string;
  value: Json;
  changedAt: number;
  /** About how many bytes it takes. */
  size: number;
  /** The readers that have not seen it as it is, as bits. */
  unseenBy: number;
}

/** Remembers what changed since the last look of one reader, which `bit` stands for. */
class Cursor {
  readonly #bit: number;
  /** Those that changed longest ago first. */
  #changed: KeptValue[] = [];
  messagesFrom: number;
  relayEnd: number | null = null;

  constructor(bit: number, messagesFrom: number) {
    this.#bit = bit;
    this.messagesFrom = messagesFrom;
  }

  get hasChanged(): boolean {
    return this.#changed.length > 0;
  }

  note(kept: KeptValue): void {
    if ((kept.unseenBy & this.#bit) !== 0) return;
    kept.unseenBy |= this.#bit;
    this.#changed.push(kept);
  }

  /** The values that changed longest ago, up to a size, and one at least. They count as seen. */
  take(most = Number.POSITIVE_INFINITY): KeptValue[] {
    let count = 0;
    let size = 0;
    for (const kept of this.#changed) {
      size += kept.size;
      if (count > 0 && size > most) break;
      count += 1;
      kept.unseenBy &= ~this.#bit;
    }
    return this.#changed.splice(0, count);
  }
}

const savingBit = 1;
const watchingBit = 2;

/**
 * The session of one run as it grows. Mutable, so that a message costs what it carries and not what the session holds.
 * Maps, because the keys are the script's and `__proto__` is a key like any other.
 */
export class LiveSession {
  readonly run: RunId;
  readonly #data = new Map<string, KeptValue>();
  #messages: SessionMessage[] = [];
  readonly #unsaved = new Cursor(savingBit, 0);
  #watched: Cursor | null = null;
  #fromScript = 0;
  #dropped = 0;
  #relayEnd: number | null = null;
  /** Where the warning about messages not kept stands. */
  #warningAt: number | null = null;
  readonly #limits: DataLimits;
  readonly #bound: DataBound;
  #said: string | null = null;
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
      const before = this.#data.get(key);
      const size = this.#bound.take(key, value, before?.size ?? null);
      if (size === null) {
        this.#droppedValues += 1;
        dropped = key;
        continue;
      }
      const kept = before ?? this.#keep(key);
      kept.value = value;
      kept.changedAt = at;
      kept.size = size;
      this.#unsaved.note(kept);
      this.#watched?.note(kept);
    }
    if (dropped === null) return;
    const warning = droppedDataWarning(this.#limits, this.#droppedValues, dropped, at);
    this.#dataWarningAt = this.#warn(this.#dataWarningAt, warning);
  }

  /** Adds a line from the script or about what it sent, up to the limit; beyond it one warning counts them. */
  add(message: SessionMessage): void {
    if (message.from === 'script') this.#said = message.text;
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
      const kept = this.#keep(key);
      kept.value = value;
      kept.changedAt = ownNumber(stored.changedAt, key);
      // What was stored had fitted; it stays, also where it leaves no room for more.
      kept.size = this.#bound.take(key, value, null) ?? 0;
      this.#watched?.note(kept);
    }
    this.#messages = [...stored.messages, ...this.#messages];
    this.#said ??= stored.messages.findLast((message) => message.from === 'script')?.text ?? null;
    this.#fromScript += stored.messages.filter((message) => message.from !== 'panel').length;
    if (this.#warningAt !== null) this.#warningAt += stored.messages.length;
    if (this.#dataWarningAt !== null) this.#dataWarningAt += stored.messages.length;
    this.#unsaved.messagesFrom += stored.messages.length;
    if (this.#watched !== null) this.#watched.messagesFrom = 0;
  }

  /** What the script said last; null where it said nothing. */
  get said(): string | null {
    return this.#said;
  }

  /** The whole session as it stands. */
  read(): Session {
    return {
      run: this.run,
      ...read(this.#data.values()),
      messages: [...this.#messages],
    };
  }

  /** Starts or ends to remember what a viewer has not seen. */
  watch(watched: boolean): void {
    // What the one before had not seen is not news to this one.
    this.#watched?.take();
    this.#watched = watched ? new Cursor(watchingBit, this.#messages.length) : null;
  }

  /** What the viewer has not seen, or as much of it as one patch carries; null if nothing. */
  takeWatched(): SessionGain | null {
    return this.#watched === null ? null : this.#take(this.#watched, patchSize);
  }

  /** Whether there is anything that the viewer has not seen. */
  hasWatched(): boolean {
    const cursor = this.#watched;
    return cursor !== null && (cursor.hasChanged || cursor.messagesFrom < this.#messages.length);
  }

  /** Has all of it count as not saved. */
  saveAnew(): void {
    for (const kept of this.#data.values()) this.#unsaved.note(kept);
    this.#unsaved.messagesFrom = 0;
    this.#unsaved.relayEnd = this.#relayEnd;
  }

  /** What was not taken for saving yet; null if nothing. */
  takeUnsaved(): SessionGain | null {
    return this.#take(this.#unsaved);
  }

  #keep(key: string): KeptValue {
    const kept: KeptValue = { key, value: null, changedAt: 0, size: 0, unseenBy: 0 };
    this.#data.set(key, kept);
    return kept;
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

  #take(cursor: Cursor, most?: number): SessionGain | null {
    const { messagesFrom } = cursor;
    const hasMoved = cursor.relayEnd !== null;
    if (!cursor.hasChanged && messagesFrom === this.#messages.length && !hasMoved) return null;
    cursor.relayEnd = null;
    const { data: set, changedAt } = read(cursor.take(most));
    cursor.messagesFrom = this.#messages.length;
    return {
      set,
      changedAt,
      messagesFrom,
      messages: this.#messages.slice(messagesFrom),
      relayEnd: this.#relayEnd,
    };
  }
}

/** Values and their times by key. fromEntries makes own keys of all, `__proto__` included. */
function read(values: Iterable<KeptValue>): Pick<Session, 'data' | 'changedAt'> {
  const kept = [...values];
  return {
    data: Object.fromEntries(kept.map(({ key, value }) => [key, value])),
    changedAt: Object.fromEntries(kept.map(({ key, changedAt }) => [key, changedAt])),
  };
}

function ownNumber(times: Record<string, number>, key: string): number {
  return Object.hasOwn(times, key) ? (times[key] ?? 0) : 0;
}
