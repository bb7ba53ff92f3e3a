import type { RecordBatch } from './records';

/** One who waits: until this many messages and this batch are written. */
interface Waiter {
  readonly messages: number;
  readonly batch: number;
  readonly resolve: (isWritten: boolean) => void;
}

/** Those who wait for what was recorded to be written: told true once it is, false when an attempt has failed. */
export class FlushWaiters {
  #writtenMessages = 0;
  #writtenBatches = 0;
  #waiters: Waiter[] = [];

  /** Whether anybody waits. */
  get isAny(): boolean {
    return this.#waiters.length > 0;
  }

  /** Waits until so many messages, counted from the start, and the batch of this number are written. */
  wait(messages: number, batch: number): Promise<boolean> {
    return new Promise((resolve) => this.#waiters.push({ messages, batch, resolve }));
  }

  /** Counts a batch that is written and tells those who waited for no more than that. */
  wrote(batch: RecordBatch): void {
    this.#writtenMessages += batch.messages.length;
    this.#writtenBatches = batch.number;
    const isDone = (waiter: Waiter) =>
      waiter.messages <= this.#writtenMessages && waiter.batch <= this.#writtenBatches;
    for (const waiter of this.#waiters) if (isDone(waiter)) waiter.resolve(true);
    this.#waiters = this.#waiters.filter((waiter) => !isDone(waiter));
  }

  /** Tells all that an attempt has failed. */
  fail(): void {
    for (const waiter of this.#waiters) waiter.resolve(false);
    this.#waiters = [];
  }
}
