import { isAscii } from 'node:buffer';
import { shownText } from '../../shared/terminal-line';
import { ChunkReader } from './chunk-reader';
import type { IndexedLog } from './index-file';
import { LineCutter, type LineSpan } from './line-cutter';
import { longLineEnds, newestPart } from './line-text';
import type { LogBytes } from './log-file';

/** About so many bytes are searched at once: as text they fit a page of the heap, so that they are dropped at once. */
const pieceBytes = 96 * 1024;

/** Of one line, no more is searched than this many bytes. */
export const searchedLineLimit = 32 * 1024 * 1024;

/** Some whole lines of a log, as they are shown, with a line feed after each but perhaps the last. */
export interface LogPiece {
  /** Made of the bytes only when it is asked for, before the next piece is read: ask once. */
  readonly text: string;
  /** The bytes of the text if each is one character of it, until the next piece is read; else null. */
  readonly clear: ClearBytes | null;
  readonly firstLine: number;
  /** The line after the last one. */
  readonly endLine: number;
  readonly firstCheckpoint: number;
  /** Where the next piece begins. */
  readonly nextCheckpoint: number;
  /** Stream of each line; empty where it was not asked for. */
  readonly streams: readonly (1 | 2)[];
  /** Whether a line is longer than what is searched of one. */
  readonly isCut: boolean;
}

/** Bytes of a log that show as they are. */
export interface ClearBytes {
  readonly bytes: Buffer;
  /** Where they begin in the log. */
  readonly start: number;
}

/** What makes the shown text differ from the bytes: ESC, CR, TAB, BS, BEL, SO, SI. */
const changing = [0x1b, 0x0d, 0x09, 0x08, 0x07, 0x0e, 0x0f];

// oxlint-disable no-control-regex -- control characters are what a log's text is cleared of
const changingText = /[\x07-\x09\x0d-\x0f\x1b\x80-\x9f]/g;
/** Colours of a terminal. */
export const colours = /\x1b\[[\d;:]*m/g;
// oxlint-enable no-control-regex

/** Reads a log from front to back in pieces of whole lines, as text in which to search. */
export class PieceReader {
  readonly #source: IndexedLog;
  readonly #log: LogBytes;
  readonly #chunks: ChunkReader;
  #buffer = Buffer.alloc(0);
  /** By their first checkpoints, pieces that are known to show as their bytes say: looked at once for many searches. */
  #clear = new Uint8Array(64);

  constructor(source: IndexedLog, log: LogBytes, records: LogBytes) {
    this.#source = source;
    this.#log = log;
    this.#chunks = new ChunkReader(records);
  }

  /** The piece from a checkpoint at which a line starts; null at the end of the log. */
  async read(checkpoint: number, withStreams: boolean): Promise<LogPiece | null> {
    const { index } = this.#source;
    if (checkpoint >= index.checkpoints) return null;
    const start = index.offsetAt(checkpoint);
    const next = this.#endOfPiece(checkpoint);
    const end = next < index.checkpoints ? index.offsetAt(next) : index.bytes;
    const firstLine = index.lineAt(checkpoint);
    const endLine = next < index.checkpoints ? index.lineAt(next) : index.lines;
    const around = { firstLine, endLine, firstCheckpoint: checkpoint, nextCheckpoint: next };
    if (end - start > searchedLineLimit) return { ...around, ...(await this.#giant(checkpoint, next, end)) };
    const bytes = await this.#bytes(start, end);
    if (!withStreams && !this.#hasCuts(checkpoint, next)) {
      if (this.#isClear(bytes, checkpoint, next < index.checkpoints)) return clearPiece(around, bytes, start);
      return { ...around, text: clearedText(bytes.toString('utf8')), clear: null, streams: [], isCut: false };
    }
    const cutter = new LineCutter(firstLine, firstLine, endLine);
    cutter.cut(bytes, start, await this.#chunks.read(start, end, this.#source.records));
    const spans = cutter.finish(end);
    return {
      ...around,
      get text() {
        return clearedText(spans.map((span) => contentOf(bytes, start, span)).join(''));
      },
      clear: null,
      streams: spans.map(({ stream }) => stream),
      isCut: false,
    };
  }

  /** The checkpoint from which to go on once the log has grown: the last at which a line starts. */
  lastStart(): number {
    let checkpoint = Math.max(0, this.#source.index.checkpoints - 1);
    while (this.#isInside(checkpoint)) checkpoint -= 1;
    return checkpoint;
  }

  /** Whether bytes show as they are. Those of a piece that is `whole` do not change any more. */
  #isClear(bytes: Buffer, checkpoint: number, whole: boolean): boolean {
    if (this.#clear[checkpoint] === 1) return true;
    const isClear = isAscii(bytes) && !changing.some((code) => bytes.includes(code));
    if (!isClear || !whole) return isClear;
    if (checkpoint >= this.#clear.length) {
      const larger = new Uint8Array(
        Math.ceil(Math.max(checkpoint + 1, this.#source.index.checkpoints) * 1.5),
      );
      larger.set(this.#clear);
      this.#clear = larger;
    }
    this.#clear[checkpoint] = 1;
    return true;
  }

  #endOfPiece(checkpoint: number): number {
    const { index } = this.#source;
    const start = index.offsetAt(checkpoint);
    let next = checkpoint + 1;
    while (next < index.checkpoints) {
      if (!this.#isInside(next)) {
        const after = next + 1 < index.checkpoints ? index.offsetAt(next + 1) : index.bytes;
        if (after - start > pieceBytes) break;
      }
      next += 1;
    }
    return next;
  }

  #isInside(checkpoint: number): boolean {
    const { index } = this.#source;
    if (checkpoint === 0 || checkpoint >= index.checkpoints) return false;
    return index.lineAt(checkpoint) === index.lineAt(checkpoint - 1);
  }

  #hasCuts(from: number, to: number): boolean {
    for (let checkpoint = from; checkpoint < to; checkpoint += 1) {
      if (this.#source.index.isCut(checkpoint)) return true;
    }
    return false;
  }

  /** A line that is too long to be read whole, with the short ones that share its last checkpoint. */
  async #giant(
    checkpoint: number,
    next: number,
    end: number,
  ): Promise<Pick<LogPiece, 'text' | 'clear' | 'streams' | 'isCut'>> {
    const { index, records } = this.#source;
    const start = index.offsetAt(checkpoint);
    const tailStart = index.offsetAt(next - 1);
    const [chunk] = await this.#chunks.read(start, start + 1, records);
    const cutter = new LineCutter(index.lineAt(checkpoint), index.lineAt(checkpoint), index.lines);
    cutter.begin({ start, stream: chunk?.stream ?? 1, time: null });
    const tail = Buffer.from(await this.#bytes(tailStart, end));
    cutter.cut(tail, tailStart, await this.#chunks.read(tailStart, end, records));
    const spans = cutter.finish(end);
    const [giant, ...others] = spans;
    const giantEnd = giant?.end ?? end;
    const ends = Buffer.from(await this.#bytes(giantEnd - longLineEnds, giantEnd));
    const newest = ends.at(-1) === 0x0a ? ends.subarray(0, -1) : ends;
    const from = newestPart(newest);
    const text =
      from === null
        ? (await this.#bytes(start, start + searchedLineLimit)).toString('utf8')
        : newest.toString('utf8', from);
    const rest = others.map((span) => contentOf(tail, tailStart, span)).join('');
    return {
      text: clearedText(`${text.replaceAll('\n', '')}\n${rest}`),
      clear: null,
      streams: spans.map(({ stream }) => stream),
      isCut: from === null,
    };
  }

  async #bytes(start: number, end: number): Promise<Buffer> {
    if (this.#buffer.length < end - start) {
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(end - start, 2 * pieceBytes));
    }
    const bytes = this.#buffer.subarray(0, end - start);
    const filled = await this.#log.read(bytes, start);
    // What is not there any more (cut off by someone else) shows as nothing, and its lines stay.
    return bytes.fill(0x0a, filled);
  }
}

type PlaceOfPiece = Pick<LogPiece, 'firstLine' | 'endLine' | 'firstCheckpoint' | 'nextCheckpoint'>;

function clearPiece(around: PlaceOfPiece, bytes: Buffer, start: number): LogPiece {
  return {
    ...around,
    get text() {
      return bytes.toString('latin1');
    },
    clear: { bytes, start },
    streams: [],
    isCut: false,
  };
}

/** A line's text with the line feed that a change of stream put in place of its own. */
function contentOf(bytes: Buffer, base: number, span: LineSpan): string {
  const text = bytes.toString('utf8', span.start - base, span.end - base);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** The text as it is shown: without colours, and with lines that move the cursor as a terminal would show them. */
export function clearedText(text: string): string {
  const plain = text.replace(colours, '').replace(/\r+$/gm, '');
  changingText.lastIndex = 0;
  let found = changingText.exec(plain);
  if (found === null) return plain;
  const parts: string[] = [];
  let done = 0;
  while (found !== null) {
    const start = plain.lastIndexOf('\n', found.index) + 1;
    const next = plain.indexOf('\n', found.index);
    const end = next === -1 ? plain.length : next;
    parts.push(plain.slice(done, start), shownText(newestText(plain.slice(start, end))));
    done = end;
    changingText.lastIndex = end;
    found = changingText.exec(plain);
  }
  parts.push(plain.slice(done));
  return parts.join('');
}

/** Of a long line that was overwritten, only the newest part shows. */
function newestText(line: string): string {
  if (line.length <= longLineEnds) return line;
  const tail = Buffer.from(line.slice(-longLineEnds));
  const from = newestPart(tail);
  return from === null ? line : tail.toString('utf8', from);
}
