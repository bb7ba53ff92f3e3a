import { Worker } from 'node:worker_threads';
import { errorText } from '../../shared/error-text';
import { failure, type Result } from '../../shared/result';
import {
  SearchBeat,
  type SearchCallName,
  type SearchCalls,
  type SearchReply,
  type SearchStart,
} from './search-protocol';

/** How often a thread at work is looked after, in milliseconds. */
const lookInterval = 200;

type AnyAnswer = Result<SearchCalls[SearchCallName]['answer']>;

/** How a thread ended: `stuck` where one piece of work took too long, at a line. */
export type SearchEnd =
  | { readonly kind: 'stuck'; readonly line: number }
  | { readonly kind: 'ended'; readonly reason: string };

/** One life of the thread that searches a log. Calls that it cannot answer any more fail with `log-search-ended`. */
export class SearchClient {
  readonly #worker: Worker;
  readonly #beat = new SearchBeat();
  readonly #pending = new Map<number, (answer: AnyAnswer) => void>();
  readonly #ended: Promise<void>;
  readonly #watch: NodeJS.Timeout;
  #calls = 0;
  #end: SearchEnd | null = null;

  /** `longest` is how long one piece of work may take, in milliseconds. */
  constructor(workerFile: string, folder: string, longest: number) {
    const workerData: SearchStart = { folder, beat: this.#beat.memory };
    // What is read is done with at once: a larger young generation would only keep main's memory busy.
    this.#worker = new Worker(workerFile, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 3 } });
    this.#worker.on('message', (reply: SearchReply) => {
      this.#pending.get(reply.id)?.(reply.answer);
      this.#pending.delete(reply.id);
    });
    this.#worker.on('error', (error) => {
      this.#end ??= { kind: 'ended', reason: errorText(error) };
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        clearInterval(this.#watch);
        this.#end ??= { kind: 'ended', reason: `exit code ${code}` };
        for (const answer of this.#pending.values()) answer(ended);
        this.#pending.clear();
        resolve();
      });
    });
    this.#watch = this.#watchBeat(longest);
  }

  /** How the thread ended, null while it lives. */
  get end(): SearchEnd | null {
    return this.#end;
  }

  call<Name extends SearchCallName>(
    name: Name,
    request: SearchCalls[Name]['request'],
  ): Promise<Result<SearchCalls[Name]['answer']>> {
    if (this.#end !== null) return Promise.resolve(ended);
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve) => {
      // The thread answers a call with the type that SearchCalls gives to its name; ids are never used twice.
      this.#pending.set(id, resolve);
      this.#worker.postMessage({ id, name, request });
    });
  }

  async close(): Promise<void> {
    this.#end ??= { kind: 'ended', reason: 'it was stopped' };
    clearInterval(this.#watch);
    await this.#worker.terminate();
    await this.#ended;
  }

  #watchBeat(longest: number): NodeJS.Timeout {
    let seen = -1;
    let since = performance.now();
    return setInterval(() => {
      const { count, isWorking } = this.#beat;
      if (count !== seen || !isWorking) {
        seen = count;
        since = performance.now();
      } else if (performance.now() - since > longest) {
        clearInterval(this.#watch);
        this.#end ??= { kind: 'stuck', line: this.#beat.line };
        // Its exit answers what is pending.
        void this.#worker.terminate();
      }
    }, lookInterval);
  }
}

const ended = failure('log-search-ended', 'The search of this log has ended.');
