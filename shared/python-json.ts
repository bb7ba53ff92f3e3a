import type { Json, JsonObject } from './json';

/**
 * Writes JSON as Python's `json.dumps` does for numbers that JSON has no word for: NaN and ±Infinity bare, so that
 * Python's `json` reads back what it once wrote. Compact; text beyond ASCII is left as it is.
 */
export function stringifyPythonJson(value: Json): string {
  const strict = JSON.stringify(value);
  // JSON.stringify turns NaN and ±Infinity into null: where its text has no null, it has lost none.
  return strict.includes('null') ? write(value) : strict;
}

function write(value: Json): string {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'NaN';
    if (value === Number.POSITIVE_INFINITY) return 'Infinity';
    if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
    return JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(write).join(',')}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`);
  return `{${entries.join(',')}}`;
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
