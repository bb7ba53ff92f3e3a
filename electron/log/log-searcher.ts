import { join } from 'node:path';
import {
  leavesLinesOut,
  wholeLog,
  type LogFindStatus,
  type LogMarks,
  type LogMatch,
  type LogLook,
} from '../../shared/domain/log-find';
import type { LogLine, LogWindow } from '../../shared/ipc/calls/log-calls';
import { shownText } from '../../shared/terminal-line';
import { BlockingLogFile } from './blocking-log-file';
import { LineIndex, type LineIndexGrowth } from './line-index';
import { compileQuery, levelPattern, type LinePattern } from './line-pattern';
import { LineScan, visitMatches } from './line-scan';
import type { LineSet } from './line-set';
import { logFileNames } from './log-format';
import { LogReader } from './log-reader';
import { PieceReader, searchedLineLimit } from './piece-reader';

/** The most matches that are marked in one line. */
const marksPerLine = 200;

/** What another thread's index of the log learnt, with the records that it rests on. */
export interface LogGrowth {
  readonly index: LineIndexGrowth;
  readonly records: number;
}

/** Where a step from match to match begins: at a line, at one of its matches (-1: before them, Infinity: after). */
export interface StepFrom {
  readonly line: number;
  readonly inLine: number;
  readonly forward: boolean;
}

/** One log under one view: which of its lines show, where the query is found, and the lines themselves. */
export class LogSearcher {
  readonly #index = new LineIndex();
  readonly #source = { index: this.#index, records: 0 };
  readonly #reader: LogReader;
  readonly #pieces: PieceReader;
  readonly #files: readonly BlockingLogFile[];
  #view: LogLook = { query: null, filter: wholeLog };
  #id = 0;
  #fault: string | null = null;
  #pattern: LinePattern | null = null;
  #filter: LineScan | null = null;
  #search: LineScan | null = null;

  constructor(folder: string) {
    const log = new BlockingLogFile(join(folder, logFileNames.log));
    const records = new BlockingLogFile(join(folder, logFileNames.records));
    this.#files = [log, records];
    this.#pieces = new PieceReader(this.#source, log, records);
    this.#reader = new LogReader(folder, this.#source, (path) => new BlockingLogFile(path));
  }

  /** Takes over what the index of the log learnt. */
  grow({ index, records }: LogGrowth): void {
    const isEmpty = this.#index.checkpoints === 0;
    const last = isEmpty ? 0 : this.#pieces.lastStart();
    this.#index.grow(index);
    this.#source.records = records;
    for (const scan of [this.#filter, this.#search]) scan?.reopen(last);
  }

  /** Looks at the log in another way. `id` names the view in every status from now on. */
  show(view: LogLook, id: number): void {
    const { filter } = view;
    const before = this.#view;
    const isFiltered = filter.stderrOnly || filter.level !== null;
    const hasSameFilter =
      filter.stderrOnly === before.filter.stderrOnly && filter.level === before.filter.level;
    this.#id = id;
    this.#view = view;
    if (!isFiltered) this.#filter = null;
    else if (!hasSameFilter || this.#filter === null) {
      const pattern = filter.level === null ? null : levelPattern(filter.level);
      this.#filter = new LineScan(
        { pattern, stderrOnly: filter.stderrOnly },
        null,
        this.#pieces,
        this.#index,
      );
    }
    const isSameQuery = JSON.stringify(view.query) === JSON.stringify(before.query);
    if (!isSameQuery || !hasSameFilter) this.#lookFor(view.query);
  }

  #lookFor(query: LogLook['query']): void {
    this.#fault = null;
    this.#pattern = null;
    this.#search = null;
    if (query === null) return;
    const compiled = compileQuery(query);
    if (!compiled.ok) {
      this.#fault = compiled.error.message;
      return;
    }
    this.#pattern = compiled.value;
    const test = { pattern: compiled.value, stderrOnly: false };
    this.#search = new LineScan(test, this.#filter?.found ?? null, this.#pieces, this.#index);
  }

  /** Goes on for a piece. Answers whether there is more to go through. */
  async step(): Promise<boolean> {
    const scan = [this.#filter, this.#search].find((each) => each?.isComplete === false);
    await scan?.step();
    return this.#isBusy();
  }

  /** The line at which the scan stands, for those who have to say where it got stuck. */
  get line(): number {
    const scan = [this.#filter, this.#search].find((each) => each?.isComplete === false);
    return scan?.line ?? 0;
  }

  status(): LogFindStatus {
    const scans = [this.#filter, this.#search].filter((scan) => scan !== null);
    const gone = scans.reduce((sum, scan) => sum + scan.bytes, 0);
    const all = scans.length * this.#index.bytes;
    const found = this.#search?.found;
    const isCut = scans.some((scan) => scan.isCut);
    return {
      id: this.#id,
      rows: this.#isPartial() ? (this.#rows()?.size ?? 0) : null,
      progress: all === 0 ? 1 : gone / all,
      complete: !this.#isBusy(),
      matchingLines: found?.size ?? 0,
      matches: found?.total ?? 0,
      fault: this.#fault,
      note: isCut
        ? `Of a line longer than ${searchedLineLimit / 1024 / 1024} MiB only the beginning is searched.`
        : null,
    };
  }

  /** Lines [first, first + count) of those that show; each tells where in the whole log it is. */
  async rows(first: number, count: number): Promise<LogWindow> {
    const rows = this.#rows();
    if (rows === null) return this.#reader.readStyled(first, count);
    const lines: LogLine[] = [];
    let row = first;
    const end = Math.min(first + count, rows.size);
    while (row < end) {
      const line = rows.at(row) ?? 0;
      let length = 1;
      while (row + length < end && rows.at(row + length) === line + length) length += 1;
      const window = await this.#reader.readWindow(line, length);
      for (const [at, read] of window.lines.entries()) {
        lines.push({ ...read, index: row + at, line: line + at });
      }
      row += length;
    }
    return { total: rows.size, lines };
  }

  /** Numbers of the lines that show as rows [first, first + count). */
  lineNumbers(first: number, count: number): number[] {
    const rows = this.#rows();
    const total = rows === null ? this.#index.lines : rows.size;
    const length = Math.max(0, Math.min(count, total - first));
    return Array.from({ length }, (_, at) => rows?.at(first + at) ?? first + at);
  }

  /** The row of a line, or of the next one that shows. */
  rowOf(line: number): number {
    return this.#rows()?.rank(line) ?? line;
  }

  /** Where the query is found in the rows [first, first + count). */
  async marks(first: number, count: number): Promise<LogMarks[]> {
    const pattern = this.#pattern;
    if (pattern === null) return [];
    const { lines } = await this.rows(first, count);
    return lines.map((line) => {
      const ranges: [number, number][] = [];
      visitMatches(shownText(line.text), pattern.regex, (start, end) => {
        ranges.push([start, end]);
        return ranges.length < marksPerLine;
      });
      return { row: line.index, ranges };
    });
  }

  /** The match after (or before) a place, from the other end where there is none; null where nothing is found yet. */
  stepFrom({ line, inLine, forward }: StepFrom): LogMatch | null {
    const found = this.#search?.found;
    if (found === undefined || found.size === 0) return null;
    const next = forward ? nextMatch(found, line, inLine) : previousMatch(found, line, inLine);
    if (next !== null) return this.#matchAt(found, next.line, next.inLine, false);
    // What has not been gone through yet may hold one.
    if (forward && this.#isBusy()) return null;
    const end = forward ? found.at(0) : found.at(found.size - 1);
    if (end === null) return null;
    return this.#matchAt(found, end, forward ? 0 : found.countOf(end) - 1, true);
  }

  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), ...this.#files.map((file) => file.close())]);
  }

  #matchAt(found: LineSet, line: number, inLine: number, wrapped: boolean): LogMatch {
    return { line, row: this.rowOf(line), inLine, ordinal: found.totalBefore(line) + inLine + 1, wrapped };
  }

  #isPartial(): boolean {
    return leavesLinesOut(this.#view) && (this.#filter !== null || this.#search !== null);
  }

  /** The lines that show; null where all do. */
  #rows(): LineSet | null {
    if (this.#view.filter.matchesOnly && this.#search !== null) return this.#search.found;
    return this.#filter?.found ?? null;
  }

  #isBusy(): boolean {
    return this.#filter?.isComplete === false || this.#search?.isComplete === false;
  }
}

interface Place {
  readonly line: number;
  readonly inLine: number;
}

function nextMatch(found: LineSet, line: number, inLine: number): Place | null {
  if (found.has(line) && inLine + 1 < found.countOf(line)) return { line, inLine: inLine + 1 };
  const next = found.atOrAfter(inLine === -1 ? line : line + 1);
  return next === null ? null : { line: next, inLine: 0 };
}

function previousMatch(found: LineSet, line: number, inLine: number): Place | null {
  const count = found.countOf(line);
  if (count > 0 && inLine > 0) return { line, inLine: Math.min(inLine, count) - 1 };
  const before = found.before(line);
  return before === null ? null : { line: before, inLine: found.countOf(before) - 1 };
}
