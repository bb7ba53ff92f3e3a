import type { RunId } from '../../shared/domain/ids';
import { wholeLog, type LogFindStatus, type LogLook } from '../../shared/domain/log-find';
import { success, type Result } from '../../shared/result';
import type { IndexedLog } from './index-file';
import type { LineIndex } from './line-index';
import { SearchClient } from './search-client';
import type { SearchCallName, SearchCalls } from './search-protocol';

export interface SearchOptions {
  /** The built worker. */
  readonly workerFile: string;
  /** How long one piece of work (96 KiB of the log, as a rule) may take, in milliseconds. */
  readonly longestStep?: number;
}

/** No honest expression takes this long for a piece that is read in a tenth of a millisecond. */
const longestStep = 2000;

/** The search in one run's log: its thread, kept up to date with the log's index, and replaced where it gets stuck. */
export class SearchSession {
  readonly run: RunId;
  readonly #folder: string;
  readonly #source: IndexedLog;
  readonly #index: LineIndex;
  readonly #options: SearchOptions;
  #client: SearchClient;
  #view: LogLook = { query: null, filter: wholeLog };
  #id: number;
  /** How much of the index the thread knows. */
  #sent = { checkpoints: 0, bytes: -1, records: -1 };
  /** Why the query of this view is not looked for any more. */
  #fault: string | null = null;
  #isClosed = false;

  constructor(run: RunId, folder: string, source: IndexedLog, firstId: number, options: SearchOptions) {
    this.run = run;
    this.#folder = folder;
    this.#source = source;
    this.#index = source.index;
    this.#options = options;
    this.#id = firstId;
    this.#client = this.#start();
  }

  /** The number of the latest view, so that another session goes on from it. */
  get id(): number {
    return this.#id;
  }

  /** Whether this session reads the log as it is indexed there. */
  isOf(run: RunId, source: IndexedLog): boolean {
    return this.run === run && this.#source === source && this.#index === source.index;
  }

  /** Looks at the log in this way, from anew where it is another one. */
  look(view: LogLook): void {
    if (JSON.stringify(view) === JSON.stringify(this.#view)) return;
    if (JSON.stringify(view.query) !== JSON.stringify(this.#view.query)) this.#fault = null;
    this.#view = view;
    this.#id += 1;
    if (this.#client.end === null) this.#show();
  }

  /** Looks at the log in this way, from anew where it is another one, and tells what is known so far. */
  async find(view: LogLook): Promise<Result<LogFindStatus>> {
    this.look(view);
    const status = await this.ask('status', null);
    return status.ok
      ? success({ ...status.value, id: this.#id, fault: this.#fault ?? status.value.fault })
      : status;
  }

  /** Asks the thread, which first hears how far the log has grown. A thread that got stuck is replaced. */
  async ask<Name extends SearchCallName>(
    name: Name,
    request: SearchCalls[Name]['request'],
  ): Promise<Result<SearchCalls[Name]['answer']>> {
    this.#revive();
    this.#tellGrowth();
    const client = this.#client;
    const answer = await client.call(name, request);
    if (answer.ok || client.end === null || client.end.kind !== 'stuck') return answer;
    this.#revive();
    this.#tellGrowth();
    return this.#client.call(name, request);
  }

  /** Ends the thread, whatever it is at. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#client.close();
  }

  #start(): SearchClient {
    const { workerFile, longestStep: longest = longestStep } = this.#options;
    return new SearchClient(workerFile, this.#folder, longest);
  }

  #revive(): void {
    const { end } = this.#client;
    // Nobody would end a thread that starts after the closing.
    if (end === null || this.#isClosed) return;
    if (end.kind === 'stuck') {
      const place = (end.line + 1).toLocaleString('en-GB');
      this.#fault = `too slow: given up near line ${place}. Make it simpler.`;
    }
    this.#client = this.#start();
    this.#sent = { checkpoints: 0, bytes: -1, records: -1 };
    this.#tellGrowth();
    this.#show();
  }

  #show(): void {
    // What got the last thread stuck is not looked for again.
    const view = this.#fault === null ? this.#view : { ...this.#view, query: null };
    void this.#client.call('show', { view, id: this.#id });
  }

  #tellGrowth(): void {
    const { index, records } = this.#source;
    const { checkpoints, bytes, records: known } = this.#sent;
    if (index.bytes === bytes && records === known) return;
    this.#sent = { checkpoints: index.checkpoints, bytes: index.bytes, records };
    void this.#client.call('grow', { index: index.growthSince(checkpoints), records });
  }
}
