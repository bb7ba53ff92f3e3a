import { failure, success, type Result } from '../../shared/result';
import { writeAtomically } from '../files/write-atomically';
import type { LineSpan } from './line-cutter';
import type { LogReader } from './log-reader';
import { longLineEnds, newestPart } from './line-text';
import { clearedText, colours } from './piece-reader';

/** The most bytes of a log that are copied as text; more is to be saved as a file. */
export const copyLimit = 8 * 1024 * 1024;

/** Lines whose places are looked up at once, and bytes that are read at once. */
const linesPerBatch = 1000;
const bytesPerRead = 1024 * 1024;

/** Lines that follow each other. */
export interface LineRun {
  readonly first: number;
  readonly count: number;
}

/** The lines to export, in ascending order. */
export type LineRuns = AsyncIterable<Result<LineRun>>;

/** All lines of a range. */
export async function* lineRange(first: number, last: number): LineRuns {
  if (last >= first) yield success({ first, count: last - first + 1 });
}

/** The lines of the rows [first, last], asked of whoever knows their numbers. */
export async function* rowRange(
  first: number,
  last: number,
  ask: (first: number, count: number) => Promise<Result<number[]>>,
): LineRuns {
  for (let row = first; row <= last; row += linesPerBatch) {
    const wanted = Math.min(linesPerBatch, last - row + 1);
    const answer = await ask(row, wanted);
    if (!answer.ok) {
      yield answer;
      return;
    }
    // A file that lacks lines would pass for a whole one.
    if (answer.value.length < wanted) {
      yield failure('log-rows-changed', 'The lines that show have changed meanwhile. Select them again.');
      return;
    }
    let position = 0;
    while (position < answer.value.length) {
      const start = answer.value[position] ?? 0;
      let count = 1;
      while (answer.value[position + count] === start + count) count += 1;
      position += count;
      yield success({ first: start, count });
    }
  }
}

/** Lines as text, one after the other as they are shown. Refused where they are more than can be copied. */
export async function copyLines(reader: LogReader, lines: LineRuns): Promise<Result<string>> {
  const parts: string[] = [];
  let size = 0;
  for await (const batch of lines) {
    if (!batch.ok) return batch;
    for await (const stretch of stretchesOf(reader, batch.value)) {
      size += sizeOf(stretch);
      if (size > copyLimit) {
        const message = `More than ${copyLimit / 1024 / 1024} MB cannot be copied. Save these lines as a file instead.`;
        return failure('log-copy-too-large', message);
      }
      parts.push(await shownOf(reader, stretch));
    }
  }
  // The last line is copied without its line feed, so that it does not run a command where it is pasted.
  return success(parts.join('').replace(/\n$/, ''));
}

/**
 * Saves lines as a file, whole or not at all: byte for byte, or as the text that is shown. Answers the file's size.
 */
export async function saveLines(
  path: string,
  reader: LogReader,
  lines: LineRuns,
  form: 'raw' | 'shown',
): Promise<Result<number>> {
  const faults: Result<never>[] = [];
  async function* pieces(): AsyncGenerator<string | Buffer> {
    for await (const batch of lines) {
      if (!batch.ok) {
        faults.push(batch);
        throw new Error(batch.error.message);
      }
      yield* form === 'raw' ? rawPieces(reader, batch.value) : shownPieces(reader, batch.value);
    }
  }
  const saved = await writeAtomically(path, pieces());
  return faults[0] ?? saved;
}

/** Lines that follow each other without a gap, together up to 1 MiB unless one alone is longer. */
type Stretch = readonly LineSpan[];

async function* stretchesOf(reader: LogReader, { first, count }: LineRun): AsyncGenerator<Stretch> {
  for (let at = 0; at < count; at += linesPerBatch) {
    let stretch: LineSpan[] = [];
    for (const span of await reader.readSpans(first + at, Math.min(linesPerBatch, count - at))) {
      if (stretch.length > 0 && span.end - (stretch[0]?.start ?? 0) > bytesPerRead) {
        yield stretch;
        stretch = [];
      }
      stretch.push(span);
    }
    if (stretch.length > 0) yield stretch;
  }
}

function sizeOf(stretch: Stretch): number {
  return (stretch.at(-1)?.end ?? 0) - (stretch[0]?.start ?? 0);
}

async function shownOf(reader: LogReader, stretch: Stretch): Promise<string> {
  const base = stretch[0]?.start ?? 0;
  const bytes = await reader.readBytes(base, stretch.at(-1)?.end ?? base);
  const lines = stretch.map(({ start, end }) => {
    const text = bytes.toString('utf8', start - base, end - base);
    return text.endsWith('\n') ? text : `${text}\n`;
  });
  return clearedText(lines.join(''));
}

async function* shownPieces(reader: LogReader, lines: LineRun): AsyncGenerator<string> {
  for await (const stretch of stretchesOf(reader, lines)) {
    const [only] = stretch;
    if (only !== undefined && sizeOf(stretch) > bytesPerRead) yield* longLinePieces(reader, only);
    else yield shownOf(reader, stretch);
  }
}

/** A colour that a piece of text may have cut in two. */
// oxlint-disable-next-line no-control-regex -- colours begin with one
const cutColour = /\x1b(?:\[[\d;:]*)?$/;

/** A line of many megabytes: its newest part where it was overwritten, as it is shown; else all of it without colours. */
async function* longLinePieces(reader: LogReader, { start, end }: LineSpan): AsyncGenerator<string> {
  const ends = await reader.readBytes(end - longLineEnds, end);
  const isEnded = ends.at(-1) === 0x0a;
  const content = isEnded ? ends.subarray(0, -1) : ends;
  const newest = newestPart(content);
  if (newest !== null) {
    yield clearedText(`${content.toString('utf8', newest)}\n`);
    return;
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held = '';
  for (let at = start; at < end; at += bytesPerRead) {
    const to = Math.min(end, at + bytesPerRead);
    const text = held + decoder.decode(await reader.readBytes(at, to), { stream: to < end });
    const cut = to < end ? (cutColour.exec(text)?.index ?? text.length) : text.length;
    held = text.slice(cut);
    yield text.slice(0, cut).replace(colours, '');
  }
  if (!isEnded) yield '\n';
}

async function* rawPieces(reader: LogReader, { first, count }: LineRun): AsyncGenerator<Buffer> {
  const [head] = await reader.readSpans(first, 1);
  const [last] = await reader.readSpans(first + count - 1, 1);
  const end = last?.end ?? 0;
  for (let at = head?.start ?? end; at < end; at += bytesPerRead) {
    yield reader.readBytes(at, Math.min(end, at + bytesPerRead));
  }
}
