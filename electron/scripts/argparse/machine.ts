import type { ArgumentParserModel } from './argparse-model';
import type { Notes } from './notes';
import type { Expression, FunctionBody, Statement } from './python-ast';
import type { Bindings, FunctionValue, Region, Scope, UnknownValue, Value } from './python-value';
import type { SourceModule } from './source-module';

/** A place in a source file. */
export interface Site {
  readonly module: SourceModule;
  readonly line: number;
  readonly text: string;
}

/** What a call passes. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `*x` and `**x` whose contents are not known. */
  readonly unknown: readonly UnknownValue[];
}

/** How a block of statements ended. */
export type Completion =
  | { readonly kind: 'normal' | 'break' | 'continue' }
  | { readonly kind: 'return'; readonly value: Value };

/** A parser that was told to parse, and how. */
export interface ParseCall {
  readonly parser: ArgumentParserModel;
  /** Whether what it does not know is left to others. */
  readonly isPartial: boolean;
  /** Whether it got words of its own choice rather than the command line. */
  readonly hasWords: boolean;
}

/** What was done to the variables in one branch, so that it can be taken back. */
export type Changes = Map<Bindings, Map<string, Value | undefined>>;

/** What the parts of the reader need of one another. */
export interface Machine {
  readonly notes: Notes;
  /** The script's file name. */
  readonly program: string;
  /** What decides whether the statements at hand are run; null where they surely are. */
  readonly region: Region | null;
  readonly parsers: ArgumentParserModel[];
  readonly parses: ParseCall[];
  /** Parsers that went into code which cannot be followed. */
  readonly escaped: Set<ArgumentParserModel>;
  /** Functions that were entered. */
  readonly entered: Set<FunctionBody>;
  /** Unknown values that were told to parse. */
  readonly unknownParses: UnknownValue[];
  /** Counts a step. Throws where there are too many. */
  step(): void;
  evaluate(expression: Expression, scope: Scope): Value;
  execute(statements: readonly Statement[], scope: Scope): Completion;
  call(callee: Value, args: Arguments, site: Site): Value;
  callFunction(callee: FunctionValue, self: Value | null, args: Arguments, site: Site): Value;
  attribute(object: Value, name: string, site: Site): Value;
  /** Binds a name, so that it can be taken back at the end of a branch. */
  bind(bindings: Bindings, name: string, value: Value): void;
  unknown(site: Site, origin?: string | null, text?: string): UnknownValue;
  /** Does something that may not be done, and says what it changed. The changes are taken back. */
  branch(
    region: Region,
    action: () => Completion,
  ): { readonly changes: Changes; readonly end: Completion | null };
  /** Makes the outcomes of several branches one. Those that ended early (null) do not count. */
  merge(outcomes: readonly (Changes | null)[], site: Site): void;
  /** A module by its dotted name, run once; null where it is not in the script's folder. */
  importModule(name: string): Value | null;
}

/** The script ends here, by an exception or by exit. */
export class ScriptEnd extends Error {}
/** The script parses its arguments here: nothing that follows can add to them. */
export class ArgumentsParsed extends Error {}
/** The script does more than the reader follows. */
export class TooMuch extends Error {}

/** Where an expression or statement stands. */
export function siteOf(place: { readonly from: number; readonly to: number }, module: SourceModule): Site {
  return { module, line: module.lineOf(place.from), text: module.textOf(place) };
}
