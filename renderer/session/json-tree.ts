import { isJsonObject, type Json } from '../../shared/json';
import { formatCount } from '../components/time-text';
import { isJsonList } from './json-list';

/** The way to a value from the session's data: keys and positions. */
export type JsonPath = readonly (string | number)[];

/** A row of the tree as it is unfolded now. */
export interface TreeRow {
  /** Stays the same while the value changes. */
  readonly id: string;
  /** Id of the row that this one is inside of; null at the top. */
  readonly parent: string | null;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  readonly label: string;
  readonly path: JsonPath;
  readonly value: Json;
  /** A range stands for a part of the entries of `value`; its label says which. */
  readonly range: boolean;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** From 1, among the rows directly inside of the same one; and how many those are. */
  readonly place: number;
  readonly siblings: number;
}

/** The most entries that unfolding one row adds. */
export const rangeSize = 100;

/** A string that is longer, or has more than one line, is shown whole beside the tree. */
const wholeStringLength = 30;

/** The rows of an object's entries, those of unfolded rows included. */
export function treeRows(data: { readonly [key: string]: Json }, expanded: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  addEntries(rows, expanded, {
    value: data,
    path: [],
    parent: null,
    level: 1,
    first: 0,
    end: Object.keys(data).length,
  });
  return rows;
}

interface Entries {
  readonly value: Json;
  readonly path: JsonPath;
  readonly parent: string | null;
  readonly level: number;
  /** The part of the entries that is to be listed, half-open. */
  readonly first: number;
  readonly end: number;
}

function addEntries(rows: TreeRow[], expanded: ReadonlySet<string>, entries: Entries): void {
  const { first, end } = entries;
  const size = rangeSizeFor(end - first);
  if (size > 1) {
    const siblings = Math.ceil((end - first) / size);
    for (let from = first; from < end; from += size) {
      const place = { place: 1 + (from - first) / size, siblings };
      addRange(rows, expanded, { ...entries, first: from, end: Math.min(end, from + size) }, place);
    }
    return;
  }
  const keys = entriesOf(entries.value);
  for (let index = first; index < end; index += 1) {
    const place = { place: 1 + index - first, siblings: end - first };
    addEntry(rows, expanded, entries, keys.at(index), place);
  }
}

type Place = Pick<TreeRow, 'place' | 'siblings'>;

function addRange(rows: TreeRow[], expanded: ReadonlySet<string>, entries: Entries, place: Place): void {
  const { value, path, parent, level, first, end } = entries;
  const id = rangeId(path, first, end);
  const open = expanded.has(id);
  const label = `${formatCount(first)} … ${formatCount(end - 1)}`;
  rows.push({
    id,
    parent,
    level,
    label,
    path,
    value,
    range: true,
    expandable: true,
    expanded: open,
    ...place,
  });
  if (open) addEntries(rows, expanded, { value, path, parent: id, level: level + 1, first, end });
}

function addEntry(
  rows: TreeRow[],
  expanded: ReadonlySet<string>,
  entries: Entries,
  [key, value]: readonly [string | number, Json],
  place: Place,
): void {
  const path = [...entries.path, key];
  const id = rowId(path);
  const count = entryCount(value);
  const expandable = count > 0;
  const open = expandable && expanded.has(id);
  const { parent, level } = entries;
  const label = String(key);
  rows.push({ id, parent, level, label, path, value, range: false, expandable, expanded: open, ...place });
  if (open) {
    addEntries(rows, expanded, { value, path, parent: id, level: level + 1, first: 0, end: count });
  }
}

/** The id of the row of a value. */
export function rowId(path: JsonPath): string {
  return JSON.stringify(path);
}

/** The id of the row of a range of entries, half-open. */
export function rangeId(path: JsonPath, first: number, end: number): string {
  return `${JSON.stringify(path)}#${first}+${end - first}`;
}

/** How many entries one row stands for, so that at most `rangeSize` rows are listed; 1 where no range is needed. */
export function rangeSizeFor(count: number): number {
  let size = 1;
  while (count / size > rangeSize) size *= rangeSize;
  return size;
}

/** How many entries a list or an object has; 0 for any other value. */
export function entryCount(value: Json): number {
  if (isJsonList(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : 0;
}

/** The entries of a list or an object by their position. */
export function entriesOf(value: Json): { at(index: number): readonly [string | number, Json] } {
  if (isJsonList(value)) return { at: (index) => [index, value[index] ?? null] };
  if (!isJsonObject(value)) return { at: (index) => [index, null] };
  const keys = Object.keys(value);
  return {
    at: (index) => {
      const key = keys[index] ?? '';
      return [key, value[key] ?? null];
    },
  };
}

/** Whether a value is text that one line of the tree may not hold. */
export function isLongText(value: Json): value is string {
  return typeof value === 'string' && (value.length > wholeStringLength || value.includes('\n'));
}

/** What a key does in the tree. */
export type TreeMove = { readonly kind: 'select' | 'toggle'; readonly id: string };

/** The move for a key at the selected row, as trees everywhere answer it; null where there is none. `page` in rows. */
export function treeMove(
  key: string,
  rows: readonly TreeRow[],
  selected: string | null,
  page = 10,
): TreeMove | null {
  const at = rows.findIndex((row) => row.id === selected);
  const row = rows[at];
  const select = (target: TreeRow | undefined): TreeMove | null =>
    target === undefined ? null : { kind: 'select', id: target.id };
  switch (key) {
    case 'ArrowDown':
      return select(rows[at + 1]);
    case 'ArrowUp':
      return select(rows[Math.max(0, at - 1)]);
    case 'PageDown':
      return select(rows[Math.min(rows.length - 1, Math.max(0, at) + page)]);
    case 'PageUp':
      return select(rows[Math.max(0, at - page)]);
    case 'Home':
      return select(rows[0]);
    case 'End':
      return select(rows.at(-1));
    case 'Enter':
    case ' ':
      return row?.expandable === true ? { kind: 'toggle', id: row.id } : null;
    case 'ArrowRight':
      if (row?.expandable !== true) return null;
      if (!row.expanded) return { kind: 'toggle', id: row.id };
      return rows[at + 1]?.parent === row.id ? select(rows[at + 1]) : null;
    case 'ArrowLeft':
      if (row === undefined) return null;
      if (row.expanded) return { kind: 'toggle', id: row.id };
      return row.parent === null ? null : { kind: 'select', id: row.parent };
    default:
      return null;
  }
}
