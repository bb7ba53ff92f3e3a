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
/** Entries of a longer one that follow its count. */
const shownEntries = 8;
/** Characters of a string that a preview takes up. */
const stringLength = 200;
/** Characters of a string inside a list or an object. */
const innerStringLength = 16;
/** Characters of a path's last part up to which it is kept in sight. */
const pathEndLength = 48;

/** The preview of any value: never longer than some hundreds of characters, whatever the value's size. */
export function previewJson(value: Json): Preview {
  if (typeof value === 'string') return previewString(value);
  if (isJsonList(value)) {
    const whole = entries('[', ']', value.length, (index) => inner(value[index] ?? null));
    if (whole !== null) return { head: whole, tail: '' };
    const numbers = isNumbers(value) ? rangeOf(value) : null;
    if (numbers !== null)
      return { head: [plain(`${formatCount(value.length)} values, `), ...numbers], tail: '' };
    return shortened('values', value.length, (index) => inner(value[index] ?? null));
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    const entry = (index: number): readonly PreviewPart[] => {
      const key = keys[index] ?? '';
      return [plain(`${key}: `), ...inner(value[key] ?? null)];
    };
    const whole = entries('{', '}', keys.length, entry);
    return whole === null ? shortened('keys', keys.length, entry) : { head: whole, tail: '' };
  }
  return { head: inner(value), tail: '' };
}

/** A number as the publisher's Python would show it, except that whole floats lose their `.0`. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A path is cut in its middle, so that its end, which tells it from others, stays in sight. */
function previewString(text: string): Preview {
  const cut = text.lastIndexOf('/');
  const end = text.length - cut;
  if (cut < 1 || end < 2 || end > pathEndLength || text.length > stringLength || /\s/.test(text)) {
    return { head: [plain(quote(text, stringLength))], tail: '' };
  }
  const quoted = JSON.stringify(text);
  const at = quoted.lastIndexOf('/');
  return { head: [plain(quoted.slice(0, at))], tail: quoted.slice(at) };
}

/** All entries in brackets; null where they are too long. */
function entries(
  open: string,
  close: string,
  count: number,
  entry: (index: number) => readonly PreviewPart[],
): readonly PreviewPart[] | null {
  const parts: PreviewPart[] = [plain(open)];
  let length = 2;
  for (let index = 0; index < count; index += 1) {
    const next = entry(index);
    length += textLength(next) + 2;
    if (length > wholeLength + 2) return null;
    if (index > 0) parts.push(plain(', '));
    parts.push(...next);
  }
  return [...parts, plain(close)];
}

/** How many entries there are, and the first of them. */
function shortened(unit: string, count: number, entry: (index: number) => readonly PreviewPart[]): Preview {
  const parts: PreviewPart[] = [plain(`${formatCount(count)} ${unit}: `)];
  const shown = Math.min(count, shownEntries);
  for (let index = 0; index < shown; index += 1) {
    if (index > 0) parts.push(plain(', '));
    parts.push(...entry(index));
  }
  if (shown < count) parts.push(plain(', …'));
  return { head: parts, tail: '' };
}

function isNumbers(value: readonly Json[]): value is readonly number[] {
  return value.every((each) => typeof each === 'number');
}

/** The least and the greatest of the finite numbers, and how many are none. */
function rangeOf(numbers: readonly number[]): readonly PreviewPart[] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let notANumber = 0;
  let infinite = 0;
  for (const number of numbers) {
    if (Number.isNaN(number)) notANumber += 1;
    else if (Number.isFinite(number)) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
    } else infinite += 1;
  }
  const parts: PreviewPart[] = [];
  const add = (count: number, name: string): void => {
    if (count === 0) return;
    if (parts.length > 0) parts.push(plain(', '));
    parts.push({ text: `${count === numbers.length ? 'all' : formatCount(count)} ${name}`, finite: false });
  };
  // Before the range, since a narrow view cuts the end.
  add(notANumber, 'NaN');
  add(infinite, 'Infinity');
  if (least > greatest) return parts;
  if (least === greatest && parts.length === 0) return [plain(`all ${bound(least)}`)];
  if (parts.length > 0) parts.push(plain(', '));
  return [...parts, plain(`${bound(least)} … ${bound(greatest)}`)];
}

const boundFormat = new Intl.NumberFormat('en', { maximumSignificantDigits: 7 });

/** A bound of a range, to seven digits. */
function bound(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e12 || size < 1e-4) ? value.toPrecision(4) : boundFormat.format(value);
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
