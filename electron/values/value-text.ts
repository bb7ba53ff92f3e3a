import { isJsonObject, type Json } from '../../shared/json';

/** Characters of a value's one-line text. */
export const previewLength = 120;

/** Entries of a list or an object that a one-line text looks at. */
const shownEntries = 12;

/**
 * A value in one line, as JSON with NaN and ±Infinity bare. Long ones are cut and say how many entries they have. Costs
 * what it shows, not what the value holds.
 */
export function previewText(value: Json, most = previewLength): string {
  if (isList(value)) {
    const text = joined('[', ']', value.length, most, (index) => nested(value[index] ?? null, most));
    return text ?? `${value.length} values: ${head(value, most)}`;
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    const entry = (index: number): string => {
      const key = keys[index] ?? '';
      return `${cut(JSON.stringify(key), 40)}: ${nested(value[key] ?? null, most)}`;
    };
    return joined('{', '}', keys.length, most, entry) ?? `${keys.length} keys: ${cut(keys.join(', '), most)}`;
  }
  return cut(scalarText(value, most), most);
}

function head(list: readonly Json[], most: number): string {
  const first = list.slice(0, shownEntries).map((each) => nested(each, 30));
  return cut(`${first.join(', ')}${list.length > shownEntries ? ', …' : ''}`, most);
}

/** All entries in brackets; null where they are too many or too long. */
function joined(
  open: string,
  close: string,
  count: number,
  most: number,
  entry: (index: number) => string,
): string | null {
  if (count > shownEntries) return null;
  const parts: string[] = [];
  let length = 2;
  for (let index = 0; index < count; index += 1) {
    const part = entry(index);
    length += part.length + 2;
    if (length > most) return null;
    parts.push(part);
  }
  return `${open}${parts.join(', ')}${close}`;
}

function nested(value: Json, most: number): string {
  if (isList(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  if (isJsonObject(value)) return '{…}';
  return scalarText(value, most);
}

function scalarText(value: null | boolean | number | string, most: number): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, most));
  return Object.is(value, -0) ? '-0' : String(value);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
