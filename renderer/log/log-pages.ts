import type { LogLine, LogWindow } from '../../shared/ipc/calls/log-calls';
import type { LineRange } from './log-scroll';

/** Lines of one page of the cache. */
export const pageSize = 100;

/** The most lines that are kept; the pages that were used longest ago go first. */
export const keptLines = 2_000;

/**
 * The lines of one log that the window holds, in pages. The last line that a read saw may be unfinished: it is
 * kept as *open* with the growth it was read at, and counts as missing once the log has grown since.
 */
export class LogPages {
  /** Insertion order is the order of use: the first is the oldest. */
  readonly #pages = new Map<number, (LogLine | undefined)[]>();
  readonly #open = new Map<number, number>();

  /** The line at a position, if it is held; an open line is given as it was last read. */
  line(index: number): LogLine | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /**
   * Keeps what a read brought. `growth` is the number of the log's growth when the read was asked for; `wanted`
   * are the lines in demand now, which are not dropped.
   */
  store(window: LogWindow, growth: number, wanted: LineRange): void {
    for (const line of window.lines) {
      const page = this.#use(Math.floor(line.index / pageSize));
      page[line.index % pageSize] = line;
      if (line.index >= window.total - 1) this.#open.set(line.index, growth);
      else this.#open.delete(line.index);
    }
    this.#use(Math.floor(wanted.first / pageSize));
    this.#dropOldest(wanted);
  }

  /** The lines of `range` that have to be read at this growth, from the first one to the last one; null for none. */
  missing(range: LineRange, growth: number): LineRange | null {
    let first = range.first;
    while (first < range.end && this.#holds(first, growth)) first += 1;
    if (first >= range.end) return null;
    let end = range.end;
    while (end > first + 1 && this.#holds(end - 1, growth)) end -= 1;
    return { first, end };
  }

  /** Number of lines held. */
  get size(): number {
    let lines = 0;
    for (const page of this.#pages.values()) lines += page.filter((line) => line !== undefined).length;
    return lines;
  }

  #holds(index: number, growth: number): boolean {
    if (this.line(index) === undefined) return false;
    const readAt = this.#open.get(index);
    return readAt === undefined || readAt >= growth;
  }

  #use(number: number): (LogLine | undefined)[] {
    const page = this.#pages.get(number) ?? Array.from<LogLine | undefined>({ length: pageSize });
    this.#pages.delete(number);
    this.#pages.set(number, page);
    return page;
  }

  #dropOldest(wanted: LineRange): void {
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= keptLines / pageSize) return;
      const first = number * pageSize;
      if (first < wanted.end && first + pageSize > wanted.first) continue;
      this.#pages.delete(number);
      for (const index of this.#open.keys()) {
        if (index >= first && index < first + pageSize) this.#open.delete(index);
      }
    }
  }
}
