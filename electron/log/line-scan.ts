import { LineSet } from './line-set';
import type { LinePattern } from './line-pattern';
import type { LogPiece, PieceReader } from './piece-reader';
import type { LineIndex } from './line-index';

/** What a line has to be to be found. */
export interface LineTest {
  readonly pattern: LinePattern | null;
  readonly stderrOnly: boolean;
}

/**
 * Goes through a log once and keeps which of its lines pass a test, and how often the pattern is found in each. Goes on
 * where it stopped when the log grows; the last lines, which may have been unfinished, are then looked at again.
 */
export class LineScan {
  readonly found = new LineSet();
  readonly #test: LineTest;
  readonly #within: LineSet | null;
  readonly #pieces: PieceReader;
  readonly #index: LineIndex;
  #next = 0;
  /** Bytes of the log when its end was reached. */
  #scanned = 0;
  #isCut = false;

  /** Only lines of `within`, where it is given, are found; it has to be ahead of this scan. */
  constructor(test: LineTest, within: LineSet | null, pieces: PieceReader, index: LineIndex) {
    this.#test = test;
    this.#within = within;
    this.#pieces = pieces;
    this.#index = index;
  }

  /** Whether all of the log, as long as it is now, has been gone through. */
  get isComplete(): boolean {
    return this.#scanned === this.#index.bytes;
  }

  /** Bytes gone through. */
  get bytes(): number {
    return this.#next < this.#index.checkpoints ? this.#index.offsetAt(this.#next) : this.#index.bytes;
  }

  /** The line from which it goes on. */
  get line(): number {
    return this.#next < this.#index.checkpoints ? this.#index.lineAt(this.#next) : this.#index.lines;
  }

  /** Whether a line was too long to be gone through to its end. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** The log has grown: its lines from a checkpoint on are to be looked at again. */
  reopen(checkpoint: number): void {
    if (checkpoint >= this.#index.checkpoints) return;
    if (checkpoint < this.#next) this.#next = checkpoint;
    this.#scanned = -1;
    this.found.truncate(this.#index.lineAt(this.#next));
  }

  /** Looks at the next piece. */
  async step(): Promise<void> {
    const bytes = this.#index.bytes;
    const piece = await this.#pieces.read(this.#next, this.#test.stderrOnly);
    if (piece !== null) {
      this.#isCut ||= piece.isCut;
      this.#look(piece);
      this.#next = piece.nextCheckpoint;
    }
    if (this.#next >= this.#index.checkpoints) this.#scanned = bytes;
  }

  #look(piece: LogPiece): void {
    const { pattern, stderrOnly } = this.#test;
    const keep = (line: number, count: number): void => {
      if (stderrOnly && piece.streams[line - piece.firstLine] !== 2) return;
      if (this.#within?.has(line) !== false) this.found.add(line, count);
    };
    if (pattern === null) {
      for (let line = piece.firstLine; line < piece.endLine; line += 1) keep(line, 1);
    } else if (pattern.use === 'within') {
      lookWithin(piece, pattern.regex, this.#index, keep);
    } else if (pattern.use === 'single' || !lookChecked(piece, pattern.regex, keep)) {
      lookAtEach(piece, pattern.regex, keep);
    }
  }
}

type Keep = (line: number, count: number) => void;

/** For patterns whose matches are never empty and never hold a line feed: the end of a match tells its line. */
function lookWithin(piece: LogPiece, regex: RegExp, index: LineIndex, keep: Keep): void {
  const { text, start } = piece;
  let checkpoint = piece.firstCheckpoint;
  let line = piece.firstLine;
  // Where the line after `line` begins, once that has been looked for.
  let lineEnd = -1;
  let count = 0;
  regex.lastIndex = 0;
  while (regex.test(text)) {
    const last = regex.lastIndex - 1;
    if (last >= lineEnd) {
      if (count > 0) keep(line, count);
      count = 0;
      if (start !== null) {
        // Few line feeds have to be counted from the nearest checkpoint on.
        const before = checkpoint;
        while (checkpoint + 1 < piece.nextCheckpoint && index.offsetAt(checkpoint + 1) <= start + last) {
          checkpoint += 1;
        }
        if (checkpoint !== before) {
          line = index.lineAt(checkpoint);
          lineEnd = text.indexOf('\n', index.offsetAt(checkpoint) - start) + 1;
        }
      }
      if (lineEnd === -1) lineEnd = text.indexOf('\n') + 1;
      while (lineEnd > 0 && lineEnd <= last) {
        line += 1;
        lineEnd = text.indexOf('\n', lineEnd) + 1;
      }
      if (lineEnd === 0) lineEnd = Infinity;
    }
    count += 1;
  }
  if (count > 0) keep(line, count);
}

/** Answers false, having kept nothing, where a match holds a line feed: the lines then have to be looked at singly. */
function lookChecked(piece: LogPiece, regex: RegExp, keep: Keep): boolean {
  const { text } = piece;
  const lines: number[] = [];
  const counts: number[] = [];
  let line = piece.firstLine;
  let counted = 0;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    const [found] = match;
    if (found.includes('\n')) return false;
    if (found === '') {
      regex.lastIndex += 1;
      continue;
    }
    for (let end = text.indexOf('\n', counted); end !== -1 && end < match.index;) {
      line += 1;
      counted = end + 1;
      end = text.indexOf('\n', counted);
    }
    if (lines.at(-1) === line) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      lines.push(line);
      counts.push(1);
    }
  }
  for (const [position, matched] of lines.entries()) keep(matched, counts[position] ?? 1);
  return true;
}

function lookAtEach(piece: LogPiece, regex: RegExp, keep: Keep): void {
  const { text } = piece;
  let start = 0;
  for (let line = piece.firstLine; line < piece.endLine; line += 1) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    let count = 0;
    const visit = (): void => {
      count += 1;
    };
    visitMatches(text.slice(start, end), regex, visit);
    if (count > 0) keep(line, count);
    start = end + 1;
  }
}

/** Every match in one line that is not empty. `visit` may answer false to end it. */
export function visitMatches(
  line: string,
  regex: RegExp,
  visit: (start: number, end: number) => boolean | void,
): void {
  regex.lastIndex = 0;
  for (let match = regex.exec(line); match !== null; match = regex.exec(line)) {
    if (match[0] === '') regex.lastIndex += 1;
    else if (visit(match.index, regex.lastIndex) === false) return;
  }
}
