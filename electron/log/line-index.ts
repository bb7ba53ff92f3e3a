import type { LogStream } from './log-format';

/** The most lines, and the most bytes, from one checkpoint to the next. */
export const linesPerCheckpoint = 64;
export const bytesPerCheckpoint = 64 * 1024;

const newline = 0x0a;

/** All that a `LineIndex` knows, for keeping it in a file. */
export interface LineIndexState {
  readonly bytes: number;
  /** Lines that a line feed or a change of stream has ended. */
  readonly ended: number;
  /** Where the line after those starts. */
  readonly lineStart: number;
  /** Stream of the last byte, null for an empty log. */
  readonly stream: LogStream | null;
  readonly checkpointLines: Float64Array<ArrayBuffer>;
  readonly checkpointOffsets: Float64Array<ArrayBuffer>;
}

/** Where to start reading for a line: a checkpoint by its position among all, with what it holds. */
export interface LineLocation {
  readonly checkpoint: number;
  readonly checkpointLine: number;
  readonly offset: number;
}

/**
 * Where the lines of a log are, in little memory: sparse checkpoints of a line number and a byte offset, at least one
 * per 64 lines and per 64 KiB. A line is a run of bytes of one stream up to and including a line feed; a change of
 * stream ends it too, and the unfinished last one counts.
 *
 * A checkpoint always has a byte of its line after it. The first of a line stands at the line's start; further ones of
 * the same line stand inside it, so that whoever looks for a later line can step over a very long one unread.
 */
export class LineIndex {
  #checkpointLines = new Float64Array(64);
  #checkpointOffsets = new Float64Array(64);
  #checkpoints = 0;
  #lastLine = -1;
  #lastOffset = 0;
  #bytes = 0;
  #ended = 0;
  #lineStart = 0;
  #stream: LogStream | null = null;

  /** An index as `state()` once described it. */
  static restore(state: LineIndexState): LineIndex {
    const index = new LineIndex();
    index.#checkpointLines = state.checkpointLines;
    index.#checkpointOffsets = state.checkpointOffsets;
    index.#checkpoints = state.checkpointLines.length;
    index.#lastLine = state.checkpointLines.at(-1) ?? -1;
    index.#lastOffset = state.checkpointOffsets.at(-1) ?? 0;
    index.#bytes = state.bytes;
    index.#ended = state.ended;
    index.#lineStart = state.lineStart;
    index.#stream = state.stream;
    return index;
  }

  /** Lines so far, an unfinished last one included. */
  get lines(): number {
    return this.#ended + (this.#bytes > this.#lineStart ? 1 : 0);
  }

  get bytes(): number {
    return this.#bytes;
  }

  get checkpoints(): number {
    return this.#checkpoints;
  }

  /** Takes the next bytes of the log, all of one stream. */
  append(bytes: Uint8Array, stream: LogStream): void {
    if (bytes.length === 0) return;
    const base = this.#bytes;
    if (stream !== this.#stream && base > this.#lineStart) this.#endLine(base);
    this.#stream = stream;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let position = 0;
    while (position < buffer.length) {
      if (base + position === this.#lineStart && this.#lineIsDue()) this.#mark(this.#lineStart);
      const found = buffer.indexOf(newline, position);
      const end = found === -1 ? buffer.length : found + 1;
      this.#markInside(base + end);
      if (found !== -1) this.#endLine(base + end);
      position = end;
    }
    this.#bytes = base + buffer.length;
  }

  /**
   * The checkpoint from which `line` (0 ≤ line < lines) is found by reading at most 64 KiB: the line's own start, or
   * else the last checkpoint before it.
   */
  locate(line: number): LineLocation {
    let low = 0;
    let high = this.#checkpoints;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lineAt(middle) < line) low = middle + 1;
      else high = middle;
    }
    const exact = low < this.#checkpoints && this.lineAt(low) === line;
    const checkpoint = exact || low === 0 ? low : low - 1;
    return { checkpoint, checkpointLine: this.lineAt(checkpoint), offset: this.offsetAt(checkpoint) };
  }

  /** The line in which a checkpoint stands. */
  lineAt(checkpoint: number): number {
    return this.#at(this.#checkpointLines, checkpoint);
  }

  /** The byte at which a checkpoint stands. */
  offsetAt(checkpoint: number): number {
    return this.#at(this.#checkpointOffsets, checkpoint);
  }

  /** Everything needed to `restore` the index. The arrays are copies. */
  state(): LineIndexState {
    return {
      bytes: this.#bytes,
      ended: this.#ended,
      lineStart: this.#lineStart,
      stream: this.#stream,
      checkpointLines: this.#checkpointLines.slice(0, this.#checkpoints),
      checkpointOffsets: this.#checkpointOffsets.slice(0, this.#checkpoints),
    };
  }

  #at(values: Float64Array, checkpoint: number): number {
    const value = checkpoint < this.#checkpoints ? values[checkpoint] : undefined;
    if (value === undefined) throw new RangeError(`no checkpoint ${checkpoint} among ${this.#checkpoints}`);
    return value;
  }

  #endLine(offset: number): void {
    this.#ended += 1;
    this.#lineStart = offset;
  }

  #lineIsDue(): boolean {
    return (
      this.#checkpoints === 0 ||
      this.#ended - this.#lastLine >= linesPerCheckpoint ||
      this.#lineStart - this.#lastOffset >= bytesPerCheckpoint
    );
  }

  /** Marks the line under way, of which the bytes up to `end` are known, at its start and then every 64 KiB. */
  #markInside(end: number): void {
    while (this.#lastOffset + bytesPerCheckpoint < end) {
      this.#mark(this.#lastLine < this.#ended ? this.#lineStart : this.#lastOffset + bytesPerCheckpoint);
    }
  }

  #mark(offset: number): void {
    if (this.#checkpoints === this.#checkpointLines.length) {
      this.#checkpointLines = enlarged(this.#checkpointLines);
      this.#checkpointOffsets = enlarged(this.#checkpointOffsets);
    }
    this.#checkpointLines[this.#checkpoints] = this.#ended;
    this.#checkpointOffsets[this.#checkpoints] = offset;
    this.#checkpoints += 1;
    this.#lastLine = this.#ended;
    this.#lastOffset = offset;
  }
}

function enlarged(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(64, Math.ceil(values.length * 1.5)));
  larger.set(values);
  return larger;
}
