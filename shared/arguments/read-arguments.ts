import { parseWords } from './argparse-words';
import type { ArgumentForm } from './argument-form';
import type { ArgumentValues } from './argument-values';
import { writeArguments } from './build-arguments';

/** A command line as a form holds it. */
export interface ReadArguments {
  readonly values: ArgumentValues;
  /** Words that the form has no place for; they go after the form's own. */
  readonly rest: readonly string[];
}

/**
 * Reads the words of a command line into a form. Where a form and a rest together would mean something else than the
 * words do, as when unknown words stand before a command, the form stays empty and all words are the rest.
 */
export function readArguments(form: ArgumentForm, words: readonly string[]): ReadArguments {
  const { values, rest } = parseWords(form, words);
  const written = writeArguments(form, values);
  const again = parseWords(form, [...written.words, ...rest]);
  const isSame =
    written.clash === null &&
    sameWords(again.rest, rest) &&
    sameWords(writeArguments(form, again.values).words, written.words);
  return isSame ? { values, rest } : { values: {}, rest: [...words] };
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
