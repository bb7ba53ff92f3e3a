import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { assertNever } from '../../shared/assert-never';
import { success, type Result } from '../../shared/result';
import { LogError } from './log-file';
import { LogSearcher } from './log-searcher';
import {
  SearchBeat,
  type SearchCall,
  type SearchCallName,
  type SearchCalls,
  type SearchReply,
  type SearchStart,
} from './search-protocol';

/*
 * The thread that searches one log, so that main never waits for it. It goes through the log in pieces and answers
 * between them. Whoever started it watches its beat, and ends it where one piece takes far too long.
 */

/** How long the thread goes through the log before it looks for calls, in milliseconds. */
const turn = 12;

/** How long it goes through it before it tells how far it came, so that a short search is answered at once. */
const patience = 50;

class SearchWorker {
  readonly #port: MessagePort;
  readonly #searcher: LogSearcher;
  readonly #beat: SearchBeat;
  #isScanning = false;
  #fault: LogError | null = null;

  constructor(port: MessagePort, start: SearchStart) {
    this.#port = port;
    this.#searcher = new LogSearcher(start.folder);
    this.#beat = new SearchBeat(start.beat);
  }

  start(): void {
    let serving = Promise.resolve();
    this.#port.on('message', (call: SearchCall) => {
      // One after the other: they share files and scans.
      serving = serving.then(() => this.#serve(call));
    });
  }

  async #serve(call: SearchCall): Promise<void> {
    if (call.name === 'status') await this.#advance(patience);
    const reply: SearchReply = { id: call.id, answer: await this.#answerOrFail(call) };
    this.#port.postMessage(reply);
    this.#scanLater();
  }

  async #answerOrFail(call: SearchCall): Promise<Result<SearchCalls[SearchCallName]['answer']>> {
    this.#beat.begin(call.name === 'marks' || call.name === 'rows' ? call.request.first : 0);
    try {
      return success(await this.#answer(call));
    } catch (error) {
      if (error instanceof LogError) return { ok: false, error: error.failure };
      throw error;
    } finally {
      this.#beat.end();
    }
  }

  async #answer(call: SearchCall): Promise<SearchCalls[SearchCallName]['answer']> {
    const searcher = this.#searcher;
    switch (call.name) {
      case 'grow':
        searcher.grow(call.request);
        return null;
      case 'show':
        this.#fault = null;
        searcher.show(call.request.view, call.request.id);
        return null;
      case 'status':
        if (this.#fault !== null) throw this.#fault;
        return searcher.status();
      case 'rows':
        return searcher.rows(call.request.first, call.request.count);
      case 'lineNumbers':
        return searcher.lineNumbers(call.request.first, call.request.count);
      case 'rowOf':
        return searcher.rowOf(call.request.line);
      case 'marks':
        return searcher.marks(call.request.first, call.request.count);
      case 'step':
        return searcher.stepFrom(call.request);
      default:
        return assertNever(call);
    }
  }

  #scanLater(): void {
    if (this.#isScanning) return;
    this.#isScanning = true;
    setImmediate(() => {
      void this.#advance(turn).then((hasMore) => {
        this.#isScanning = false;
        if (hasMore) this.#scanLater();
      });
    });
  }

  /** Goes through the log for so many milliseconds. Answers whether there is more. */
  async #advance(duration: number): Promise<boolean> {
    const until = performance.now() + duration;
    let hasMore = this.#fault === null;
    while (hasMore && performance.now() < until) {
      this.#beat.begin(this.#searcher.line);
      try {
        hasMore = await this.#searcher.step();
      } catch (error) {
        if (!(error instanceof LogError)) throw error;
        this.#fault = error;
        hasMore = false;
      } finally {
        this.#beat.end();
      }
    }
    return hasMore;
  }
}

if (parentPort === null) throw new Error('search-worker is the entry of a worker thread');
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the panel itself started this thread with
new SearchWorker(parentPort, workerData as SearchStart).start();
