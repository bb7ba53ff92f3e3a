import { isJsonObject, type Json, type JsonObject } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { isJsonList } from '../session/json-list';

/** Where a value stands: keys of objects and positions of lists. */
export type ValuePath = readonly (string | number)[];

/** Two lists of numbers, beside each other. Positions that only one has, or where only one has a number, count as different. */
export interface ListDifference {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly different: number;
  /** The largest difference between two finite numbers, and where; null where no finite pair differs. */
  readonly largest: { readonly difference: number; readonly at: number } | null;
}

/** One value of the one run, of the other, or of both. */
export interface ComparedValue {
  readonly path: ValuePath;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  /** Undefined where the run has no such value. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** After less before, and that in percent of before (null where before is 0); null unless both are finite numbers. */
  readonly difference: { readonly by: number; readonly percent: number | null } | null;
  /** Set for two lists of numbers. */
  readonly lists: ListDifference | null;
}

/** Values nested deeper than this are compared as a whole. */
const deepest = 64;

/**
 * Compares session data value by value, in the order of the first run's keys, then what only the second has. NaN equals
 * NaN; numbers that differ by no more than `tolerance` (a part of the larger one: 0.01 is 1 %) are the same.
 */
export function compareSessions(before: JsonObject, after: JsonObject, tolerance: number): ComparedValue[] {
  const values: ComparedValue[] = [];
  compareObjects([], before, after, tolerance, values);
  return values;
}

function compareObjects(
  path: ValuePath,
  before: JsonObject,
  after: JsonObject,
  tolerance: number,
  into: ComparedValue[],
): void {
  for (const key of Object.keys(before)) {
    compare([...path, key], own(before, key), own(after, key), tolerance, into);
  }
  for (const key of Object.keys(after)) {
    if (!Object.hasOwn(before, key)) compare([...path, key], undefined, own(after, key), tolerance, into);
  }
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function compare(
  path: ValuePath,
  before: Json | undefined,
  after: Json | undefined,
  tolerance: number,
  into: ComparedValue[],
): void {
  const value = { path, before, after, difference: null, lists: null };
  if (before === undefined || after === undefined) {
    into.push({ ...value, kind: before === undefined ? 'added' : 'removed' });
  } else if (typeof before === 'number' && typeof after === 'number') {
    into.push({
      ...value,
      kind: isSameNumber(before, after, tolerance) ? 'same' : 'changed',
      difference: differenceOf(before, after),
    });
  } else if (path.length < deepest && isJsonObject(before) && isJsonObject(after)) {
    if (Object.keys(before).length + Object.keys(after).length === 0) into.push({ ...value, kind: 'same' });
    else compareObjects(path, before, after, tolerance, into);
  } else if (isList(before) && isList(after) && path.length < deepest) {
    if (isNumbers(before) && isNumbers(after)) {
      const lists = compareLists(before, after, tolerance);
      into.push({ ...value, kind: lists.different === 0 ? 'same' : 'changed', lists });
    } else {
      const length = Math.max(before.length, after.length);
      for (let index = 0; index < length; index += 1) {
        compare([...path, index], before[index], after[index], tolerance, into);
      }
    }
  } else {
    const isSame = stringifyPythonJson(before) === stringifyPythonJson(after);
    into.push({ ...value, kind: isSame ? 'same' : 'changed' });
  }
}

function compareLists(
  before: readonly number[],
  after: readonly number[],
  tolerance: number,
): ListDifference {
  const length = Math.max(before.length, after.length);
  let different = 0;
  let largest: { difference: number; at: number } | null = null;
  for (let at = 0; at < length; at += 1) {
    const one = before[at];
    const other = after[at];
    if (one === undefined || other === undefined || !isSameNumber(one, other, tolerance)) different += 1;
    if (one === undefined || other === undefined) continue;
    const difference = Math.abs(other - one);
    if (Number.isFinite(difference) && difference > (largest?.difference ?? 0)) largest = { difference, at };
  }
  return { before, after, different, largest };
}

/** Whether two numbers count as the same: NaN with NaN, an infinity with itself, else within the tolerance. */
export function isSameNumber(one: number, other: number, tolerance: number): boolean {
  if (one === other || (Number.isNaN(one) && Number.isNaN(other))) return true;
  if (!Number.isFinite(one) || !Number.isFinite(other)) return false;
  return Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
}

function differenceOf(before: number, after: number): ComparedValue['difference'] {
  if (!Number.isFinite(before) || !Number.isFinite(after)) return null;
  const by = after - before;
  return { by, percent: before === 0 ? null : (by / Math.abs(before)) * 100 };
}

function isList(value: Json): value is readonly Json[] {
  return isJsonList(value);
}

/** Lists with no number in them are compared entry by entry, which costs nothing. */
function isNumbers(value: readonly Json[]): value is readonly number[] {
  return value.length > 0 && value.every((each) => typeof each === 'number');
}

/** A path as Python writes it: `bands[0]['noise']`, the first key plain where it can be. */
export function pathText(path: ValuePath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part)) return index === 0 ? part : `.${part}`;
      return `[${JSON.stringify(part)}]`;
    })
    .join('');
}
