import { Worker } from 'node:worker_threads';
import { failure } from '../../shared/result';
import type { StoreAnswer, StoreCallName, StoreCalls, StoreReply } from './protocol';
import { errorText } from '../../shared/error-text';

/** One life of the store's worker: calls go in, answers come out, and its unexpected end is told once. */
export class WorkerClient {
  readonly #worker: Worker;
  readonly #pending = new Map<number, (answer: StoreAnswer<StoreCallName>) => void>();
  readonly #ended: Promise<void>;
  #calls = 0;
  #hasEnded = false;
  #isStopping = false;
  #fault: string | null = null;

  /** `onDeath` gets the reason, in a few words. */
  constructor(workerFile: string | URL, onDeath: (reason: string) => void) {
    this.#worker = new Worker(workerFile);
    this.#worker.on('message', (reply: StoreReply) => {
      this.#pending.get(reply.id)?.(reply.answer);
      this.#pending.delete(reply.id);
    });
    this.#worker.on('error', (error) => {
      this.#fault = errorText(error);
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#hasEnded = true;
        const reason = this.#fault ?? `exit code ${code}`;
        for (const answer of this.#pending.values()) answer(ended(reason));
        this.#pending.clear();
        if (!this.#isStopping) onDeath(reason);
        resolve();
      });
    });
  }

  /** Posts a call. A worker that has ended, or ends meanwhile, answers `store-unavailable`. */
  call<Name extends StoreCallName>(
    name: Name,
    request: StoreCalls[Name]['request'],
  ): Promise<StoreAnswer<Name>> {
    if (this.#hasEnded) return Promise.resolve(ended(this.#fault ?? 'it was stopped'));
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve) => {
      // The worker answers a call with the type that StoreCalls gives to its name; ids are never used twice.
      this.#pending.set(id, resolve);
      this.#worker.postMessage({ id, name, request });
    });
  }

  /** Lets the worker close the database and waits for its end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.call('close', null);
    await this.#worker.terminate();
    await this.#ended;
  }
}

function ended(reason: string) {
  return failure(
    'store-unavailable',
    `The part of the panel that keeps the database ended unexpectedly (${reason}).`,
  );
}
