import type { RecordingStatus } from '../../shared/ipc/state';

/** Tells the status of recording when it changes: a new state at once, the count of drops at intervals. */
export class StatusTeller {
  readonly #tell: (status: RecordingStatus) => void;
  readonly #interval: number;
  #status: RecordingStatus = { state: 'unavailable', message: 'The database is being opened.', dropped: 0 };
  #timer: NodeJS.Timeout | null = null;

  /** `interval` is in milliseconds. */
  constructor(tell: (status: RecordingStatus) => void, interval: number) {
    this.#tell = tell;
    this.#interval = interval;
  }

  get current(): RecordingStatus {
    return this.#status;
  }

  say(state: RecordingStatus['state'], message: string | null): void {
    if (this.#status.state === state && this.#status.message === message) return;
    this.#status = { ...this.#status, state, message };
    this.#tell(this.#status);
  }

  /** Counts messages that could not be kept. */
  drop(messages: number): void {
    if (messages === 0) return;
    this.#status = { ...this.#status, dropped: this.#status.dropped + messages };
    this.#timer ??= setTimeout(() => this.#tellDrops(), this.#interval);
  }

  /** Tells what was not told yet. */
  close(): void {
    if (this.#timer !== null) this.#tellDrops();
  }

  #tellDrops(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#tell(this.#status);
  }
}
