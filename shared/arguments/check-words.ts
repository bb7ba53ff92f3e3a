import type { Argument, ArgumentCount } from './argument-form';
import { isPythonInteger, isPythonNumber, pythonNumberKey } from './python-number';

/** What is wrong with one word of an argument, as a sentence; null where the script can be expected to take it. */
export function wordFault({ action }: Argument, word: string): string | null {
  if (action.kind !== 'value') return null;
  if (word.includes('\0')) return 'A word cannot hold a NUL character.';
  if (word === '--') return '“--” cannot be given as a value.';
  const shown = `“${shorten(word)}”`;
  if (action.value.type === 'integer' && !isPythonInteger(word)) return `${shown} is not a whole number.`;
  if (action.value.type === 'number' && !isPythonNumber(word)) return `${shown} is not a number.`;
  // A conversion of the script's own may turn other words into one of its choices.
  if (action.choices === null || action.value.type === 'custom') return null;
  const isNumber = action.value.type !== 'text';
  const wanted = isNumber ? pythonNumberKey(word) : word;
  if (action.choices.some((choice) => choice === word || (isNumber && pythonNumberKey(choice) === wanted)))
    return null;
  return `${shown} is not one of ${action.choices.join(', ')}.`;
}

/** What is wrong with the number of words of one use; null where it fits. */
export function countFault(count: ArgumentCount, words: number): string | null {
  if (typeof count === 'object')
    return words === count.exactly ? null : `Needs exactly ${wordCount(count.exactly)}, has ${words}.`;
  switch (count) {
    case 'one':
      return words === 1 ? null : `Needs one value, has ${words}.`;
    case 'optional':
      return words <= 1 ? null : `Takes one value at most, has ${words}.`;
    case 'some':
      return words >= 1 ? null : 'Needs one value or more.';
    default:
      return null;
  }
}

function wordCount(count: number): string {
  return count === 1 ? 'one value' : `${count} values`;
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}
