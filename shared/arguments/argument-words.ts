import type { Argument } from './argument-form';
import { isPositional, type ArgumentEntry } from './argument-values';
import { isPlainWord, type Options } from './word-marks';

/** The words of one use of an option. */
export interface OptionPiece {
  readonly words: readonly string[];
  /** It would take plain words that follow it for its own. */
  readonly isOpen: boolean;
  /** It takes all that follows. */
  readonly isRemainder: boolean;
}

/** Whether an entry says no more than the script's default does, so that it need not be on the command line. */
export function equalsDefault(argument: Argument, entry: ArgumentEntry): boolean {
  const { action, default: preset } = argument;
  if (entry.kind === 'switch') return !entry.given;
  if (entry.kind === 'count') return entry.times === 0;
  if (preset?.kind !== 'words') return false;
  if (entry.kind === 'on-off') return preset.words.length === 1 && preset.words[0] === pythonTruth(entry.on);
  if (entry.kind !== 'words' || action.kind !== 'value' || action.repeats) return false;
  const [words] = entry.uses;
  // A single empty word is not the default of no words at all, and an option without its word is its `const`.
  if (words === undefined || words.length === 0)
    return action.count !== 'optional' && preset.words.length === 0;
  return words.length === preset.words.length && words.every((word, index) => word === preset.words[index]);
}

/** Whether an entry is of the kind that its argument takes; a script may have changed since it was entered. */
export function fitsArgument({ action }: Argument, entry: ArgumentEntry): boolean {
  return action.kind === 'value' ? entry.kind === 'words' : entry.kind === action.kind;
}

/** Whether an entry holds anything at all. */
export function isBlank(argument: Argument, entry: ArgumentEntry): boolean {
  if (entry.kind === 'switch') return !entry.given;
  if (entry.kind === 'count') return entry.times === 0;
  if (entry.kind !== 'words') return false;
  return entry.uses.length === 0 || (isPositional(argument) && entry.uses.every((use) => use.length === 0));
}

/** An option with its words, as it goes on a command line; one piece for each use. */
export function optionPieces(
  options: Options,
  argument: Argument,
  entry: ArgumentEntry,
  isCompact: boolean,
): OptionPiece[] {
  const { name, action, flags } = argument;
  if (entry.kind === 'switch') return [closed([name])];
  if (entry.kind === 'on-off') return [closed([entry.on || action.kind !== 'on-off' ? name : action.off])];
  if (entry.kind === 'count') {
    const short = flags.find((flag) => /^-[^-]$/.test(flag));
    if (entry.times === 1 || short === undefined)
      return Array.from({ length: entry.times }, () => closed([name]));
    return [closed([`${short}${short.charAt(1).repeat(entry.times - 1)}`])];
  }
  if (entry.kind !== 'words' || action.kind !== 'value') return [];
  const { count } = action;
  return entry.uses.map((use): OptionPiece => {
    const [only] = use;
    const takesOne = typeof count !== 'object' || count.exactly === 1;
    const isList = count === 'any' || count === 'some';
    if (use.length === 1 && only !== undefined && takesOne && count !== 'remainder') {
      if ((isList && isCompact) || only.startsWith('-') || !isPlainWord(options, only))
        return closed([`${name}=${only}`]);
      if (!isList) return closed([name, only]);
    }
    return {
      words: [name, ...use],
      isOpen: isList || (count === 'optional' && use.length === 0) || count === 'remainder',
      isRemainder: count === 'remainder',
    };
  });
}

function closed(words: readonly string[]): OptionPiece {
  return { words, isOpen: false, isRemainder: false };
}

function pythonTruth(on: boolean): string {
  return on ? 'True' : 'False';
}
