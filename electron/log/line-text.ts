import { overwriteCarriageReturns } from '../../shared/terminal-line';

/** The most bytes of one line that are sent. */
export const lineTextLimit = 8 * 1024;

/** Of a longer line, this much is read at its start and at its end. A line that is no longer is known whole. */
export const longLineEnds = 64 * 1024;

/** The longest line that is surely known whole: with a `\r\n`. */
export const wholeLineLimit = longLineEnds + 2;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backspace = 0x08;

/** What is shown of a line, and how many bytes of it are not. */
export interface LineText {
  readonly text: string;
  readonly omitted: number;
}

/**
 * The text of a line without its terminator (`\n` or `\r\n`), invalid UTF-8 as U+FFFD. One of more than 8 KiB is cut.
 * Where `\r` overwrote its beginning, what a terminal would show comes first: worked out wholly for lines up to 64 KiB,
 * and for longer ones from the newest `\r` in their last 64 KiB. `head` and `tail` are the first and the last bytes of
 * the line, `wholeLineLimit` of them or all; `length` is the line's length in bytes.
 */
export function lineText(head: Buffer, tail: Buffer, length: number): LineText {
  const content = length - terminatorLength(tail);
  if (content <= lineTextLimit) return { text: head.toString('utf8', 0, content), omitted: 0 };
  const newest = tail.subarray(0, tail.length - (length - content));
  if (content <= longLineEnds && movesBack(newest)) return cutText(newest.toString('utf8'));
  const from = newestPart(newest);
  const shown = from === null ? head : newest.subarray(from);
  const cut = shown.subarray(0, codePointBoundary(shown, Math.min(lineTextLimit, shown.length)));
  return { text: cut.toString('utf8'), omitted: content - cut.length };
}

/** Where the newest part of a long line begins in its last bytes; null where nothing there was overwritten. */
export function newestPart(tail: Uint8Array): number | null {
  let end = tail.length;
  while (end > 0 && tail[end - 1] === carriageReturn) end -= 1;
  // As much as fits is shown, so that a bar that was begun anew does not hide the one that it replaces.
  const first = tail.subarray(0, end).indexOf(carriageReturn, Math.max(0, end - lineTextLimit));
  const found = first === -1 ? tail.subarray(0, end).lastIndexOf(carriageReturn) : first;
  return found === -1 ? null : found + 1;
}

/** A line that is known whole, as a terminal shows it, cut to so many characters. */
function cutText(line: string): LineText {
  const shown = overwriteCarriageReturns(line);
  if (shown.length <= lineTextLimit) return { text: shown, omitted: 0 };
  const splitsPair = /[\ud800-\udbff]/.test(shown.charAt(lineTextLimit - 1));
  const text = shown.slice(0, splitsPair ? lineTextLimit - 1 : lineTextLimit);
  return { text, omitted: Buffer.byteLength(shown) - Buffer.byteLength(text) };
}

function movesBack(bytes: Buffer): boolean {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === carriageReturn) end -= 1;
  const content = bytes.subarray(0, end);
  return content.includes(carriageReturn) || content.includes(backspace) || content.includes('\x1b[K');
}

function terminatorLength(tail: Buffer): number {
  if (tail.at(-1) !== lineFeed) return 0;
  return tail.at(-2) === carriageReturn ? 2 : 1;
}

/** The greatest position up to `limit` that does not split a code point. */
function codePointBoundary(bytes: Buffer, limit: number): number {
  if (limit >= bytes.length) return bytes.length;
  for (let lead = limit - 1; lead >= Math.max(0, limit - 3); lead -= 1) {
    const byte = bytes[lead] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return lead + sequenceLength(byte) > limit ? lead : limit;
  }
  return limit;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}
