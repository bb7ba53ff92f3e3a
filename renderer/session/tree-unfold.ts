import { isJsonObject, type Json } from '../../shared/json';
import { isJsonList } from './json-list';
import { entriesOf, entryCount, rangeId, rangeSize, rangeSizeFor, rowId, type JsonPath } from './json-tree';

/** The ids of the rows that have to be unfolded for the row of a path to be there, ranges included. */
export function rowsAbove(data: { readonly [key: string]: Json }, path: JsonPath): string[] {
  const ids: string[] = [];
  let value: Json = data;
  for (const [depth, step] of path.entries()) {
    const above = path.slice(0, depth);
    if (depth > 0) ids.push(rowId(above));
    const count = entryCount(value);
    const index =
      typeof step === 'number' ? step : isJsonObject(value) ? Object.keys(value).indexOf(step) : -1;
    ids.push(...rangesAround(above, index, count));
    value = entryOf(value, step);
  }
  return ids;
}

function rangesAround(path: JsonPath, index: number, count: number): string[] {
  const ids: string[] = [];
  let first = 0;
  let end = count;
  for (let size = rangeSizeFor(end - first); size > 1; size = rangeSizeFor(end - first)) {
    first += Math.floor((index - first) / size) * size;
    end = Math.min(end, first + size);
    ids.push(rangeId(path, first, end));
  }
  return ids;
}

function entryOf(value: Json, step: string | number): Json {
  if (typeof step === 'number') return isJsonList(value) ? (value[step] ?? null) : null;
  return isJsonObject(value) && Object.hasOwn(value, step) ? (value[step] ?? null) : null;
}

/** The value at a path; null where there is none. */
export function valueAt(data: { readonly [key: string]: Json }, path: JsonPath): Json {
  return path.reduce<Json>(entryOf, data);
}

/** The most rows that unfolding many at once makes; beyond it the tree would rather be searched. */
const mostUnfolded = 5000;

/**
 * The rows to unfold so that `levels` levels show, in order until there are `most` rows. Lists too long for one range,
 * and lists of plain values, stay folded: their line says more.
 */
export function unfoldLevels(
  data: { readonly [key: string]: Json },
  levels: number,
  most = mostUnfolded,
): { readonly expanded: ReadonlySet<string>; readonly isWhole: boolean } {
  const expanded = new Set<string>();
  let rows = Math.min(rangeSize, Object.keys(data).length);
  let queue: { readonly value: Json; readonly path: JsonPath }[] =
    Object.keys(data).length > rangeSize ? [] : childrenOf(data, []);
  for (let level = 1; level < levels && queue.length > 0; level += 1) {
    const next: typeof queue = [];
    for (const { value, path } of queue) {
      const count = entryCount(value);
      if (count === 0 || count > rangeSize || isPlainList(value)) continue;
      if (rows + count > most) return { expanded, isWhole: false };
      rows += count;
      expanded.add(rowId(path));
      next.push(...childrenOf(value, path));
    }
    queue = next;
  }
  return { expanded, isWhole: true };
}

function childrenOf(value: Json, path: JsonPath): { readonly value: Json; readonly path: JsonPath }[] {
  const entries = entriesOf(value);
  return Array.from({ length: entryCount(value) }, (_, index) => {
    const [key, child] = entries.at(index);
    return { value: child, path: [...path, key] };
  });
}

function isPlainList(value: Json): boolean {
  return isJsonList(value) && value.every((each) => typeof each !== 'object' || each === null);
}
