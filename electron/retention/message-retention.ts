import type { Store } from '../store/store';
import { firstPassAfter } from './retention-service';

/** How many messages there are, and how many of them go. */
interface MessagesBeyond {
  readonly messages: number;
  readonly beyond: number;
}

/** The share of a bound by which messages are beyond it at a start without a word: some came while nothing went. */
const usualExcess = 0.1;

/** What the retention of messages needs of the rest of the panel. */
export interface MessageRetentionOptions {
  readonly store: Pick<Store, 'ask' | 'retain'>;
  /** These messages go soon. */
  readonly onPending: (pending: MessagesBeyond, minutes: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** Keeps published messages within the bound that is configured, with the same time for a change of mind as for runs. */
export class MessageRetention {
  readonly #options: MessageRetentionOptions;
  #keep: number | null = null;
  #isOpen = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: MessageRetentionOptions) {
    this.#options = options;
  }

  /** Sets how many messages are kept; null keeps all. Nothing goes for some minutes after a change. */
  configure(keep: number | null): void {
    if (keep === this.#keep) return;
    this.close();
    this.#keep = keep;
    // Not the bound before it either: whoever changes it may have found that one wrong.
    this.#options.store.retain(null);
    if (keep === null) return;
    this.#timer = setTimeout(() => this.#options.store.retain(keep), firstPassAfter);
    if (this.#isOpen) this.#announce(keep, 0);
  }

  /** The database is open: says what the bound found at the start lets go, if that is more than usual. */
  open(): void {
    this.#isOpen = true;
    if (this.#keep !== null) this.#announce(this.#keep, this.#keep * usualExcess);
  }

  /** Ends the waiting. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #announce(keep: number, usual: number): void {
    const { store, onPending, onFault } = this.#options;
    store
      .ask('messagesBeyond', { keep })
      .then((found) => {
        if (!found.ok || found.value.beyond <= usual || keep !== this.#keep || this.#timer === null) return;
        onPending(found.value, firstPassAfter / 60_000);
      })
      .catch(onFault);
  }
}
