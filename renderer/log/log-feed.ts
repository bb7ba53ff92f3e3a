import { errorText } from '../../shared/error-text';
import { logWindowLimit, type LogLine, type LogWindow } from '../../shared/ipc/calls/log-calls';
import type { Result } from '../../shared/result';
import { LogPages } from './log-pages';
import type { LineRange } from './log-scroll';

/** Reads `count` lines from line `first` of one log. */
export type ReadLog = (first: number, count: number) => Promise<Result<LogWindow>>;

/**
 * Pulls the lines of one log that the screen wants. One read is in flight; what is wanted meanwhile replaces what
 * was wanted before. Reads only while somebody listens.
 */
export class LogFeed {
  readonly #read: ReadLog;
  readonly #pages = new LogPages();
  readonly #listeners = new Set<() => void>();
  #wanted: LineRange = { first: 0, end: 0 };
  #lines = 0;
  #bytes = 0;
  /** Goes up each time the log has grown; what may have been unfinished before is then read again. */
  #growth = 0;
  #readEnd = 0;
  #reading = false;
  /** A read that brought nothing; not asked again until the log grows or something else is wanted. */
  #fruitless: { first: number; growth: number } | null = null;
  #fault: string | null = null;
  #revision = 0;

  constructor(read: ReadLog) {
    this.#read = read;
  }

  /** Hears of every change; reading goes on while there is a listener. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#pump();
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Changes whenever anything that this feed tells has changed. */
  readonly revision = (): number => this.#revision;

  /** Why lines are missing, in a sentence; null while reading works. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Number of lines in the log, as far as is known: what main announced or a read saw, whichever is more. */
  get total(): number {
    return this.#lines;
  }

  /** The end of the lines that have been read nearest to the log's end and are still held; 0 for none. */
  get heldEnd(): number {
    return this.#readEnd > 0 && this.#pages.line(this.#readEnd - 1) !== undefined ? this.#readEnd : 0;
  }

  /** The line at a position, if it is held. */
  line(index: number): LogLine | undefined {
    return this.#pages.line(index);
  }

  /** Tells how long the log is now. */
  announce(lines: number, bytes: number): void {
    if (lines <= this.#lines && bytes === this.#bytes) return;
    this.#lines = Math.max(this.#lines, lines);
    this.#bytes = bytes;
    this.#growth += 1;
    this.#pump();
  }

  /** Says which lines the screen needs now. The end may lie beyond the log's: lines that came meanwhile come along. */
  want(range: LineRange): void {
    this.#wanted = range;
    this.#pump();
  }

  /** Tries again after a fault. */
  retry(): void {
    this.#fault = null;
    this.#fruitless = null;
    this.#changed();
    this.#pump();
  }

  #pump(): void {
    if (this.#reading || this.#fault !== null || this.#listeners.size === 0) return;
    const wanted = { first: this.#wanted.first, end: Math.min(this.#wanted.end, this.#lines) };
    const missing = this.#pages.missing(wanted, this.#growth);
    if (missing === null) return;
    if (this.#fruitless?.first === missing.first && this.#fruitless.growth === this.#growth) return;
    // A gap that reaches the log's end is read up to what is wanted beyond it.
    const end = missing.end === this.#lines ? Math.max(missing.end, this.#wanted.end) : missing.end;
    this.#reading = true;
    this.#readOnce(missing.first, Math.min(logWindowLimit, end - missing.first)).catch((error: unknown) => {
      this.#fail(errorText(error));
    });
  }

  async #readOnce(first: number, count: number): Promise<void> {
    const growth = this.#growth;
    try {
      const reply = await this.#read(first, count);
      if (reply.ok) this.#take(reply.value, first, growth);
      else this.#fail(reply.error.message);
    } finally {
      this.#reading = false;
    }
    this.#pump();
  }

  #take(window: LogWindow, first: number, growth: number): void {
    this.#pages.store(window, growth, this.#wanted);
    this.#fruitless = window.lines.some((line) => line.index === first) ? null : { first, growth };
    this.#lines = Math.max(this.#lines, window.total);
    const last = window.lines.at(-1);
    if (last !== undefined) this.#readEnd = Math.max(this.#readEnd, last.index + 1);
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
