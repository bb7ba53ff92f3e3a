import { join } from 'node:path';
import type { LogLine, LogWindow } from '../../shared/ipc/calls/log-calls';
import { carryStyles } from './carried-style';
import { ChunkReader } from './chunk-reader';
import type { IndexedLog } from './index-file';
import type { LineIndex } from './line-index';
import { LogFile, type LogBytes } from './log-file';
import { logFileNames } from './log-format';
import { LineCutter, type LineSpan, type LineStart } from './line-cutter';
import { lineText, lineTextLimit, wholeLineLimit } from './line-text';

/** The most bytes that are searched for line ends, and that are read for their text, at once. */
const scanLimit = 128 * 1024;
const textLimit = 256 * 1024;

/** Lines before a window that are read for the style in which it begins. */
const styleLead = 64;

/** The log as it stood when a window was asked for; the index may grow while the window is read. */
interface LogExtent {
  readonly lines: number;
  readonly bytes: number;
  readonly records: number;
  readonly checkpoints: number;
}

/**
 * Reads lines of a run's log by number. Costs one search of `output.idx` and a bounded read per 64 lines, wherever the
 * lines are and however long; holds neither file in memory. The handles stay open until `close()`.
 */
export class LogReader {
  readonly #source: IndexedLog;
  readonly #log: LogBytes;
  readonly #records: LogBytes;
  #chunks: ChunkReader;
  #index: LineIndex;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(
    folder: string,
    source: IndexedLog,
    open: (path: string) => LogBytes = (path) => new LogFile(path),
  ) {
    this.#source = source;
    this.#index = source.index;
    this.#log = open(join(folder, logFileNames.log));
    this.#records = open(join(folder, logFileNames.records));
    this.#chunks = new ChunkReader(this.#records);
  }

  /** Lines [first, first + count) as far as they exist. Throws `LogError` where the files cannot be read. */
  readWindow(first: number, count: number): Promise<LogWindow> {
    return this.#track(this.#readWindow(first, count));
  }

  /** The same, each line with the style that up to 64 lines before it left open, as a terminal would have it. */
  async readStyled(first: number, count: number): Promise<LogWindow> {
    const lead = Math.min(first, styleLead);
    const { total, lines } = await this.readWindow(first - lead, count === 0 ? 0 : lead + count);
    return { total, lines: carryStyles(lines, lead) };
  }

  /** Where the lines [first, first + count) are in the log, as far as they exist. */
  readSpans(first: number, count: number): Promise<LineSpan[]> {
    return this.#track(this.#readSpans(first, count));
  }

  /** Bytes of the log from `start` up to `end`, fewer where it is shorter. */
  readBytes(start: number, end: number): Promise<Buffer> {
    return this.#track(this.#readBytes(start, end));
  }

  /** The log as it stands. One that was replaced by another file is read afresh. */
  async #extent(): Promise<LogExtent> {
    const { index, records } = this.#source;
    if (index !== this.#index) {
      this.#index = index;
      this.#chunks = new ChunkReader(this.#records);
      await Promise.all([this.#log.reopen(), this.#records.reopen()]);
    }
    return { lines: index.lines, bytes: index.bytes, records, checkpoints: index.checkpoints };
  }

  async #readSpans(first: number, count: number): Promise<LineSpan[]> {
    const extent = await this.#extent();
    const last = Math.min(first + count, extent.lines);
    return first >= last ? [] : this.#findSpans(first, last, extent);
  }

  async #readWindow(first: number, count: number): Promise<LogWindow> {
    const extent = await this.#extent();
    const last = Math.min(first + count, extent.lines);
    if (first >= last) return { total: extent.lines, lines: [] };
    const spans = await this.#findSpans(first, last, extent);
    return { total: extent.lines, lines: await this.#readLines(first, spans) };
  }

  async #track<Value>(reading: Promise<Value>): Promise<Value> {
    this.#underWay.add(reading);
    try {
      return await reading;
    } finally {
      this.#underWay.delete(reading);
    }
  }

  /** Releases the handles, after the windows under way. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await Promise.all([this.#log.close(), this.#records.close()]);
  }

  /** Finds where the lines [first, last) are, from the nearest checkpoint on. */
  async #findSpans(first: number, last: number, extent: LogExtent): Promise<LineSpan[]> {
    const { index } = this.#source;
    const location = index.locate(first);
    const cutter = new LineCutter(location.checkpointLine, first, last);
    let checkpoint = location.checkpoint;
    while (checkpoint < extent.checkpoints && !cutter.done) {
      const from = index.offsetAt(checkpoint);
      const next = this.#scanEnd(checkpoint, last, extent);
      if (next === null) {
        if (!this.#isInside(checkpoint, extent)) cutter.begin(await this.#startAt(from, extent));
        checkpoint = this.#lastInside(checkpoint, extent);
        continue;
      }
      const to = next < extent.checkpoints ? index.offsetAt(next) : extent.bytes;
      const buffer = Buffer.allocUnsafe(to - from);
      const filled = await this.#log.read(buffer, from);
      const chunks = await this.#chunks.read(from, from + filled, extent.records);
      cutter.cut(buffer.subarray(0, filled), from, chunks);
      if (filled < buffer.length) break;
      checkpoint = next;
    }
    return cutter.finish(extent.bytes);
  }

  /**
   * The checkpoint up to which to search from `checkpoint`, or `extent.checkpoints` for the end of the log. Null if no
   * line ends before the next checkpoint, so that nothing need be read up to it.
   */
  #scanEnd(checkpoint: number, last: number, extent: LogExtent): number | null {
    if (this.#isInside(checkpoint + 1, extent)) return null;
    const { index } = this.#source;
    const from = index.offsetAt(checkpoint);
    let next = checkpoint + 1;
    while (next < extent.checkpoints && index.lineAt(next) < last && !this.#isInside(next + 1, extent)) {
      const to = next + 1 < extent.checkpoints ? index.offsetAt(next + 1) : extent.bytes;
      if (to - from > scanLimit) break;
      next += 1;
    }
    return next;
  }

  /** Whether a checkpoint stands inside a line, of which the checkpoint before it has told the start. */
  #isInside(checkpoint: number, extent: LogExtent): boolean {
    const { index } = this.#source;
    if (checkpoint === 0 || checkpoint >= extent.checkpoints) return false;
    return index.lineAt(checkpoint) === index.lineAt(checkpoint - 1);
  }

  #lastInside(checkpoint: number, extent: LogExtent): number {
    let last = checkpoint;
    while (this.#isInside(last + 1, extent)) last += 1;
    return last;
  }

  async #startAt(offset: number, extent: LogExtent): Promise<LineStart> {
    const [chunk] = await this.#chunks.read(offset, offset + 1, extent.records);
    return { start: offset, stream: chunk?.stream ?? 1, time: chunk?.time ?? null };
  }

  async #readLines(first: number, spans: readonly LineSpan[]): Promise<LogLine[]> {
    const lines: LogLine[] = [];
    let position = 0;
    while (position < spans.length) {
      const group = groupFrom(spans, position);
      const buffers = await this.#readGroup(group);
      for (const [at, { start, end, stream, time }] of group.entries()) {
        const { head, tail } = buffers(start, end);
        const { text, omitted } = lineText(head, tail, end - start);
        lines.push({ index: first + position + at, text, stream, time, omitted });
      }
      position += group.length;
    }
    return lines;
  }

  /** Reads a group of neighbouring lines at once, or the two ends of a long line. */
  async #readGroup(
    group: readonly LineSpan[],
  ): Promise<(start: number, end: number) => { head: Buffer; tail: Buffer }> {
    const start = group[0]?.start ?? 0;
    const end = group.at(-1)?.end ?? start;
    if (isLong({ start, end }) && group.length === 1) {
      const head = await this.#readBytes(start, start + lineTextLimit + 4);
      const tail = await this.#readBytes(end - wholeLineLimit, end);
      return () => ({ head, tail });
    }
    const bytes = await this.#readBytes(start, end);
    return (from, to) => {
      const line = bytes.subarray(from - start, to - start);
      return { head: line, tail: line };
    };
  }

  async #readBytes(start: number, end: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(end - start);
    return buffer.subarray(0, await this.#log.read(buffer, start));
  }
}

function isLong(span: Pick<LineSpan, 'start' | 'end'>): boolean {
  return span.end - span.start > wholeLineLimit;
}

/** The lines from `position` on that are read together: a long one by itself, else neighbours up to 256 KiB. */
function groupFrom(spans: readonly LineSpan[], position: number): readonly LineSpan[] {
  const head = spans[position];
  if (head === undefined || isLong(head)) return spans.slice(position, position + 1);
  let end = position + 1;
  for (let span = spans[end]; span !== undefined && !isLong(span); span = spans[end]) {
    if (span.end - head.start > textLimit) break;
    end += 1;
  }
  return spans.slice(position, end);
}
