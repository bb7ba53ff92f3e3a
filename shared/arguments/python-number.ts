/*
 * Which words Python's int() and float() take. They are not JavaScript's: underscores between digits, digits of any
 * script, "nan" and "inf" in any case, no 0x10 and no empty word.
 */

const digits = '\\p{Nd}(?:_?\\p{Nd})*';
const integer = new RegExp(`^[+-]?${digits}$`, 'u');
const fraction = `(?:${digits}\\.?(?:${digits})?|\\.${digits})`;
const number = new RegExp(`^[+-]?(?:inf(?:inity)?|nan|${fraction}(?:e[+-]?${digits})?)$`, 'iu');

/** Whether Python's `int(word)` takes this word. */
export function isPythonInteger(word: string): boolean {
  return integer.test(stripPythonSpace(word));
}

/** Whether Python's `float(word)` takes this word. */
export function isPythonNumber(word: string): boolean {
  return number.test(stripPythonSpace(word));
}

/** The number that a word stands for, in a form in which equal numbers are equal texts; null where it is none. */
export function pythonNumberKey(word: string): string | null {
  if (!isPythonNumber(word)) return null;
  const plain = stripPythonSpace(word).replaceAll('_', '').toLowerCase();
  if (plain.endsWith('nan')) return 'nan';
  if (plain.includes('inf')) return plain.startsWith('-') ? '-inf' : 'inf';
  if (/^[+-]?[0-9]+$/.test(plain)) return String(BigInt(plain.replace(/^\+/, '')));
  const value = Number(plain);
  if (Number.isNaN(value)) return plain;
  return Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

function stripPythonSpace(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && isPythonSpace(word.charCodeAt(start))) start += 1;
  while (end > start && isPythonSpace(word.charCodeAt(end - 1))) end -= 1;
  return word.slice(start, end);
}

/** White space around a number as Python sees it; JavaScript's is another. */
function isPythonSpace(code: number): boolean {
  return (
    (code >= 0x09 && code <= 0x0d) ||
    code === 0x20 ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
