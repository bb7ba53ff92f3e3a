import { parseWords, type ParsedWords } from './argparse-words';
import type { Argument, ArgumentForm } from './argument-form';
import {
  argumentKey,
  chosenCommand,
  chosenLevels,
  commandKey,
  isPositional,
  type ArgumentEntry,
  type ArgumentValues,
  type FormLevel,
} from './argument-values';
import { equalsDefault, fitsArgument, isBlank, optionPieces, type OptionPiece } from './argument-words';
import { countFault, wordFault } from './check-words';
import { isPlainWord, optionsOf } from './word-marks';

/** What keeps a form from being run. */
export interface ArgumentFault {
  /** The key of the argument, or of the choice of a command, that has to change. */
  readonly key: string;
  /** What its field is called. */
  readonly name: string;
  /** `missing` for what has to be given and is not; `bad` for what was given and cannot be. */
  readonly kind: 'missing' | 'bad';
  /** A sentence for the operator. */
  readonly message: string;
}

/** The words of a form, and what is wrong with them. */
export interface BuiltArguments {
  /** As they go on the command line. With faults: as far as they can be written. */
  readonly words: readonly string[];
  readonly faults: readonly ArgumentFault[];
}

/** Entries that go on the command line, by key. */
type Given = ReadonlyMap<string, ArgumentEntry>;

/**
 * Writes what was entered as a command line that argparse reads back to the same: only what differs from the script's
 * defaults, options by their long names. What was written is read again, and what cannot be told apart is a fault.
 */
export function buildArguments(form: ArgumentForm, values: ArgumentValues): BuiltArguments {
  const levels = chosenLevels(form, values);
  const faults = levels.flatMap((level) => levelFaults(level, values));
  const { words, clash } = writeArguments(form, values);
  // What is missing or bad shifts the others; once it is right they may fit.
  if (clash === null || faults.length > 0) return { words, faults };
  const name = nameOf(levels, clash) ?? clash;
  return {
    words,
    faults: [{ key: clash, name, kind: 'bad', message: describeClash(levels, values, clash) }],
  };
}

/** Writes what was entered, whatever is wrong with it. `clash` is the first argument that argparse would read otherwise. */
export function writeArguments(
  form: ArgumentForm,
  values: ArgumentValues,
): { readonly words: readonly string[]; readonly clash: string | null } {
  const levels = chosenLevels(form, values);
  // Positional arguments that were left alone can be left out unless another's word would then go to them.
  const short = writeLevels(levels, values, false);
  const clash = findClash(form, short.given, short.words);
  if (clash === null) return { words: short.words, clash };
  const whole = writeLevels(levels, values, true);
  if (findClash(form, whole.given, whole.words) === null) return { words: whole.words, clash: null };
  return { words: short.words, clash };
}

/**
 * The words of a form with those that were typed beside it, in that order. What is typed can give what the form lacks;
 * where it holds words that the form does not know, only the script can say what is missing.
 */
export function composeArguments(
  form: ArgumentForm,
  values: ArgumentValues,
  typed: readonly string[],
): BuiltArguments {
  const built = buildArguments(form, values);
  const words = [...built.words, ...typed];
  if (typed.length === 0 || built.faults.length === 0) return { words, faults: built.faults };
  const whole = parseWords(form, words);
  const isGiven = (fault: ArgumentFault): boolean =>
    fault.kind === 'missing' && (whole.rest.length > 0 || isFilled(form, values, fault.key, whole));
  return { words, faults: built.faults.filter((fault) => !isGiven(fault)) };
}

function isFilled(form: ArgumentForm, values: ArgumentValues, key: string, whole: ParsedWords): boolean {
  if (Object.hasOwn(whole.values, key)) return true;
  return chosenLevels(form, values).some(({ path, form: { arguments: all } }) => {
    const group = all.find((argument) => argumentKey(path, argument) === key)?.exclusive ?? null;
    const others = all.filter((argument) => group !== null && argument.exclusive === group);
    return others.some((argument) => Object.hasOwn(whole.values, argumentKey(path, argument)));
  });
}

function levelFaults({ path, form }: FormLevel, values: ArgumentValues): ArgumentFault[] {
  const faults: ArgumentFault[] = [];
  const given = new Set<Argument>();
  for (const argument of form.arguments) {
    const key = argumentKey(path, argument);
    const fault = (kind: ArgumentFault['kind'], message: string): void => {
      faults.push({ key, name: argument.name, kind, message });
    };
    const entry = entryOf(argument, values[key]);
    if (entry !== null) {
      const isSeen = isNeededInGroup(form, argument)
        ? !isNone(argument, entry)
        : !equalsDefault(argument, entry);
      if (isSeen) given.add(argument);
      const bad = entryFault(argument, entry);
      if (bad !== null) fault('bad', bad);
    } else if (isNeeded(argument)) fault('missing', 'Has to be given.');
  }
  for (const [index, { required }] of form.exclusive.entries()) {
    const members = form.arguments.filter((argument) => argument.exclusive === index);
    const names = members.map((argument) => argument.name).join(', ');
    const chosen = members.filter((argument) => given.has(argument));
    const kind = chosen.length > 1 ? 'bad' : 'missing';
    const at = chosen.length > 1 ? chosen : required && chosen.length === 0 ? members.slice(0, 1) : [];
    const message =
      kind === 'bad' ? `Only one of ${names} can be given.` : `One of ${names} has to be given.`;
    for (const argument of at)
      faults.push({ key: argumentKey(path, argument), name: argument.name, kind, message });
  }
  if (form.commands?.required === true && chosenCommand(form, values, path) === null) {
    const { name } = form.commands;
    faults.push({ key: commandKey(path), name, kind: 'missing', message: 'Has to be chosen.' });
  }
  return faults;
}

/** The entry of an argument, null where there is none that counts. */
function entryOf(argument: Argument, entry: ArgumentEntry | undefined): ArgumentEntry | null {
  return entry === undefined || !fitsArgument(argument, entry) || isBlank(argument, entry) ? null : entry;
}

function entryFault(argument: Argument, entry: ArgumentEntry): string | null {
  if (entry.kind !== 'words' || argument.action.kind !== 'value') return null;
  const { count, repeats } = argument.action;
  if (!repeats && entry.uses.length > 1) return 'Can be given only once.';
  for (const use of entry.uses) {
    const wrong = countFault(count, use.length) ?? firstOf(use, (word) => wordFault(argument, word));
    if (wrong !== null) return wrong;
  }
  return null;
}

function firstOf(words: readonly string[], faultOf: (word: string) => string | null): string | null {
  for (const word of words) {
    const fault = faultOf(word);
    if (fault !== null) return fault;
  }
  return null;
}

function isNeeded(argument: Argument): boolean {
  if (!isPositional(argument)) return argument.required;
  if (argument.action.kind !== 'value') return false;
  const { count } = argument.action;
  return count === 'one' || count === 'some' || typeof count === 'object';
}

/** An option without its word is None, which argparse's groups take for not given. */
function isNone({ action, default: preset }: Argument, entry: ArgumentEntry): boolean {
  const isOptional = action.kind === 'value' && action.count === 'optional';
  return (
    isOptional && preset === null && entry.kind === 'words' && entry.uses.every((use) => use.length === 0)
  );
}

function isNeededInGroup(form: ArgumentForm, { exclusive }: Argument): boolean {
  return exclusive !== null && form.exclusive[exclusive]?.required === true;
}

/** Writes the levels one after the other; `isWhole` writes the defaults of positional arguments out. */
function writeLevels(
  levels: readonly FormLevel[],
  values: ArgumentValues,
  isWhole: boolean,
): { readonly words: string[]; readonly given: Given } {
  const given = new Map<string, ArgumentEntry>();
  const words = levels.flatMap((level) => writeLevel(level, values, isWhole, given));
  return { words, given };
}

function writeLevel(
  { path, form }: FormLevel,
  values: ArgumentValues,
  isWhole: boolean,
  given: Map<string, ArgumentEntry>,
): string[] {
  const options = optionsOf(form);
  const pieces = (isCompact: boolean): OptionPiece[] =>
    form.arguments.flatMap((argument) => {
      const entry = entryOf(argument, values[argumentKey(path, argument)]);
      if (isPositional(argument) || entry === null) return [];
      if (equalsDefault(argument, entry) && !argument.required && !isNeededInGroup(form, argument)) return [];
      given.set(argumentKey(path, argument), entry);
      return optionPieces(options, argument, entry, isCompact);
    });
  const positional = positionalWords({ path, form }, values, isWhole, given);
  const command = chosenCommand(form, values, path);
  if (command !== null) given.set(commandKey(path), { kind: 'command', name: command.word });
  const needsDashes = positional.beforeRemainder.some((word) => !isPlainWord(options, word));
  const places = [...positional.beforeRemainder, ...positional.remainder];
  if (
    command === null &&
    !form.arguments.some((argument) => isPositional(argument) && isRemainder(argument))
  ) {
    const last = sortLast(pieces(false), (piece) => piece.isRemainder);
    return needsDashes ? [...wordsOf(last), '--', ...places] : [...places, ...wordsOf(last)];
  }
  const last = sortLast(pieces(true), (piece) => !piece.isOpen);
  const isOpen = last.at(-1)?.isOpen === true;
  const dashes = needsDashes || (isOpen && positional.beforeRemainder.length > 0) ? ['--'] : [];
  return [...wordsOf(last), ...dashes, ...places, ...(command === null ? [] : [command.word])];
}

function positionalWords(
  { path, form }: FormLevel,
  values: ArgumentValues,
  isWhole: boolean,
  given: Map<string, ArgumentEntry>,
): { readonly beforeRemainder: string[]; readonly remainder: string[] } {
  const beforeRemainder: string[] = [];
  const remainder: string[] = [];
  for (const argument of form.arguments.filter(isPositional)) {
    const key = argumentKey(path, argument);
    const entered = entryOf(argument, values[key]);
    const preset = argument.default?.kind === 'words' ? argument.default.words : [];
    const entry: ArgumentEntry | null =
      entered ?? (isWhole && preset.length > 0 ? { kind: 'words', uses: [[...preset]] } : null);
    if (entry?.kind !== 'words') continue;
    if (!isWhole && !isNeeded(argument) && equalsDefault(argument, entry) && !isNeededInGroup(form, argument))
      continue;
    given.set(key, entry);
    (isRemainder(argument) ? remainder : beforeRemainder).push(...entry.uses.flat());
  }
  return { beforeRemainder, remainder };
}

function isRemainder({ action }: Argument): boolean {
  return action.kind === 'value' && action.count === 'remainder';
}

/** The pieces in their order, but those that have to come last behind the others. */
function sortLast(pieces: readonly OptionPiece[], isLast: (piece: OptionPiece) => boolean): OptionPiece[] {
  if (
    pieces.length === 0 ||
    isLast(pieces[pieces.length - 1] ?? { words: [], isOpen: false, isRemainder: false })
  )
    return [...pieces];
  return [...pieces.filter((piece) => !isLast(piece)), ...pieces.filter(isLast)];
}

function wordsOf(pieces: readonly OptionPiece[]): string[] {
  return pieces.flatMap((piece) => piece.words);
}

/** The key of the first argument that argparse would read otherwise; null where it reads all as entered. */
function findClash(form: ArgumentForm, given: Given, words: readonly string[]): string | null {
  const read = parseWords(form, words);
  for (const [key, entry] of given) {
    if (JSON.stringify(read.values[key]) !== JSON.stringify(entry)) return key;
  }
  for (const key of Object.keys(read.values)) if (!given.has(key)) return key;
  const [first] = given.keys();
  return read.rest.length > 0 ? (first ?? '') : null;
}

function nameOf(levels: readonly FormLevel[], key: string): string | null {
  for (const { path, form } of levels) {
    if (key === commandKey(path)) return form.commands?.name ?? null;
    const argument = form.arguments.find((candidate) => argumentKey(path, candidate) === key);
    if (argument !== undefined) return argument.name;
  }
  return null;
}

function describeClash(levels: readonly FormLevel[], values: ArgumentValues, key: string): string {
  const entry = values[key];
  const options = optionsOf(
    levels.find(({ path }) => key.startsWith(`${path}/`))?.form ?? {
      arguments: [],
      exclusive: [],
      commands: null,
      description: null,
    },
  );
  const word =
    entry?.kind === 'words' ? entry.uses.flat().find((each) => !isPlainWord(options, each)) : undefined;
  return word === undefined
    ? 'On a command line this cannot be told from the other arguments. Change their order or number in Arguments.'
    : `A command line takes “${word}” for an option here. Give it alone, or without the dash.`;
}
