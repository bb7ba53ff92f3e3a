import { isJsonObject, type Json } from '../../shared/json';
import { isJsonList } from './json-list';

/** Numbers that can be drawn as one line. `null`, Python's `None`, is a gap, as NaN is. */
export interface NumberLine {
  readonly name: string;
  readonly values: Float64Array;
}

/** The fewest numbers that make a line. */
const fewest = 2;

/** Whether there is anything to draw of a value: numbers, lists of numbers, or an object of them. */
export function isPlottable(value: Json): boolean {
  if (isNumberList(value)) return true;
  const parts = partsOf(value);
  return parts.length > 0 && parts.every(([, part]) => isNumberList(part));
}

/** The lines of a value: one for a list of numbers, one for each list in a list or in an object. Empty: none. */
export function numberLines(value: Json): NumberLine[] {
  if (isNumberList(value)) return [{ name: 'value', values: toNumbers(value) }];
  if (!isPlottable(value)) return [];
  return partsOf(value).flatMap(([name, part]) =>
    isNumberList(part) ? [{ name, values: toNumbers(part) }] : [],
  );
}

/** Whether a value is a list of numbers, `null` among them, long enough to be drawn. */
export function isNumberList(value: Json): value is readonly (number | null)[] {
  if (!isJsonList(value) || value.length < fewest) return false;
  let numbers = 0;
  for (const each of value) {
    if (typeof each === 'number') numbers += 1;
    else if (each !== null) return false;
  }
  return numbers > 0;
}

function partsOf(value: Json): (readonly [string, Json])[] {
  if (isJsonList(value)) return value.map((part, index) => [`[${index}]`, part] as const);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function toNumbers(list: readonly (number | null)[]): Float64Array {
  return Float64Array.from(list, (each) => each ?? Number.NaN);
}

/**
 * A line as points of an SVG path in a box, the least and the greatest value of each column drawn, so that no spike is
 * lost. Empty where nothing is finite.
 */
export function sparklinePath(list: readonly (number | null)[], width: number, height: number): string {
  const columns = Math.min(list.length, Math.floor(width));
  const bounds: { least: number; greatest: number }[] = [];
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < columns; column += 1) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    const end = Math.floor(((column + 1) * list.length) / columns);
    for (let index = Math.floor((column * list.length) / columns); index < end; index += 1) {
      const value = list[index] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    bounds.push({ least: low, greatest: high });
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
  }
  if (least > greatest) return '';
  // Halves, since the difference of the largest numbers is infinite.
  const half = greatest / 2 - least / 2;
  const y = (value: number): string =>
    (half === 0 ? height / 2 : height - 1 - ((value / 2 - least / 2) / half) * (height - 2)).toFixed(1);
  const steps: string[] = [];
  let isDown = false;
  for (const [column, bound] of bounds.entries()) {
    if (bound.least > bound.greatest) {
      isDown = false;
      continue;
    }
    const x = columns === 1 ? 0 : ((column * (width - 1)) / (columns - 1)).toFixed(1);
    steps.push(`${isDown ? 'L' : 'M'}${x} ${y(bound.least)}`);
    if (bound.greatest !== bound.least) steps.push(`L${x} ${y(bound.greatest)}`);
    isDown = true;
  }
  return steps.join('');
}
