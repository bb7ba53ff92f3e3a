import { isJsonObject, type Json } from '../../shared/json';
import { formatCount } from '../components/time-text';
import { isJsonList } from './json-list';

/** A piece of a preview; numbers that are none (NaN, ±Infinity) are told apart. */
export interface PreviewPart {
  readonly text: string;
  readonly finite: boolean;
}

/** A value in one line: `head` may be cut by the view's width, `tail` is always shown whole. */
export interface Preview {
  readonly head: readonly PreviewPart[];
  readonly tail: string;
}

/** Characters up to which a list or an object is previewed whole. */
const wholeLength = 40;
/** Entries of a longer one that are shown before its count. */
const shownEntries = 3;
/** Characters of a string that a preview takes up. */
const stringLength = 200;
/** Characters of a string inside a list or an object. */
const innerStringLength = 16;

/** The preview of any value: never longer than some hundreds of characters, whatever the value's size. */
export function previewJson(value: Json): Preview {
  if (typeof value === 'string') return { head: [plain(quote(value, stringLength))], tail: '' };
  if (isJsonList(value))
    return previewEntries('[', ']', value.length, (index) => inner(value[index] ?? null), 'values');
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    const entry = (index: number): readonly PreviewPart[] => {
      const key = keys[index] ?? '';
      return [plain(`${key}: `), ...inner(value[key] ?? null)];
    };
    return previewEntries('{', '}', keys.length, entry, 'keys');
  }
  return { head: inner(value), tail: '' };
}

/** A number as the publisher's Python would show it, except that whole floats lose their `.0`. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function previewEntries(
  open: string,
  close: string,
  count: number,
  entry: (index: number) => readonly PreviewPart[],
  unit: string,
): Preview {
  const parts: PreviewPart[] = [plain(open)];
  let length = 2;
  for (let index = 0; index < count; index += 1) {
    const next = entry(index);
    length += textLength(next) + 2;
    if (length > wholeLength + 2) return shortened(open, close, count, entry, unit);
    if (index > 0) parts.push(plain(', '));
    parts.push(...next);
  }
  return { head: [...parts, plain(close)], tail: '' };
}

function shortened(
  open: string,
  close: string,
  count: number,
  entry: (index: number) => readonly PreviewPart[],
  unit: string,
): Preview {
  const parts: PreviewPart[] = [plain(open)];
  const shown = Math.min(count, shownEntries);
  for (let index = 0; index < shown; index += 1) {
    if (index > 0) parts.push(plain(', '));
    parts.push(...entry(index));
  }
  if (shown === count) return { head: [...parts, plain(close)], tail: '' };
  return { head: [...parts, plain(', ')], tail: `… ${formatCount(count)} ${unit}${close}` };
}

/** A value inside a list or an object: nested ones only as their brackets and their size. */
function inner(value: Json): readonly PreviewPart[] {
  if (typeof value === 'number') return [{ text: numberText(value), finite: Number.isFinite(value) }];
  if (typeof value === 'string') return [plain(quote(value, innerStringLength))];
  if (isJsonList(value)) return [plain(value.length === 0 ? '[]' : `[${formatCount(value.length)}]`)];
  if (isJsonObject(value)) return [plain(Object.keys(value).length === 0 ? '{}' : '{…}')];
  return [plain(String(value))];
}

function quote(text: string, most: number): string {
  return JSON.stringify(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

function textLength(parts: readonly PreviewPart[]): number {
  return parts.reduce((length, part) => length + part.text.length, 0);
}

function plain(text: string): PreviewPart {
  return { text, finite: true };
}
