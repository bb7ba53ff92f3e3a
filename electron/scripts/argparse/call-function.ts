import { classMember, comesFrom, isEnumeration, nativeAncestor } from './definitions';
import { callNative } from './natives';
import { callNativeMethod } from './native-methods';
import { initParser, makeParser } from './argparse-calls';
import { callUnknown } from './call-unknown';
import type { Arguments, Machine, Site } from './machine';
import { areEqual } from './python-compare';
import type { Statement } from './python-ast';
import {
  none,
  text,
  type ClassValue,
  type FunctionValue,
  type InstanceValue,
  type Scope,
  type Value,
} from './python-value';

/** Calls whatever can be called. */
export function call(machine: Machine, callee: Value, args: Arguments, site: Site): Value {
  switch (callee.kind) {
    case 'function':
      return machine.callFunction(callee, null, args, site);
    case 'method':
      return machine.callFunction(callee.function, callee.self, args, site);
    case 'class':
      return construct(machine, callee, args, site);
    case 'native':
      return callNative(machine, callee.name, args, site);
    case 'native-method':
      return callNativeMethod(machine, callee.name, callee.self, args, site);
    case 'unknown':
      return callUnknown(machine, callee, args, site);
    default:
      return machine.unknown(site);
  }
}

/** Goes through a function of the script's with what it is given. */
export function runFunction(
  machine: Machine,
  callee: FunctionValue,
  self: Value | null,
  args: Arguments,
  site: Site,
): Value {
  const scope: Scope = {
    kind: 'function',
    bindings: parametersOf(machine, callee, self, args, site),
    parent: callee.scope,
    module: callee.scope.module,
    outer: new Map(),
    method: methodOf(callee, self ?? args.positional[0]),
    returns: [],
  };
  if (!isBlock(callee.body)) return machine.evaluate(callee.body, scope);
  if (callee.definition !== null) machine.entered.add(callee.definition);
  if (callee.definition?.isGenerator === true) return machine.unknown(site);
  const completion = machine.execute(callee.body, scope);
  const last = completion.kind === 'return' ? completion.value : none;
  return eitherOf([...scope.returns, last]) ?? machine.unknown(site);
}

/** Class and object for `super()`; `Base.__init__(self, …)` gives the object as the first argument. */
function methodOf(callee: FunctionValue, self: Value | undefined): Scope['method'] {
  return callee.owner !== null && self !== undefined ? { owner: callee.owner, self } : callee.scope.method;
}

function isBlock(body: FunctionValue['body']): body is readonly Statement[] {
  return Array.isArray(body);
}

function parametersOf(
  machine: Machine,
  callee: FunctionValue,
  self: Value | null,
  { positional, keywords, unknown }: Arguments,
  site: Site,
): Map<string, Value> {
  const bindings = new Map<string, Value>();
  const given = self === null ? [...positional] : [self, ...positional];
  const left = new Map(keywords);
  for (const { kind, name, initial } of callee.parameters) {
    if (kind === 'list') {
      const items = given.splice(0);
      bindings.set(
        name,
        unknown.length === 0 ? { kind: 'tuple', items } : machine.unknown(site, null, `*${name}`),
      );
    } else if (kind === 'dict') {
      const entries = new Map([...left].map(([key, value]) => [`text ${key}`, [text(key), value] as const]));
      bindings.set(
        name,
        unknown.length === 0
          ? { kind: 'dict', entries, region: machine.region, isCertain: true }
          : machine.unknown(site, null, `**${name}`),
      );
    } else {
      const value = (kind === 'plain' ? given.shift() : undefined) ?? left.get(name);
      left.delete(name);
      const usual = unknown.length === 0 && initial !== null ? callee.initial.get(name) : undefined;
      bindings.set(name, value ?? usual ?? machine.unknown(site, null, name));
    }
  }
  return bindings;
}

/** The one that several outcomes come to; null where they differ. A parser goes before what is none. */
export function eitherOf(values: readonly Value[]): Value | null {
  const [first, ...rest] = values;
  if (first === undefined) return none;
  if (rest.every((value) => value === first || areEqual(first, value) === true)) return first;
  const parser = values.findLast((value) => value.kind === 'parser' || value.kind === 'subparsers');
  if (parser !== undefined) return parser;
  const callable = values.filter((value) => value.kind !== 'none');
  const [only] = callable;
  const isOne = only !== undefined && callable.every((value) => value === only);
  return isOne && (only.kind === 'function' || only.kind === 'class') ? only : null;
}

function construct(machine: Machine, owner: ClassValue, args: Arguments, site: Site): Value {
  if (isEnumeration(owner)) {
    const [wanted] = args.positional;
    const member = owner.members.find(
      (held) => wanted !== undefined && areEqual(held.value, wanted) === true,
    );
    return member ?? machine.unknown(site);
  }
  const init = classMember(owner, '__init__');
  if (comesFrom(owner, 'argparse.ArgumentParser')) {
    const parser = makeParser(machine, site, owner);
    const value: Value = { kind: 'parser', container: parser };
    if (init?.kind === 'function') machine.callFunction(init, value, args, site);
    else initParser(machine, parser, args, site);
    return value;
  }
  const instance: InstanceValue = { kind: 'instance', owner, attributes: new Map() };
  if (init?.kind === 'function') machine.callFunction(init, instance, args, site);
  else if (owner.isDataClass || nativeAncestor(owner) === 'typing.NamedTuple')
    fillFields(machine, instance, args, site);
  return instance;
}

function fillFields(machine: Machine, instance: InstanceValue, args: Arguments, site: Site): void {
  for (const [index, name] of instance.owner.fields.entries()) {
    const given = args.positional[index] ?? args.keywords.get(name);
    const isKnown = args.unknown.length === 0 && instance.owner.attributes.has(name);
    if (given !== undefined) instance.attributes.set(name, given);
    else if (!isKnown) instance.attributes.set(name, machine.unknown(site));
  }
}
