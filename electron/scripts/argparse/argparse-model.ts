import type { Bindings, ClassValue, Region, Value } from './python-value';
import { none } from './python-value';
import type { SourceModule } from './source-module';

/*
 * argparse's own objects, with its own rules: https://docs.python.org/3/library/argparse.html. Values that the script
 * gives are kept as they are; what they mean for a form is decided in build-form.ts.
 */

/** What argparse does with an argument; `own` is an Action class of the script's. */
export type ActionKind =
  | 'store'
  | 'store_const'
  | 'store_true'
  | 'store_false'
  | 'append'
  | 'append_const'
  | 'extend'
  | 'count'
  | 'help'
  | 'version'
  | 'parsers'
  | 'on-off'
  | 'own';

/** One argument, as `add_argument` made it. */
export interface ReadAction {
  readonly kind: ActionKind;
  readonly dest: string;
  /** Spellings; empty for a positional one. A parser that resolves conflicts takes some away. */
  flags: string[];
  readonly nargs: Value;
  readonly type: Value;
  choices: Value;
  defaultValue: Value;
  required: boolean;
  help: Value;
  metavar: Value;
  readonly constant: Value;
  readonly module: SourceModule;
  readonly line: number;
  readonly region: Region | null;
  readonly subparsers: Subparsers | null;
}

/** `add_subparsers`: the commands. */
export interface Subparsers {
  readonly parser: ArgumentParserModel;
  dest: string | null;
  readonly title: string | null;
  metavar: string | null;
  required: boolean;
  readonly programPrefix: string;
  /** Class of the commands' parsers, where it is not ArgumentParser itself. */
  readonly parserClass: Value | null;
  readonly commands: {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly help: Value;
    readonly parser: ArgumentParserModel;
  }[];
  readonly module: SourceModule;
  readonly line: number;
}

/** A mutually exclusive group. */
export interface ExclusiveGroup {
  readonly required: boolean;
}

/** What arguments are added to: a parser, or a group of one. */
export interface ArgumentContainer {
  readonly parser: ArgumentParserModel;
  /** Title of the group; null for the parser itself. */
  readonly title: string | null;
  readonly exclusive: ExclusiveGroup | null;
  readonly argumentDefault: Value;
  readonly resolvesConflicts: boolean;
}

export class ArgumentParserModel implements ArgumentContainer {
  readonly title = null;
  readonly exclusive = null;
  /** Where the parser was made. */
  readonly module: SourceModule;
  readonly line: number;
  readonly region: Region | null;
  /** The script's own class of it, and what that keeps on it. */
  readonly owner: ClassValue | null;
  readonly attributes: Bindings = new Map();
  program = '';
  description: Value = none;
  prefixes = '-';
  filePrefixes = '';
  argumentDefault: Value = none;
  resolvesConflicts = false;
  /** What is shown with its lines as they are, by the formatter class. */
  keepsLines: 'nothing' | 'description' | 'all' = 'nothing';
  readonly actions: ReadAction[] = [];
  readonly byFlag = new Map<string, ReadAction>();
  readonly defaults = new Map<string, Value>();
  readonly titles = new Map<ReadAction, string>();
  readonly exclusives: ExclusiveGroup[] = [];
  readonly exclusiveOf = new Map<ReadAction, ExclusiveGroup>();

  constructor(module: SourceModule, line: number, region: Region | null, owner: ClassValue | null) {
    this.module = module;
    this.line = line;
    this.region = region;
    this.owner = owner;
  }

  get parser(): ArgumentParserModel {
    return this;
  }

  /** Whether `add_subparsers` was called already. */
  get hasCommands(): boolean {
    return this.actions.some((action) => action.kind === 'parsers');
  }
}

/** Adds an argument. Answers the spellings that are taken already; then nothing was added. */
export function addAction(container: ArgumentContainer, action: ReadAction): readonly string[] {
  const { parser } = container;
  const taken = action.flags.filter((flag) => parser.byFlag.has(flag));
  if (taken.length > 0 && !container.resolvesConflicts) return taken;
  for (const flag of taken) takeAway(parser, flag);
  parser.actions.push(action);
  for (const flag of allFlags(action)) parser.byFlag.set(flag, action);
  if (container.title !== null) parser.titles.set(action, container.title);
  if (container.exclusive !== null) parser.exclusiveOf.set(action, container.exclusive);
  return [];
}

function takeAway(parser: ArgumentParserModel, flag: string): void {
  const holder = parser.byFlag.get(flag);
  if (holder === undefined) return;
  holder.flags = holder.flags.filter((held) => held !== flag);
  parser.byFlag.delete(flag);
  if (holder.flags.length === 0) parser.actions.splice(parser.actions.indexOf(holder), 1);
}

/** The spellings of an action, with the `--no-…` ones that argparse makes. */
export function allFlags(action: Pick<ReadAction, 'kind' | 'flags'>): string[] {
  if (action.kind !== 'on-off') return action.flags;
  return action.flags.flatMap((flag) => (flag.startsWith('--') ? [flag, `--no-${flag.slice(2)}`] : [flag]));
}

/** Takes over what a parent has, as `parents=[…]` does. Answers the spellings that were taken already. */
export function addParent(child: ArgumentParserModel, parent: ArgumentParserModel): readonly string[] {
  const exclusives = new Map<ExclusiveGroup, ExclusiveGroup>();
  for (const group of parent.exclusives) {
    const copy = { required: group.required };
    exclusives.set(group, copy);
    child.exclusives.push(copy);
  }
  const taken: string[] = [];
  for (const action of parent.actions) {
    const group = parent.exclusiveOf.get(action);
    const container: ArgumentContainer = {
      parser: child,
      title: parent.titles.get(action) ?? null,
      exclusive: group === undefined ? null : (exclusives.get(group) ?? null),
      argumentDefault: child.argumentDefault,
      resolvesConflicts: child.resolvesConflicts,
    };
    taken.push(...addAction(container, action));
  }
  for (const [dest, value] of parent.defaults) child.defaults.set(dest, value);
  return taken;
}

/** `set_defaults`. */
export function setDefaults(parser: ArgumentParserModel, values: ReadonlyMap<string, Value>): void {
  for (const [dest, value] of values) {
    parser.defaults.set(dest, value);
    for (const action of parser.actions) if (action.dest === dest) action.defaultValue = value;
  }
}

/** argparse's name for the value of an option: its first long spelling, else its first. */
export function destOf(flags: readonly string[], prefixes: string): string {
  const isPrefix = (letter: string | undefined): boolean => letter !== undefined && prefixes.includes(letter);
  const long = flags.find((flag) => flag.length > 1 && isPrefix(flag[0]) && isPrefix(flag[1]));
  const chosen = Array.from(long ?? flags[0] ?? '');
  const start = chosen.findIndex((letter) => !isPrefix(letter));
  return start < 0 ? '' : chosen.slice(start).join('').replaceAll('-', '_');
}
