import type { LogFindStatus, LogMarks, LogMatch, LogLook } from '../../shared/domain/log-find';
import type { LogWindow } from '../../shared/ipc/calls/log-calls';
import type { Result } from '../../shared/result';
import type { LogGrowth, StepFrom } from './log-searcher';

interface Range {
  readonly first: number;
  readonly count: number;
}

/** What main asks of the thread that searches one log, and what that answers. */
export interface SearchCalls {
  grow: { request: LogGrowth; answer: null };
  show: { request: { view: LogLook; id: number }; answer: null };
  status: { request: null; answer: LogFindStatus };
  rows: { request: Range; answer: LogWindow };
  lineNumbers: { request: Range; answer: number[] };
  rowOf: { request: { line: number }; answer: number };
  marks: { request: Range; answer: LogMarks[] };
  step: { request: StepFrom; answer: LogMatch | null };
}

export type SearchCallName = keyof SearchCalls;

/** One call on its way to the thread. */
export type SearchCall = {
  [Name in SearchCallName]: {
    readonly id: number;
    readonly name: Name;
    readonly request: SearchCalls[Name]['request'];
  };
}[SearchCallName];

/** The answer to the call of the same id. */
export interface SearchReply {
  readonly id: number;
  readonly answer: Result<SearchCalls[SearchCallName]['answer']>;
}

/** What the thread is started with. */
export interface SearchStart {
  readonly folder: string;
  readonly beat: SharedArrayBuffer;
}

/**
 * A sign of life in memory that both threads see, since a thread that is stuck in a regular expression answers nothing.
 * The number is odd while the thread works, and another one for each piece of work.
 */
export class SearchBeat {
  readonly memory: SharedArrayBuffer;
  readonly #count: Int32Array;
  readonly #line: Float64Array;

  constructor(memory = new SharedArrayBuffer(16)) {
    this.memory = memory;
    this.#count = new Int32Array(memory, 0, 1);
    this.#line = new Float64Array(memory, 8, 1);
  }

  /** A piece of work begins at a line. */
  begin(line: number): void {
    this.#line[0] = line;
    Atomics.add(this.#count, 0, 1);
  }

  end(): void {
    Atomics.add(this.#count, 0, 1);
  }

  get count(): number {
    return Atomics.load(this.#count, 0);
  }

  get isWorking(): boolean {
    return this.count % 2 !== 0;
  }

  /** The line at which the work under way began. */
  get line(): number {
    return this.#line[0] ?? 0;
  }
}
