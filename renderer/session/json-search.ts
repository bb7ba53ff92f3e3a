import { isJsonObject, type Json } from '../../shared/json';
import { isJsonList } from './json-list';
import { numberText } from './json-preview';
import type { JsonPath } from './json-tree';

/** The most matches that are kept; beyond it only is said that there are more. */
export const mostMatches = 10_000;

/** How many values are looked at in one step. */
const stepSize = 2000;

/** Where a text was found, in the order of the tree. */
export interface JsonMatches {
  readonly paths: readonly JsonPath[];
  readonly isWhole: boolean;
}

/** Looks for text in keys and in values as they are shown, regardless of case; a step at a time. */
export function* searchJson(
  data: { readonly [key: string]: Json },
  sought: string,
): Generator<void, JsonMatches> {
  const wanted = sought.toLowerCase();
  const paths: JsonPath[] = [];
  const contains = (candidate: string): boolean => candidate.toLowerCase().includes(wanted);
  let looked = 0;
  // A stack of its own, so that the search can rest anywhere.
  const stack: Level[] = [levelOf(data, [])];
  for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
    const { path, value, keys } = level;
    const index = level.next;
    level.next += 1;
    if (index >= level.count) {
      stack.pop();
      continue;
    }
    const key = keys === null ? index : (keys[index] ?? '');
    const child = keys === null ? itemOf(value, index) : memberOf(value, String(key));
    const here = [...path, key];
    const text = typeof child === 'object' && child !== null ? null : shownText(child);
    if ((typeof key === 'string' && contains(key)) || (text !== null && contains(text))) {
      if (paths.length === mostMatches) return { paths, isWhole: false };
      paths.push(here);
    }
    if (text === null) stack.push(levelOf(child, here));
    looked += 1;
    if (looked % stepSize === 0) yield;
  }
  return { paths, isWhole: true };
}

interface Level {
  readonly value: Json;
  readonly path: JsonPath;
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly count: number;
  next: number;
}

function levelOf(value: Json, path: JsonPath): Level {
  const keys = isJsonObject(value) ? Object.keys(value) : null;
  return { value, path, keys, count: keys?.length ?? (isJsonList(value) ? value.length : 0), next: 0 };
}

function itemOf(value: Json, index: number): Json {
  return isJsonList(value) ? (value[index] ?? null) : null;
}

function memberOf(value: Json, key: string): Json {
  return isJsonObject(value) ? (value[key] ?? null) : null;
}

function shownText(value: string | number | boolean | null): string {
  return typeof value === 'number' ? numberText(value) : String(value);
}
