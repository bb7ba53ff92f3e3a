import type { LogBytes } from './log-file';
import { decodeRecord, recordSize, recordView, type ChunkRecord, type LogStream } from './log-format';

/** Records read at once: 24 KiB. */
const recordsPerBlock = 1024;

/** A part of the log that arrived together. Bytes without a record are stdout at an unknown time. */
export interface LogChunk {
  readonly start: number;
  readonly end: number;
  readonly stream: LogStream;
  /** Unix milliseconds. */
  readonly time: number | null;
}

interface Block {
  readonly first: number;
  readonly records: readonly ChunkRecord[];
}

/** Finds the chunks of a range of the log by searching `output.idx` on disk; holds one block of records at most. */
export class ChunkReader {
  readonly #file: LogBytes;
  #block: Block | null = null;

  constructor(file: LogBytes) {
    this.#file = file;
  }

  /** The chunks that cover [from, to) without gaps, by the first `usable` records of the file. */
  async read(from: number, to: number, usable: number): Promise<LogChunk[]> {
    const chunks: LogChunk[] = [];
    let cursor = from;
    let position = await this.#find(from, usable);
    while (cursor < to && position < usable) {
      const block = await this.#load(position, usable);
      if (block.length === 0) break;
      for (const record of block) {
        position += 1;
        const start = Math.max(cursor, Math.min(record.offset, to));
        const end = Math.min(record.offset + record.length, to);
        if (start > cursor) chunks.push({ start: cursor, end: start, stream: 1, time: null });
        if (end > start) chunks.push({ start, end, stream: record.stream ?? 1, time: record.time });
        cursor = Math.max(start, end);
        if (cursor >= to) break;
      }
    }
    if (cursor < to) chunks.push({ start: cursor, end: to, stream: 1, time: null });
    return chunks;
  }

  /** The last record that starts at or before `offset`, or 0. */
  async #find(offset: number, usable: number): Promise<number> {
    const held = this.#findHeld(offset, usable);
    if (held !== null) return held;
    let low = 0;
    let high = usable;
    while (high - low > recordsPerBlock) {
      const middle = (low + high) >>> 1;
      const record = await this.#readOne(middle);
      if (record === null || record.offset > offset) high = middle;
      else low = middle;
    }
    const block = await this.#load(low, high);
    return low + lastAtOrBefore(block, offset);
  }

  /** The same from the block at hand, where that block surely covers `offset`; else null. */
  #findHeld(offset: number, usable: number): number | null {
    if (this.#block === null) return null;
    const { first, records } = this.#block;
    const head = records[0];
    const tail = records.at(-1);
    if (head === undefined || tail === undefined || head.offset > offset) return null;
    if (tail.offset + tail.length <= offset || first + records.length > usable) return null;
    return first + lastAtOrBefore(records, offset);
  }

  async #readOne(position: number): Promise<ChunkRecord | null> {
    const bytes = Buffer.allocUnsafe(recordSize);
    const filled = await this.#file.read(bytes, position * recordSize);
    return filled < recordSize ? null : decodeRecord(recordView(bytes), 0);
  }

  /** Records from `position` on, one block at most and none from `limit` on. */
  async #load(position: number, limit: number): Promise<readonly ChunkRecord[]> {
    const held = this.#block;
    if (held !== null && position >= held.first && position < held.first + held.records.length) {
      return held.records.slice(position - held.first, limit - held.first);
    }
    const wanted = Math.min(recordsPerBlock, limit - position);
    if (wanted <= 0) return [];
    const bytes = Buffer.allocUnsafe(wanted * recordSize);
    const filled = await this.#file.read(bytes, position * recordSize);
    const view = recordView(bytes);
    const records: ChunkRecord[] = [];
    for (let at = 0; at + recordSize <= filled; at += recordSize) records.push(decodeRecord(view, at));
    this.#block = { first: position, records };
    return records;
  }
}

function lastAtOrBefore(records: readonly ChunkRecord[], offset: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record !== undefined && record.offset <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
