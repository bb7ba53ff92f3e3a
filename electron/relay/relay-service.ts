import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Result } from '../../shared/result';
import { askUntilAnswered } from '../store/ask-until-answered';
import type { RelayPosition } from '../store/records';
import type { RelayRecord } from './relay-format';
import { RelayReader } from './relay-reader';

/** What relaying needs of the rest of the panel. */
export interface RelayServiceOptions {
  /** How far an earlier panel had kept a run's relayed messages. */
  readonly positionOf: (run: RunId) => Promise<Result<RelayPosition>>;
  readonly onRecord: (run: Run, record: RelayRecord, isNew: RelayNews) => void;
  /** Answers whether all that was recorded so far is kept. */
  readonly kept: () => Promise<boolean>;
  /** Whether more may be recorded although what was before could not be kept yet. */
  readonly hasRoom: () => boolean;
  /** A run's messages have to wait in its folder for the database. Told once for as long as it lasts. */
  readonly onHeld: (run: Run) => void;
  readonly onFault: (run: Run, error: unknown) => void;
}

/** Whether an earlier panel had not yet kept a record as a message, and in the session. */
export interface RelayNews {
  readonly message: boolean;
  readonly session: boolean;
}

/** `opened` is null where the service closed before it was known where to begin. */
interface Relay {
  reader: RelayReader | null;
  readonly opened: Promise<RelayReader | null>;
}

/** The relayed messages of the runs that live. Each is taken once, across restarts of the panel too. */
export class RelayService {
  readonly #options: RelayServiceOptions;
  readonly #relays = new Map<RunId, Relay>();
  readonly #closing = new AbortController();

  constructor(options: RelayServiceOptions) {
    this.#options = options;
  }

  /** Takes the relayed messages of a run that begins. */
  follow(run: Run, folder: string): void {
    const reader = this.#read(run, folder, { messages: 0, session: 0 });
    this.#relays.set(run.id, { reader, opened: Promise.resolve(reader) });
  }

  /** Takes the relayed messages of a run that an earlier panel started, once the database says where it stopped. */
  takeUp(run: Run, folder: string): void {
    if (this.#relays.has(run.id)) return;
    const opened = this.#open(run, folder).catch((error: unknown) => {
      this.#options.onFault(run, error);
      return null;
    });
    this.#relays.set(run.id, { reader: null, opened });
  }

  isFollowing(run: RunId): boolean {
    return this.#relays.has(run);
  }

  /** Takes everything that is there of a run now and can be kept. */
  async catchUp(run: RunId): Promise<void> {
    await this.#relays.get(run)?.reader?.catchUp();
  }

  /**
   * Takes what is left of a run that is over, as long as that takes. Answers whether all of it is kept; what is not when
   * the service closes is left to the next panel.
   */
  async finish(run: RunId): Promise<boolean> {
    const relay = this.#relays.get(run);
    if (relay === undefined) return true;
    const reader = await relay.opened;
    const isTaken = (await reader?.finish()) ?? false;
    this.#relays.delete(run);
    return isTaken;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const relays = [...this.#relays.values()];
    this.#relays.clear();
    await Promise.all(relays.map(async ({ opened }) => (await opened)?.close()));
  }

  async #open(run: Run, folder: string): Promise<RelayReader | null> {
    const { positionOf, onHeld } = this.#options;
    let found = await positionOf(run.id);
    if (!found.ok) {
      onHeld(run);
      // Not known is not nothing: from the beginning, everything would be taken twice.
      found = await askUntilAnswered(() => positionOf(run.id), this.#closing.signal);
    }
    if (!found.ok || this.#closing.signal.aborted) return null;
    const reader = this.#read(run, folder, found.value);
    const relay = this.#relays.get(run.id);
    if (relay !== undefined) relay.reader = reader;
    return reader;
  }

  /** `position` is how far an earlier panel had come. */
  #read(run: Run, folder: string, position: RelayPosition): RelayReader {
    const { onRecord, kept, hasRoom, onHeld, onFault } = this.#options;
    const reader = new RelayReader({
      folder,
      from: Math.min(position.messages, position.session),
      onRecord: (record) =>
        onRecord(run, record, {
          message: record.end > position.messages,
          session: record.end > position.session,
        }),
      kept,
      hasRoom,
      onHeld: () => onHeld(run),
      onFault: (error) => onFault(run, error),
    });
    reader.start();
    return reader;
  }
}
