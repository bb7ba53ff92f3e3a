import type { Argument, ArgumentForm } from './argument-form';

/*
 * What argparse takes each word of a command line for (`_parse_optional`, `_get_option_tuples`).
 */

/** What a word is to argparse. */
export type WordMark =
  | { readonly mark: 'plain' }
  | { readonly mark: 'dashes' }
  /** Short for several options, for which argparse refuses the whole command line. */
  | { readonly mark: 'ambiguous' }
  /** `argument` is null for an option that the form does not know. */
  | {
      readonly mark: 'option';
      readonly argument: Argument | null;
      readonly flag: string;
      readonly explicit: string | null;
    };

/** The options of one parser. */
export interface Options {
  readonly byFlag: ReadonlyMap<string, Argument>;
  readonly prefixes: ReadonlySet<string>;
  readonly haveNegativeNumbers: boolean;
}

/** What argparse takes for a negative number rather than an option. */
const negativeNumber = /^-\d+$|^-\d*\.\d+$/;

/** Reads the options of a parser once, for many words. */
export function optionsOf(form: ArgumentForm): Options {
  const byFlag = new Map<string, Argument>();
  for (const argument of form.arguments) {
    for (const flag of argument.flags) byFlag.set(flag, argument);
    if (argument.action.kind === 'on-off') byFlag.set(argument.action.off, argument);
  }
  const flags = [...byFlag.keys()];
  return {
    byFlag,
    prefixes: new Set(flags.length === 0 ? ['-'] : flags.map((flag) => flag.charAt(0))),
    haveNegativeNumbers: flags.some((flag) => negativeNumber.test(flag)),
  };
}

/** Whether argparse takes this word for a plain one, wherever it stands before a `--`. */
export function isPlainWord(options: Options, word: string): boolean {
  return markOf(options, word).mark === 'plain';
}

/** A word that belongs to an argument. */
export const plain: WordMark = { mark: 'plain' };

/** What one word is, before a `--`. */
export function markOf(options: Options, word: string): WordMark {
  if (word === '--') return { mark: 'dashes' };
  if (word === '' || !options.prefixes.has(word.charAt(0))) return plain;
  const exact = options.byFlag.get(word);
  if (exact !== undefined) return { mark: 'option', argument: exact, flag: word, explicit: null };
  if (word.length === 1) return plain;
  const equals = word.indexOf('=');
  const named = equals === -1 ? undefined : options.byFlag.get(word.slice(0, equals));
  if (named !== undefined)
    return {
      mark: 'option',
      argument: named,
      flag: word.slice(0, equals),
      explicit: word.slice(equals + 1),
    };
  const candidates = abbreviated(options, word);
  const [only] = candidates;
  if (only !== undefined) {
    return candidates.length === 1 ? { mark: 'option', ...only } : { mark: 'ambiguous' };
  }
  if (negativeNumber.test(word) && !options.haveNegativeNumbers) return plain;
  if (word.includes(' ')) return plain;
  return { mark: 'option', argument: null, flag: word, explicit: null };
}

interface Candidate {
  readonly argument: Argument;
  readonly flag: string;
  readonly explicit: string | null;
}

/** The options that a word can be short for: `--ban=1` for `--bands=1`, `-b4` for `-b 4`. */
function abbreviated({ byFlag, prefixes }: Options, word: string): Candidate[] {
  const isLong = prefixes.has(word.charAt(1));
  const equals = isLong ? word.indexOf('=') : -1;
  const prefix = equals === -1 ? word : word.slice(0, equals);
  const explicit = equals === -1 ? null : word.slice(equals + 1);
  return [...byFlag].flatMap(([flag, argument]): Candidate[] => {
    if (!isLong && flag === word.slice(0, 2)) return [{ argument, flag, explicit: word.slice(2) }];
    return flag.startsWith(prefix) ? [{ argument, flag, explicit }] : [];
  });
}
