import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Result } from '../../shared/result';
import type { RelayPosition } from '../store/records';
import type { RelayRecord } from './relay-format';
import { RelayReader } from './relay-reader';

/** What relaying needs of the rest of the panel. */
export interface RelayServiceOptions {
  /** How far an earlier panel had kept a run's relayed messages. */
  readonly positionOf: (run: RunId) => Promise<Result<RelayPosition>>;
  readonly onRecord: (run: Run, record: RelayRecord, isNew: RelayNews) => void;
  /** Resolves when what was recorded so far is kept, or could not be. */
  readonly settled: () => Promise<void>;
  readonly onFault: (run: Run, error: unknown) => void;
}

/** Whether an earlier panel had not yet kept a record as a message, and in the session. */
export interface RelayNews {
  readonly message: boolean;
  readonly session: boolean;
}

/** The relayed messages of the runs that live. Each is taken once, across restarts of the panel too. */
export class RelayService {
  readonly #options: RelayServiceOptions;
  readonly #relays = new Map<RunId, Promise<RelayReader>>();

  constructor(options: RelayServiceOptions) {
    this.#options = options;
  }

  /** Takes a run's relayed messages from now on, beginning where an earlier panel stopped. */
  follow(run: Run, folder: string): void {
    if (this.#relays.has(run.id)) return;
    const relay = this.#open(run, folder);
    this.#relays.set(run.id, relay);
    relay.catch((error: unknown) => this.#options.onFault(run, error));
  }

  isFollowing(run: RunId): boolean {
    return this.#relays.has(run);
  }

  /** Takes everything that is there of a run now. */
  async catchUp(run: RunId): Promise<void> {
    await (await this.#relays.get(run))?.catchUp();
  }

  /** Takes what is left of a run that is over. */
  async finish(run: RunId): Promise<void> {
    const relay = await this.#relays.get(run);
    this.#relays.delete(run);
    await relay?.finish();
  }

  async close(): Promise<void> {
    const relays = [...this.#relays.values()];
    this.#relays.clear();
    await Promise.allSettled(relays.map(async (relay) => (await relay).close()));
  }

  async #open(run: Run, folder: string): Promise<RelayReader> {
    const found = await this.#options.positionOf(run.id);
    // Without a database nothing was kept, so that nothing can be taken twice.
    const position = found.ok ? found.value : { messages: 0, session: 0 };
    const reader = new RelayReader({
      folder,
      from: Math.min(position.messages, position.session),
      onRecord: (record) =>
        this.#options.onRecord(run, record, {
          message: record.end > position.messages,
          session: record.end > position.session,
        }),
      settled: this.#options.settled,
      onFault: (error) => this.#options.onFault(run, error),
    });
    reader.start();
    return reader;
  }
}
