/** Milliseconds: how long after a fault the next attempt is made, at first and at most. */
const firstPause = 250;
const longestPause = 30_000;

/** Tries again after a pause that doubles with each fault in a row. */
export class RetryTimer {
  #faults = 0;
  #timer: NodeJS.Timeout | null = null;

  /** Whether a fault is being waited out. */
  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** Makes an attempt after the pause, in place of one that waits. */
  schedule(attempt: () => void): void {
    this.cancel();
    const pause = Math.min(longestPause, firstPause * 2 ** this.#faults);
    this.#faults += 1;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      attempt();
    }, pause);
  }

  /** An attempt has succeeded: the next fault is the first one again. */
  reset(): void {
    this.#faults = 0;
  }

  /** Forgets the attempt that waits. */
  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
