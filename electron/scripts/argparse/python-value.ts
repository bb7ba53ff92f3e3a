import type { ArgumentContainer, ReadAction, Subparsers } from './argparse-model';
import type { Expression, FunctionBody, Parameter, Statement } from './python-ast';
import type { SourceModule } from './source-module';

/*
 * Values as far as they can be known without running the script. What cannot be known is `unknown`, with the text that
 * makes it; it goes through everything and ends in a sentence for the operator where it matters.
 */

/** A part of the script that may or may not be run: a branch, or the body of a loop. Null is what surely is. */
export interface Region {
  readonly parent: Region | null;
  /** What decides, as the script says it. */
  readonly condition: string;
  readonly module: SourceModule;
  readonly line: number;
}

/** Variables by name, or attributes of an object. */
export type Bindings = Map<string, Value>;

export interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly bindings: Bindings;
  readonly parent: Scope | null;
  readonly module: SourceModule;
  /** Names declared `global` or `nonlocal`. */
  readonly outer: Map<string, 'global' | 'nonlocal'>;
  /** The class and object of the method that runs here, for `super()`. */
  readonly method: { readonly owner: ClassValue; readonly self: Value } | null;
  /** What a function may have returned in branches that it may not have gone through. */
  readonly returns: Value[];
}

/** A mutable collection: known only while all that was done to it surely was. */
interface Mutable {
  readonly region: Region | null;
  isCertain: boolean;
}

export interface ListValue extends Mutable {
  readonly kind: 'list';
  items: Value[];
}
export interface SetValue extends Mutable {
  readonly kind: 'set';
  items: Value[];
}
export interface DictValue extends Mutable {
  readonly kind: 'dict';
  /** By `keyOf` of the key. */
  readonly entries: Map<string, readonly [Value, Value]>;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly initial: ReadonlyMap<string, Value>;
  /** Statements of a `def`, or the expression of a lambda. */
  readonly body: readonly Statement[] | Expression;
  readonly definition: FunctionBody | null;
  readonly scope: Scope;
  readonly decoration: 'static' | 'class' | 'property' | null;
  /** The class whose body defines it. */
  owner: ClassValue | null;
  /** Source text of a lambda. */
  readonly text: string;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Bindings;
  /** Annotated names in their order, for data classes. */
  readonly fields: readonly string[];
  readonly isDataClass: boolean;
  /** Members in their order, where it is an enumeration. */
  readonly members: MemberValue[];
}

export interface MemberValue {
  readonly kind: 'member';
  readonly owner: ClassValue;
  readonly name: string;
  readonly value: Value;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly owner: ClassValue;
  readonly attributes: Bindings;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly text: string;
  /** Dotted name of what it comes from, where that is a package outside the script's folder; null otherwise. */
  readonly origin: string | null;
  readonly module: SourceModule;
  readonly line: number;
  /** Arguments that the script adds to it, as it must be a parser. */
  parser: ArgumentContainer | null;
}

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'tuple'; readonly items: readonly Value[] }
  | { readonly kind: 'range'; readonly start: number; readonly stop: number; readonly step: number }
  | { readonly kind: 'path'; readonly value: string }
  | ListValue
  | SetValue
  | DictValue
  | FunctionValue
  | ClassValue
  | MemberValue
  | InstanceValue
  /** A function, class or module of Python itself, by its full name. */
  | { readonly kind: 'native'; readonly name: string }
  | { readonly kind: 'native-method'; readonly name: string; readonly self: Value }
  | { readonly kind: 'method'; readonly function: FunctionValue; readonly self: Value }
  | { readonly kind: 'super'; readonly owner: ClassValue; readonly self: Value }
  /** `functools.partial`, `argparse.FileType(…)`: what can be called to convert a word, and what it is called. */
  | { readonly kind: 'converter'; readonly text: string }
  | { readonly kind: 'module'; readonly module: SourceModule; readonly scope: Scope }
  | { readonly kind: 'parser'; readonly container: ArgumentContainer }
  | { readonly kind: 'subparsers'; readonly subparsers: Subparsers }
  | { readonly kind: 'action'; readonly action: ReadAction }
  | UnknownValue;

export const none: Value = { kind: 'none' };

export const text = (value: string): Value => ({ kind: 'text', value });
export const boolean = (value: boolean): Value => ({ kind: 'boolean', value });
export const integer = (value: bigint | number): Value => ({ kind: 'integer', value: BigInt(value) });

/** Whether what is done in `inner` is surely done where a value of `outer` exists. */
export function isWithin(outer: Region | null, inner: Region | null): boolean {
  for (let region = outer; region !== null; region = region.parent) if (region === inner) return true;
  return inner === null;
}
