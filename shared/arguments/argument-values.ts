import { z } from 'zod';
import type { Argument, ArgumentCommands, ArgumentForm } from './argument-form';

/** What an operator entered for one argument. An argument that nobody touched has no entry. */
export const argumentEntrySchema = z.discriminatedUnion('kind', [
  /** The words of each use; several uses only where the argument repeats. */
  z.object({ kind: z.literal('words'), uses: z.array(z.array(z.string())) }),
  z.object({ kind: z.literal('switch'), given: z.boolean() }),
  z.object({ kind: z.literal('on-off'), on: z.boolean() }),
  z.object({ kind: z.literal('count'), times: z.number().int().min(0) }),
  /** The command that was chosen, or one of its aliases. */
  z.object({ kind: z.literal('command'), name: z.string() }),
]);
export type ArgumentEntry = z.infer<typeof argumentEntrySchema>;

/**
 * What was entered into a form, by the key of each argument. Entries of commands that are not chosen, and of arguments
 * that a changed script has no more, stay and count for nothing.
 */
export const argumentValuesSchema = z.record(z.string(), argumentEntrySchema);
export type ArgumentValues = Readonly<z.infer<typeof argumentValuesSchema>>;

/** Where a parser stands: empty for the script's own, then the commands that lead to it. */
export type ParserPath = string;

/** The key of an argument's entry. It never begins with a letter, so that no name is one of JavaScript's own. */
export function argumentKey(path: ParserPath, argument: Pick<Argument, 'flags' | 'name' | 'dest'>): string {
  return `${path}/${argument.flags.length > 0 ? argument.name : argument.dest}`;
}

/** The key of the entry that says which command of a parser is chosen. */
export function commandKey(path: ParserPath): string {
  return `${path}>`;
}

/** Where the parser of a command stands. */
export function commandPath(path: ParserPath, command: string): ParserPath {
  return `${path}>${command}`;
}

/** The parser of one command. */
export type CommandChoice = ArgumentCommands['choices'][number];

/** The command with this name or alias; null where there is none. */
export function commandNamed(commands: ArgumentCommands, name: string): CommandChoice | null {
  return (
    commands.choices.find((choice) => choice.name === name) ??
    commands.choices.find((choice) => choice.aliases.includes(name)) ??
    null
  );
}

/** The command that was chosen of a parser, with the word that chose it; null where none was, or it is gone. */
export function chosenCommand(
  form: ArgumentForm,
  values: ArgumentValues,
  path: ParserPath,
): { readonly choice: CommandChoice; readonly word: string } | null {
  const entry = values[commandKey(path)];
  if (form.commands === null || entry?.kind !== 'command') return null;
  const choice = commandNamed(form.commands, entry.name);
  return choice === null ? null : { choice, word: entry.name };
}

/** A form with where it stands. */
export interface FormLevel {
  readonly path: ParserPath;
  readonly form: ArgumentForm;
}

/** The form, and those of the commands that are chosen below it. */
export function chosenLevels(form: ArgumentForm, values: ArgumentValues): FormLevel[] {
  const levels: FormLevel[] = [{ path: '', form }];
  for (let level: FormLevel | undefined = levels[0]; level !== undefined;) {
    const chosen = chosenCommand(level.form, values, level.path);
    level =
      chosen === null
        ? undefined
        : { path: commandPath(level.path, chosen.choice.name), form: chosen.choice.form };
    if (level !== undefined) levels.push(level);
  }
  return levels;
}

/** Whether an argument is given by its place and not by an option's name. */
export function isPositional(argument: Pick<Argument, 'flags'>): boolean {
  return argument.flags.length === 0;
}

/** Whether some argument of the chosen forms was touched. */
export function hasEntries(form: ArgumentForm, values: ArgumentValues): boolean {
  return chosenLevels(form, values).some(
    (level) =>
      values[commandKey(level.path)] !== undefined ||
      level.form.arguments.some((argument) => values[argumentKey(level.path, argument)] !== undefined),
  );
}
