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
  /** For each checkpoint 1 where a line up to the next one was ended by a change of stream, else 0. */
  readonly cuts: Uint8Array<ArrayBuffer>;
}

/** What an index learnt since it had `checkpoints` checkpoints, for another that is to know the same. */
export interface LineIndexGrowth extends LineIndexState {
  /** Checkpoints before those that are given. The last of them may have been cut since, and is given again. */
  readonly from: number;
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
  #cuts = new Uint8Array(64);
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
    index.grow({ ...state, from: 0 });
    return index;
  }

  /** Takes over what another index learnt. */
  grow(growth: LineIndexGrowth): void {
    const count = growth.from + growth.checkpointLines.length;
    while (count > this.#checkpointLines.length) this.#enlarge();
    this.#checkpointLines.set(growth.checkpointLines, growth.from);
    this.#checkpointOffsets.set(growth.checkpointOffsets, growth.from);
    this.#cuts.set(growth.cuts, growth.from);
    this.#checkpoints = count;
    this.#lastLine = count === 0 ? -1 : this.lineAt(count - 1);
    this.#lastOffset = count === 0 ? 0 : this.offsetAt(count - 1);
    this.#bytes = growth.bytes;
    this.#ended = growth.ended;
    this.#lineStart = growth.lineStart;
    this.#stream = growth.stream;
  }

  /** Lines so far, an unfinished last one included. */
  get lines(): number {
    return this.#ended + (this.#bytes > this.#lineStart ? 1 : 0);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Lines that are over: all but an unfinished last one. */
  get ended(): number {
    return this.#ended;
  }

  /** Where the line after those that are over starts. */
  get lineStart(): number {
    return this.#lineStart;
  }

  get checkpoints(): number {
    return this.#checkpoints;
  }

  /** Takes the next bytes of the log, all of one stream. */
  append(bytes: Uint8Array, stream: LogStream): void {
    if (bytes.length === 0) return;
    const base = this.#bytes;
    if (stream !== this.#stream && base > this.#lineStart) {
      this.#cuts[this.#checkpoints - 1] = 1;
      this.#endLine(base);
    }
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

  /** Whether a change of stream ended a line between a checkpoint and the next. */
  isCut(checkpoint: number): boolean {
    return this.#cuts[checkpoint] === 1;
  }

  /** Everything needed to `restore` the index. The arrays are copies. */
  state(): LineIndexState {
    return this.growthSince(0);
  }

  /** What another index that has the first `checkpoints` checkpoints has to learn. The arrays are copies. */
  growthSince(checkpoints: number): LineIndexGrowth {
    const from = Math.max(0, checkpoints - 1);
    return {
      from,
      bytes: this.#bytes,
      ended: this.#ended,
      lineStart: this.#lineStart,
      stream: this.#stream,
      checkpointLines: this.#checkpointLines.slice(from, this.#checkpoints),
      checkpointOffsets: this.#checkpointOffsets.slice(from, this.#checkpoints),
      cuts: this.#cuts.slice(from, this.#checkpoints),
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
    if (this.#checkpoints === this.#checkpointLines.length) this.#enlarge();
    this.#checkpointLines[this.#checkpoints] = this.#ended;
    this.#checkpointOffsets[this.#checkpoints] = offset;
    this.#checkpoints += 1;
    this.#lastLine = this.#ended;
    this.#lastOffset = offset;
  }

  #enlarge(): void {
    const length = Math.max(64, Math.ceil(this.#checkpointLines.length * 1.5));
    const [lines, offsets] = [this.#checkpointLines, this.#checkpointOffsets];
    this.#checkpointLines = new Float64Array(length);
    this.#checkpointLines.set(lines);
    this.#checkpointOffsets = new Float64Array(length);
    this.#checkpointOffsets.set(offsets);
    const cuts = this.#cuts;
    this.#cuts = new Uint8Array(length);
    this.#cuts.set(cuts);
  }
}
