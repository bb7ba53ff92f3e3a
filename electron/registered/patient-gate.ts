/** A file system did not answer in time: a network folder whose server is gone, mostly. */
export class NoAnswerError extends Error {}

interface Waiting {
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/**
 * Lets few file operations run at once. One on a dead network folder never ends and keeps one of the threads that all
 * of main's file access shares, logs of runs included: with all places of this gate stuck, further operations are
 * refused at once rather than started.
 */
export class PatientGate {
  readonly #width: number;
  readonly #patience: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;
  #stuck = 0;

  /** `patience`: milliseconds after which an operation is not waited for any more. */
  constructor(width = 2, patience = 10_000) {
    this.#width = width;
    this.#patience = patience;
  }

  /**
   * Runs an operation when there is a place. Throws `NoAnswerError` where it takes too long; `onLate` then gets what it
   * answers after all, to close it.
   */
  run<Value>(work: () => Promise<Value>, onLate?: (value: Value) => Promise<void>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new NoAnswerError('it did not answer in time'));
      const begin = (): void => {
        this.#running += 1;
        let isStuck = false;
        const timer = setTimeout(() => {
          isStuck = true;
          this.#stuck += 1;
          giveUp();
          if (this.#stuck >= this.#width) for (const other of this.#waiting.splice(0)) other.giveUp();
        }, this.#patience);
        work()
          .then(async (value) => {
            resolve(value);
            if (isStuck) await onLate?.(value);
          })
          .catch(reject)
          .finally(() => {
            clearTimeout(timer);
            this.#running -= 1;
            if (isStuck) this.#stuck -= 1;
            this.#waiting.shift()?.begin();
          });
      };
      if (this.#running < this.#width) begin();
      else if (this.#stuck >= this.#width) giveUp();
      else this.#waiting.push({ begin, giveUp });
    });
  }
}
