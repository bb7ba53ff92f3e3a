import type { LogChunk } from './chunk-reader';
import type { LogStream } from './log-format';

const newline = 0x0a;

/** A line's place in the log, and the stream and time (Unix milliseconds) of the chunk in which it starts. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
  readonly stream: LogStream;
  readonly time: number | null;
}

/** A line of which the end is not known yet. */
export type LineStart = Omit<LineSpan, 'end'>;

/** Cuts bytes and chunks, given in order, into the lines [first, last). */
export class LineCutter {
  readonly #first: number;
  readonly #last: number;
  readonly #spans: LineSpan[] = [];
  #line: number;
  #open: LineStart | null = null;

  constructor(line: number, first: number, last: number) {
    this.#line = line;
    this.#first = first;
    this.#last = last;
  }

  /** Whether all lines that are wanted have been found. */
  get done(): boolean {
    return this.#line >= this.#last;
  }

  /** Tells the start of a line whose first bytes are stepped over. The line before it ends there. */
  begin(start: LineStart): void {
    if (this.#open !== null) this.#close(start.start);
    this.#open = start;
  }

  /** Takes the bytes at `base`, which `chunks` cover. */
  cut(bytes: Buffer, base: number, chunks: readonly LogChunk[]): void {
    let lineEnd = base;
    for (const { start, end, stream, time } of chunks) {
      if (this.#open !== null && this.#open.stream !== stream) this.#close(start);
      let position = start;
      while (position < end && !this.done) {
        this.#open ??= { start: position, stream, time };
        // Kept across chunks, so that many small ones do not each search the rest.
        if (lineEnd <= position) {
          const found = bytes.indexOf(newline, position - base);
          lineEnd = found === -1 ? Infinity : base + found + 1;
        }
        position = Math.min(lineEnd, end);
        if (position === lineEnd) this.#close(position);
      }
    }
  }

  /** The lines found; one that is still unfinished ends at `end`. */
  finish(end: number): LineSpan[] {
    if (this.#open !== null && !this.done) this.#close(end);
    return this.#spans;
  }

  #close(end: number): void {
    if (this.#open !== null && this.#line >= this.#first && !this.done)
      this.#spans.push({ ...this.#open, end });
    this.#line += 1;
    this.#open = null;
  }
}
