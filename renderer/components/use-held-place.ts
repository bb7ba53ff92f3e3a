import { useLayoutEffect, useRef, type RefObject } from 'react';

/** What names a thing in a list, whatever row it stands in. */
type Key = string | number;

/** The rows of a list that is scrolled, one under the other. */
export interface HeldRows<Row> {
  readonly view: RefObject<HTMLElement | null>;
  /** Another array whenever they have changed. */
  readonly rows: readonly Row[];
  /** CSS pixels. */
  readonly heightOf: (row: Row) => number;
  /** What stands in a row; nothing for one that only heads others. */
  readonly keysOf: (row: Row) => readonly Key[];
}

/**
 * Holds what is in sight of a list in its place when rows come or go above it, so that a click meets what it was meant
 * for. A list that stands at its top shows what is new instead. (The virtualizer's own `anchorTo: 'end'` holds the list
 * at its top, too, and follows its first row wherever that goes.)
 */
export function useHeldPlace<Row>({ view, rows, heightOf, keysOf }: HeldRows<Row>): void {
  const before = useRef<readonly Row[]>(rows);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = rows;
    const element = view.current;
    const [first] = was;
    if (was === rows || element === null || first === undefined) return;
    const top = element.scrollTop;
    if (top < heightOf(first)) return;
    const list = { heightOf, keysOf };
    const seen = placesIn({ ...list, rows: was }, top, top + element.clientHeight);
    const moved = commonMove(seen, { ...list, rows });
    if (moved !== 0) element.scrollBy(0, moved);
  });
}

type Placed<Row> = Omit<HeldRows<Row>, 'view'>;

/** Where the things between two heights begin. */
function placesIn<Row>({ rows, heightOf, keysOf }: Placed<Row>, from: number, to: number): Map<Key, number> {
  const places = new Map<Key, number>();
  let start = 0;
  for (const row of rows) {
    const end = start + heightOf(row);
    if (end > from) for (const key of keysOf(row)) places.set(key, start);
    if (end >= to) break;
    start = end;
  }
  return places;
}

/**
 * How far down most of them stand now: single ones may have gone elsewhere, such as a file that was registered again.
 * None where they went apart, as in another order: nothing would hold them.
 */
function commonMove<Row>(places: ReadonlyMap<Key, number>, { rows, heightOf, keysOf }: Placed<Row>): number {
  const moves: number[] = [];
  let start = 0;
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const place = places.get(key);
      if (place !== undefined) moves.push(start - place);
    }
    if (moves.length === places.size) break;
    start += heightOf(row);
  }
  // What more than half have in common stands in the middle.
  const middle = moves.toSorted((one, other) => one - other)[Math.floor(moves.length / 2)] ?? 0;
  return moves.filter((move) => move === middle).length * 2 > places.size ? middle : 0;
}
