/** Above this many pairs of lines a comparison would take too long; such a file gets the writer's formatting. */
const mostComparisons = 4_000_000;

/** A stretch of lines that an edit changed: `from` up to `to` of the old lines became `lines`. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Carries an edit over to the text as its author laid it out. The YAML writer keeps comments but not spacing: so the
 * difference between what it writes `before` and `after` the edit is applied to the `original`. Lines that the edit
 * does not touch stay as they are. Null where that is not possible. The caller checks that the result says the same.
 */
export function keepLines(original: string, before: string, after: string): string | null {
  const originalLines = original.split('\n');
  const beforeLines = before.split('\n');
  const afterLines = after.split('\n');
  const placed = commonLines(beforeLines.map(withoutSpacing), originalLines.map(withoutSpacing));
  const unchanged = commonLines(beforeLines, afterLines);
  if (placed === null || unchanged === null) return null;
  const places = new Map(placed);
  const result = [...originalLines];
  for (const hunk of hunksOf(unchanged, beforeLines.length, afterLines).toReversed()) {
    const placedHunk = place(hunk, places, beforeLines);
    if (placedHunk === null) return null;
    result.splice(placedHunk.from, placedHunk.to - placedHunk.from, ...placedHunk.lines);
  }
  return result.join('\n');
}

function withoutSpacing(line: string): string {
  return line.replaceAll(/\s+/g, '');
}

function hunksOf(unchanged: readonly [number, number][], length: number, after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [from, start] = [0, 0];
  for (const [old, fresh] of [...unchanged, [length, after.length] as const]) {
    if (old > from || fresh > start) hunks.push({ from, to: old, lines: after.slice(start, fresh) });
    [from, start] = [old + 1, fresh + 1];
  }
  return hunks;
}

/** The hunk in lines of the original; it grows to the nearest lines that are known there. */
function place(hunk: Hunk, places: ReadonlyMap<number, number>, before: readonly string[]): Hunk | null {
  let { from, to } = hunk;
  // An insertion takes the line before it along, and so stays next to it.
  while (from === to || !places.has(from)) {
    if (from === 0) return null;
    from -= 1;
  }
  while (!places.has(to - 1)) {
    if (to >= before.length) return null;
    to += 1;
  }
  const first = places.get(from);
  const last = places.get(to - 1);
  if (first === undefined || last === undefined) return null;
  const lines = [...before.slice(from, hunk.from), ...hunk.lines, ...before.slice(hunk.to, to)];
  return { from: first, to: last + 1, lines };
}

/** The longest common subsequence of two lists, as pairs of positions; null where it would take too long. */
function commonLines(one: readonly string[], other: readonly string[]): [number, number][] | null {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  const middle = longestCommon(one.slice(start, one.length - tail), other.slice(start, other.length - tail));
  if (middle === null) return null;
  const head = Array.from({ length: start }, (_, index): [number, number] => [index, index]);
  const end = Array.from({ length: tail }, (_, index): [number, number] => [
    one.length - tail + index,
    other.length - tail + index,
  ]);
  return [...head, ...middle.map(([row, column]): [number, number] => [row + start, column + start]), ...end];
}

function longestCommon(one: readonly string[], other: readonly string[]): [number, number][] | null {
  if (one.length * other.length > mostComparisons) return null;
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        one[row] === other[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    if (one[row] === other[column]) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      row += 1;
    } else {
      column += 1;
    }
  }
  return pairs;
}
