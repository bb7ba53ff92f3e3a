import { LogError, type LogFile } from './log-file';
import { decodeRecord, recordSize, recordView, type LogStream } from './log-format';

/** Records read at once: 384 KiB. */
const recordsPerBlock = 16 * 1024;

/** The stream of the log's bytes from the previous segment's end up to `end`. */
export interface Segment {
  end: number;
  readonly stream: LogStream;
}

/**
 * Reads `output.idx` from front to back and says which stream the log's next bytes belong to. Neighbours of one stream
 * are joined. A record that overlaps an earlier one or names no stream cannot be trusted, nor can what follows it:
 * `broken` is then set, and the rest of the log has no records.
 */
export class RecordIntake {
  readonly #file: LogFile;
  #records = 0;
  #end = 0;
  #broken: LogError | null = null;

  constructor(file: LogFile) {
    this.#file = file;
  }

  /** Records taken so far, all of them sound and in order. */
  get records(): number {
    return this.#records;
  }

  /** Where the records taken so far end in the log. */
  get end(): number {
    return this.#end;
  }

  /** Why the rest of the records is not used, or null. */
  get broken(): LogError | null {
    return this.#broken;
  }

  /** The segments of the records that have come since, one block at most. Empty if there are none. */
  async next(): Promise<Segment[]> {
    if (this.#broken !== null) return [];
    const position = this.#records * recordSize;
    const waiting = Math.floor((((await this.#file.size()) ?? 0) - position) / recordSize);
    if (waiting <= 0) return [];
    const block = Buffer.allocUnsafe(Math.min(waiting, recordsPerBlock) * recordSize);
    const filled = await this.#file.read(block, position);
    const view = recordView(block);
    const segments: Segment[] = [];
    for (let at = 0; at + recordSize <= filled; at += recordSize) {
      const { offset, length, stream } = decodeRecord(view, at);
      if (stream === null || !Number.isSafeInteger(offset) || offset < this.#end) {
        const message =
          `The log's index ${this.#file.path} is corrupt at record ${this.#records}: from there on the log ` +
          'is shown without times and all as stdout.';
        this.#broken = new LogError('log-records-corrupt', message);
        break;
      }
      if (offset > this.#end) extend(segments, offset, 1);
      if (length > 0) extend(segments, offset + length, stream);
      this.#end = offset + length;
      this.#records += 1;
    }
    return segments;
  }
}

function extend(segments: Segment[], end: number, stream: LogStream): void {
  const last = segments.at(-1);
  if (last !== undefined && last.stream === stream) last.end = end;
  else segments.push({ end, stream });
}
