import { bindingsFor } from './assign-member';
import type { Machine } from './machine';
import type { Expression, Statement } from './python-ast';
import {
  integer,
  type ClassValue,
  type FunctionValue,
  type MemberValue,
  type Scope,
  type Value,
} from './python-value';

/** `def`: binds the function. Decorators other than Python's own are taken to leave it what it is. */
export function defineFunction(
  machine: Machine,
  statement: Extract<Statement, { kind: 'function' }>,
  scope: Scope,
): void {
  const { function: definition, decorators } = statement;
  const initial = new Map<string, Value>();
  for (const parameter of definition.parameters) {
    if (parameter.initial !== null) initial.set(parameter.name, machine.evaluate(parameter.initial, scope));
  }
  const names = decorators.map(lastName);
  const value: FunctionValue = {
    kind: 'function',
    name: definition.name,
    parameters: definition.parameters,
    initial,
    body: definition.body,
    definition,
    scope,
    decoration: names.includes('staticmethod')
      ? 'static'
      : names.includes('classmethod')
        ? 'class'
        : names.some((name) => name === 'property' || name === 'cached_property')
          ? 'property'
          : null,
    owner: null,
    text: definition.name,
  };
  machine.bind(bindingsFor(scope, definition.name), definition.name, value);
}

/** The last part of a decorator's name. */
function lastName(decorator: Expression): string {
  if (decorator.kind === 'call') return lastName(decorator.callee);
  return decorator.kind === 'name' || decorator.kind === 'attribute' ? decorator.name : '';
}

/** `class`: goes through its body and binds it. */
export function defineClass(
  machine: Machine,
  statement: Extract<Statement, { kind: 'class' }>,
  scope: Scope,
): void {
  const bases = statement.bases
    .filter((base) => base.kind === 'positional')
    .map((base) => machine.evaluate(base.value, scope));
  const inner: Scope = {
    kind: 'class',
    bindings: new Map(),
    parent: scope,
    module: scope.module,
    outer: new Map(),
    method: null,
    returns: [],
  };
  machine.execute(statement.body, inner);
  const value: ClassValue = {
    kind: 'class',
    name: statement.name,
    bases,
    attributes: inner.bindings,
    fields: annotatedNames(statement.body),
    isDataClass: statement.decorators.some((decorator) => lastName(decorator) === 'dataclass'),
    members: [],
  };
  for (const attribute of inner.bindings.values())
    if (attribute.kind === 'function') attribute.owner ??= value;
  if (isEnumeration(value)) addMembers(value);
  machine.bind(bindingsFor(scope, statement.name), statement.name, value);
}

function annotatedNames(body: readonly Statement[]): string[] {
  return body.flatMap((statement) => {
    const [target] = statement.kind === 'assign' ? statement.targets : [];
    return target?.kind === 'name' ? [target.name] : [];
  });
}

function addMembers(owner: ClassValue): void {
  for (const [name, value] of owner.attributes) {
    if (name.startsWith('_') || value.kind === 'function') continue;
    const isAutomatic = value.kind === 'converter' && value.text === 'auto()';
    const held = isAutomatic ? integer(owner.members.length + 1) : value;
    const member: MemberValue = { kind: 'member', owner, name, value: held };
    owner.members.push(member);
    owner.attributes.set(name, member);
  }
}

/** Python's own class that a class comes from, by its full name; null where there is none. */
export function nativeAncestor(owner: Value, depth = 0): string | null {
  if (owner.kind === 'native') return owner.name;
  if (owner.kind !== 'class' || depth > 20) return null;
  const ancestors = owner.bases.map((base) => nativeAncestor(base, depth + 1));
  return (
    ancestors.find((name) => name !== null && name !== 'object' && name !== 'str' && name !== 'int') ??
    ancestors.find((name) => name !== null) ??
    null
  );
}

/** Whether a class is an enumeration. */
export function isEnumeration(owner: ClassValue): boolean {
  return nativeAncestor(owner)?.startsWith('enum.') === true;
}

/** Whether a class comes from one of Python's own, by any way. */
export function comesFrom(owner: Value, name: string, depth = 0): boolean {
  if (owner.kind === 'native') return owner.name === name;
  return owner.kind === 'class' && depth < 20 && owner.bases.some((base) => comesFrom(base, name, depth + 1));
}

/** What a class or those that it comes from have by a name; null where none has it. */
export function classMember(owner: ClassValue, name: string, depth = 0): Value | null {
  const own = owner.attributes.get(name);
  if (own !== undefined) return own;
  if (depth > 20) return null;
  for (const base of owner.bases) {
    const found = base.kind === 'class' ? classMember(base, name, depth + 1) : null;
    if (found !== null) return found;
  }
  return null;
}

/** The package outside the script's folder that a class comes from; null where there is none. */
export function foreignBase(owner: ClassValue, depth = 0): string | null {
  for (const base of owner.bases) {
    if (base.kind === 'unknown' && base.origin !== null) return base.origin;
    const deeper = base.kind === 'class' && depth < 20 ? foreignBase(base, depth + 1) : null;
    if (deeper !== null) return deeper;
  }
  return null;
}
