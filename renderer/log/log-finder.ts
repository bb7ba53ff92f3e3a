import { errorText } from '../../shared/error-text';
import {
  leavesLinesOut,
  wholeLog,
  type LogFilter,
  type LogFindStatus,
  type LogLook,
  type LogMarks,
  type LogMatch,
  type LogQuery,
} from '../../shared/domain/log-find';
import { logWindowLimit } from '../../shared/ipc/calls/log-calls';
import type { Result } from '../../shared/result';
import type { LineRange } from './log-scroll';

/** How this asks main about one log. */
export interface FindCalls {
  find(look: LogLook): Promise<Result<LogFindStatus>>;
  step(from: { line: number; inLine: number | null; forward: boolean }): Promise<Result<LogMatch | null>>;
  marks(first: number, count: number): Promise<Result<LogMarks[]>>;
}

/** What is looked for in a log, and the match that was gone to. */
export interface LogSearch {
  readonly look: LogLook;
  readonly current: LogMatch | null;
}

/** Nothing is looked for, and every line shows. */
export const noSearch: LogSearch = { look: { query: null, filter: wholeLog }, current: null };

/** How long after one answer the next is asked for while the search goes on, in milliseconds. */
const askAgainAfter = 100;

/** Steps from match to match that wait for the one before them; what a held key asks for beyond that is left out. */
const waitingSteps = 20;

/** Rows of which the marks are kept. */
const keptMarks = 2000;

/**
 * Looks for text in one log and filters its lines: keeps what main knows of it up to date while it goes on and while
 * the log grows, goes from match to match, and holds the marks of the rows in sight.
 */
export class LogFinder {
  readonly #calls: FindCalls;
  readonly #listeners = new Set<() => void>();
  #look: LogLook;
  #status: LogFindStatus | null = null;
  #fault: string | null = null;
  #current: LogMatch | null;
  /** Where to look for the first match from, once one is known; null when that was done. */
  #anchor: number | null = null;
  #steps: Promise<void> = Promise.resolve();
  #stepsUnderWay = 0;
  #marks = new Map<number, LogMarks['ranges']>();
  #wantedMarks: LineRange = { first: 0, end: 0 };
  #isMarking = false;
  #marksAt = -1;
  #growth = 0;
  #askedGrowth = -1;
  #bytes = -1;
  #isAsking = false;
  #timer: number | null = null;
  #revision = 0;

  constructor(calls: FindCalls, { look, current }: LogSearch = noSearch) {
    this.#calls = calls;
    this.#look = look;
    this.#current = current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#pump();
    return () => {
      this.#listeners.delete(listener);
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  };

  readonly revision = (): number => this.#revision;

  get look(): LogLook {
    return this.#look;
  }

  /** What is known of this look; null before the first answer. */
  get status(): LogFindStatus | null {
    return this.#status;
  }

  /** Why the log cannot be searched, in a sentence. */
  get fault(): string | null {
    return this.#fault;
  }

  /** The match that was gone to. */
  get current(): LogMatch | null {
    return this.#current;
  }

  /** Whether lines are left out, so that rows are those of the filter. */
  get isFiltered(): boolean {
    return leavesLinesOut(this.#look) && (this.#status === null || this.#status.rows !== null);
  }

  /** Where the query is found in a row, as far as is known. */
  marks(row: number): LogMarks['ranges'] {
    return this.#marks.get(row) ?? noMarks;
  }

  /** Looks for something else; the first match at `anchor` (a line of the log) or after it is gone to. */
  lookFor(query: LogQuery | null, anchor: number): void {
    if (JSON.stringify(query) === JSON.stringify(this.#look.query)) return;
    this.#current = null;
    this.#anchor = query === null ? null : anchor;
    this.#change({ ...this.#look, query });
  }

  /** Shows other lines. */
  filter(filter: LogFilter): void {
    // Of the lines that show then, the match that was gone to may be another one, or none.
    this.#anchor = this.#look.query === null ? null : (this.#current?.line ?? this.#anchor);
    this.#current = null;
    this.#change({ ...this.#look, filter });
  }

  /** The log is so long now. */
  announce(bytes: number): void {
    if (bytes === this.#bytes) return;
    this.#bytes = bytes;
    this.#growth += 1;
    this.#pump();
  }

  /** Says which rows are in sight, so that their matches are marked. */
  wantMarks(range: LineRange): void {
    this.#wantedMarks = range;
    this.#pumpMarks();
  }

  /** Goes to the next or previous match from where the step before it ends, or else from a line. */
  step(forward: boolean, line: number): void {
    const look = this.#look;
    if (look.query === null || this.#stepsUnderWay > waitingSteps) return;
    this.#anchor = null;
    this.#stepsUnderWay += 1;
    this.#steps = this.#steps
      .then(async () => {
        if (look !== this.#look) return;
        const from = this.#current ?? { line, inLine: -1 };
        await this.#goTo({ line: from.line, inLine: from.inLine, forward });
      })
      .catch((error: unknown) => this.#fail(errorText(error)))
      .finally(() => {
        this.#stepsUnderWay -= 1;
      });
  }

  /** Tries again after a fault. */
  retry(): void {
    this.#fault = null;
    this.#askedGrowth = -1;
    this.#changed();
    this.#pump();
  }

  #change(look: LogLook): void {
    this.#look = look;
    this.#status = null;
    this.#marks = new Map();
    this.#marksAt = -1;
    this.#askedGrowth = -1;
    this.#fault = null;
    this.#changed();
    this.#pump();
  }

  #pump(): void {
    if (this.#isAsking || this.#timer !== null || this.#fault !== null || this.#listeners.size === 0) return;
    const { query, filter } = this.#look;
    // All lines show, and nothing is looked for.
    if (query === null && !filter.stderrOnly && filter.level === null) return;
    const isDone = this.#status?.complete === true && this.#anchor === null;
    if (isDone && this.#askedGrowth === this.#growth) return;
    this.#isAsking = true;
    this.#ask().catch((error: unknown) => this.#fail(errorText(error)));
  }

  async #ask(): Promise<void> {
    const look = this.#look;
    const growth = this.#growth;
    try {
      const reply = await this.#calls.find(look);
      if (look === this.#look) await this.#take(reply, growth);
    } finally {
      this.#isAsking = false;
    }
    this.#pumpMarks();
    // What is looked for by now may be something else.
    this.#askLater(look === this.#look ? askAgainAfter : 0);
  }

  async #take(reply: Result<LogFindStatus>, growth: number): Promise<void> {
    if (!reply.ok) {
      this.#fail(reply.error.message);
      return;
    }
    this.#askedGrowth = growth;
    this.#status = reply.value;
    this.#changed();
    await this.#goToFirst(reply.value);
  }

  #askLater(wait: number): void {
    if (this.#listeners.size === 0) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = null;
      this.#pump();
    }, wait);
  }

  async #goToFirst(status: LogFindStatus): Promise<void> {
    if (this.#anchor === null) return;
    if (status.matches === 0) {
      if (status.complete) this.#anchor = null;
      return;
    }
    const look = this.#look;
    await this.#goTo({ line: this.#anchor, inLine: -1, forward: true });
    // Something else may be looked for by now, whose first match is not gone to yet.
    if (look !== this.#look) return;
    if (this.#current !== null || status.complete) this.#anchor = null;
  }

  async #goTo(from: { line: number; inLine: number; forward: boolean }): Promise<void> {
    const look = this.#look;
    const reply = await this.#calls.step(from);
    if (look !== this.#look) return;
    if (!reply.ok) this.#fail(reply.error.message);
    else if (reply.value !== null) {
      this.#current = reply.value;
      this.#changed();
    }
  }

  #pumpMarks(): void {
    const status = this.#status;
    if (this.#isMarking || this.#fault !== null || this.#listeners.size === 0) return;
    if (this.#look.query === null || status === null) return;
    const { first, end } = this.#wantedMarks;
    let missing = first;
    // The last lines may have been unfinished when they were marked.
    const isFresh = this.#marksAt === this.#askedGrowth || status.fault !== null;
    if (isFresh) while (missing < end && this.#marks.has(missing)) missing += 1;
    if (missing >= end) return;
    this.#isMarking = true;
    const count = Math.min(logWindowLimit, end - missing);
    this.#readMarks(missing, count).catch((error: unknown) => this.#fail(errorText(error)));
  }

  async #readMarks(first: number, count: number): Promise<void> {
    const look = this.#look;
    const growth = this.#askedGrowth;
    const before = this.#wantedMarks;
    try {
      const reply = await this.#calls.marks(first, count);
      if (look === this.#look) this.#takeMarks(reply, growth);
    } finally {
      this.#isMarking = false;
    }
    if (before !== this.#wantedMarks || look !== this.#look) this.#pumpMarks();
  }

  #takeMarks(reply: Result<LogMarks[]>, growth: number): void {
    if (!reply.ok) {
      this.#fail(reply.error.message);
      return;
    }
    if (this.#marks.size > keptMarks) this.#marks = new Map();
    for (const { row, ranges } of reply.value) this.#marks.set(row, ranges);
    this.#marksAt = growth;
    this.#changed();
  }

  #fail(message: string): void {
    this.#fault = message;
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }
}

const noMarks: LogMarks['ranges'] = [];
