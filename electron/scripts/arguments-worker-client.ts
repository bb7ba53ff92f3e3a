import { Worker } from 'node:worker_threads';
import { errorText } from '../../shared/error-text';
import { failure, success, type Result } from '../../shared/result';
import type { ArgumentsAnswer, ArgumentsQuestion } from './arguments-protocol';

/** One worker at a time, asked one question at a time. A worker that is stuck or ends is replaced at the next one. */
export class ArgumentsWorkerClient {
  readonly #workerFile: string | URL;
  readonly #patience: number;
  #worker: Worker | null = null;
  #questions = 0;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** `patience` is how long one question may take, milliseconds. */
  constructor(workerFile: string | URL, patience: number) {
    this.#workerFile = workerFile;
    this.#patience = patience;
  }

  /** Asks once those asked before have been answered. */
  async ask(question: Omit<ArgumentsQuestion, 'id'>): Promise<Result<ArgumentsAnswer>> {
    const answered = this.#last.then(() => this.#ask(question));
    this.#last = answered;
    return answered;
  }

  /** Ends the worker; whoever waits is answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
    await this.#last;
  }

  async #ask(question: Omit<ArgumentsQuestion, 'id'>): Promise<Result<ArgumentsAnswer>> {
    if (this.#isClosed) return failure('arguments-unavailable', 'The panel is closing.');
    this.#questions += 1;
    const id = this.#questions;
    const worker = (this.#worker ??= this.#start());
    const answer = await this.#answerOf(worker, { id, ...question });
    if (!answer.ok) {
      if (this.#worker === worker) this.#worker = null;
      await worker.terminate();
    }
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(this.#workerFile, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    // An idle worker must not keep the process, and its end between two questions is noticed at the next.
    worker.unref();
    worker.on('error', () => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null;
  }

  #answerOf(worker: Worker, question: ArgumentsQuestion): Promise<Result<ArgumentsAnswer>> {
    return new Promise((resolve) => {
      const end = (answer: Result<ArgumentsAnswer>): void => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        resolve(answer);
      };
      const onMessage = (answer: ArgumentsAnswer): void => {
        if (answer.id === question.id) end(success(answer));
      };
      const onError = (error: unknown): void => {
        const message = `The arguments of ${question.program} could not be read: ${errorText(error)}.`;
        end(failure('arguments-failed', message));
      };
      const onExit = (code: number): void => onError(new Error(`the reader ended with code ${code}`));
      const timer = setTimeout(() => {
        const seconds = Math.round(this.#patience / 100) / 10;
        const message = `Reading the arguments of ${question.program} took more than ${seconds} s and was given up.`;
        end(failure('arguments-timeout', message));
      }, this.#patience);
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      worker.postMessage(question);
    });
  }
}
