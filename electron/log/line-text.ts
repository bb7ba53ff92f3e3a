/** The most bytes of one line that are sent. */
export const lineTextLimit = 8 * 1024;

/** The longest line that is surely sent whole: the limit and a `\r\n`. */
export const wholeLineLimit = lineTextLimit + 2;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** What is shown of a line, and how many bytes of it are not. */
export interface LineText {
  readonly text: string;
  readonly omitted: number;
}

/**
 * The text of a line without its terminator (`\n` or `\r\n`), invalid UTF-8 as U+FFFD. A line of more than 8 KiB is
 * cut: to what follows a `\r` in its last 8 KiB if there is one, since a terminal would show that, else to its head.
 * `head` and `tail` are the first and the last bytes of the line, `wholeLineLimit` of them or all; `length` is the
 * line's length in bytes.
 */
export function lineText(head: Buffer, tail: Buffer, length: number): LineText {
  const terminator = terminatorLength(tail);
  const content = length - terminator;
  if (content <= lineTextLimit) return { text: head.toString('utf8', 0, content), omitted: 0 };
  const newest = afterCarriageReturn(tail.subarray(0, tail.length - terminator).subarray(-lineTextLimit));
  const shown = newest ?? head.subarray(0, codePointBoundary(head, lineTextLimit));
  return { text: shown.toString('utf8'), omitted: content - shown.length };
}

function terminatorLength(tail: Buffer): number {
  if (tail.at(-1) !== lineFeed) return 0;
  return tail.at(-2) === carriageReturn ? 2 : 1;
}

/** What follows the first `\r`, null where there is none or nothing but `\r` follows. */
function afterCarriageReturn(bytes: Buffer): Buffer | null {
  const found = bytes.indexOf(carriageReturn);
  if (found === -1) return null;
  const rest = bytes.subarray(found + 1);
  return rest.every((byte) => byte === carriageReturn) ? null : rest;
}

/** The greatest position up to `limit` that does not split a code point. */
function codePointBoundary(bytes: Buffer, limit: number): number {
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
