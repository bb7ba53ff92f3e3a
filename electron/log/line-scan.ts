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
      lookWithin(piece, pattern, this.#index, keep);
    } else if (pattern.use === 'single' || !lookChecked(piece, pattern.regex, keep)) {
      lookAtEach(piece, pattern.regex, keep);
    }
  }
}

const lineFeed = 0x0a;

/** The most matches of a piece that are looked for in its bytes. */
const fewMatches = 32;

type Keep = (line: number, count: number) => void;

/** For patterns whose matches are never empty and never hold a line feed: the end of a match tells its line. */
function lookWithin(piece: LogPiece, { regex, literal }: LinePattern, index: LineIndex, keep: Keep): void {
  if (literal !== null && piece.clear !== null) {
    const { bytes } = piece.clear;
    const ends = fewEnds(bytes, literal);
    if (ends !== null) {
      const lines = new MatchLines(piece, index, keep, (from) => bytes.indexOf(lineFeed, from));
      for (const end of ends) lines.count(end);
      lines.finish();
      return;
    }
  }
  const { text } = piece;
  const lines = new MatchLines(piece, index, keep, (from) => text.indexOf('\n', from));
  regex.lastIndex = 0;
  while (regex.test(text)) lines.count(regex.lastIndex - 1);
  lines.finish();
}

/** Where the matches of some bytes end, found without making text of them; null for more than a few. */
function fewEnds(bytes: Buffer, literal: Buffer): readonly number[] | null {
  const ends: number[] = [];
  for (let at = bytes.indexOf(literal); at !== -1; at = bytes.indexOf(literal, at + literal.length)) {
    // A regular expression goes from match to match faster, and bytes are gone through faster.
    if (ends.length === fewMatches) return null;
    ends.push(at + literal.length - 1);
  }
  return ends;
}

/** Tells in which lines of a piece matches are, whose last characters it hears of in their order. */
class MatchLines {
  readonly #piece: LogPiece;
  readonly #index: LineIndex;
  readonly #keep: Keep;
  readonly #lineFeedFrom: (place: number) => number;
  #checkpoint: number;
  #line: number;
  /** Where the line after `#line` begins, once that has been looked for. */
  #lineEnd = -1;
  #count = 0;

  constructor(piece: LogPiece, index: LineIndex, keep: Keep, lineFeedFrom: (place: number) => number) {
    this.#piece = piece;
    this.#index = index;
    this.#keep = keep;
    this.#lineFeedFrom = lineFeedFrom;
    this.#checkpoint = piece.firstCheckpoint;
    this.#line = piece.firstLine;
  }

  count(last: number): void {
    if (last >= this.#lineEnd) {
      if (this.#count > 0) this.#keep(this.#line, this.#count);
      this.#count = 0;
      this.#goTo(last);
    }
    this.#count += 1;
  }

  finish(): void {
    if (this.#count > 0) this.#keep(this.#line, this.#count);
  }

  #goTo(last: number): void {
    const { clear, nextCheckpoint } = this.#piece;
    if (clear !== null) {
      // Few line feeds have to be counted from the nearest checkpoint on.
      const before = this.#checkpoint;
      while (
        this.#checkpoint + 1 < nextCheckpoint &&
        this.#index.offsetAt(this.#checkpoint + 1) <= clear.start + last
      ) {
        this.#checkpoint += 1;
      }
      if (this.#checkpoint !== before) {
        this.#line = this.#index.lineAt(this.#checkpoint);
        this.#lineEnd = this.#lineFeedFrom(this.#index.offsetAt(this.#checkpoint) - clear.start) + 1;
      }
    }
    if (this.#lineEnd === -1) this.#lineEnd = this.#lineFeedFrom(0) + 1;
    while (this.#lineEnd > 0 && this.#lineEnd <= last) {
      this.#line += 1;
      this.#lineEnd = this.#lineFeedFrom(this.#lineEnd) + 1;
    }
    if (this.#lineEnd === 0) this.#lineEnd = Infinity;
  }
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
