import type { Machine } from './machine';
import type { Expression } from './python-ast';
import { keyOf, truthOf } from './python-compare';
import {
  isWithin,
  type Bindings,
  type DictValue,
  type ListValue,
  type Scope,
  type SetValue,
  type Value,
} from './python-value';

/** Where a name is bound that is assigned in a scope. */
export function bindingsFor(scope: Scope, name: string): Bindings {
  const declared = scope.outer.get(name);
  if (declared === undefined) return scope.bindings;
  for (let at = scope.parent; at !== null; at = at.parent) {
    if (declared === 'global' ? at.kind === 'module' : at.kind === 'function' && at.bindings.has(name)) {
      return at.bindings;
    }
  }
  return scope.bindings;
}

/** Before a collection is changed: where that may not happen, its contents are not known any more. */
export function aboutToChange(machine: Machine, collection: ListValue | SetValue | DictValue): void {
  if (!isWithin(collection.region, machine.region)) collection.isCertain = false;
}

/** `object.name = value` or `object[key] = value`. */
export function assignMember(
  machine: Machine,
  target: Extract<Expression, { kind: 'attribute' | 'subscript' }>,
  value: Value,
  scope: Scope,
): void {
  const object = machine.evaluate(target.object, scope);
  if (target.kind === 'attribute') return setAttribute(machine, object, target.name, value);
  const index = machine.evaluate(target.index, scope);
  if (object.kind === 'dict') {
    aboutToChange(machine, object);
    const key = keyOf(index);
    if (key === null) object.isCertain = false;
    else object.entries.set(key, [index, value]);
  } else if (object.kind === 'list') {
    aboutToChange(machine, object);
    const position = index.kind === 'integer' ? Number(index.value) : Number.NaN;
    const at = position < 0 ? position + object.items.length : position;
    if (at >= 0 && at < object.items.length) object.items[at] = value;
    else object.isCertain = false;
  }
}

/** `object.name = value`. */
function setAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  switch (object.kind) {
    case 'instance':
    case 'class':
      return machine.bind(object.attributes, name, value);
    case 'module':
      return machine.bind(object.scope.bindings, name, value);
    case 'parser': {
      const { parser } = object.container;
      if (name === 'description') parser.description = value;
      else if (name === 'prog' && value.kind === 'text') parser.program = value.value;
      else machine.bind(parser.attributes, name, value);
      return;
    }
    case 'subparsers':
      if (name === 'required') object.subparsers.required = truthOf(value) === true;
      else if (name === 'dest' && value.kind === 'text') object.subparsers.dest = value.value;
      else if (name === 'metavar' && value.kind === 'text') object.subparsers.metavar = value.value;
      return;
    case 'action':
      if (name === 'required') object.action.required = truthOf(value) === true;
      else if (name === 'default') object.action.defaultValue = value;
      else if (name === 'choices' || name === 'help' || name === 'metavar') object.action[name] = value;
      return;
    default:
  }
}

/** `del target`, of an entry of a dictionary; what else is deleted is not asked for again. */
export function deleteTarget(machine: Machine, target: Expression, scope: Scope): void {
  if (target.kind !== 'subscript') return;
  const object = machine.evaluate(target.object, scope);
  if (object.kind === 'list') object.isCertain = false;
  if (object.kind !== 'dict') return;
  aboutToChange(machine, object);
  const key = keyOf(machine.evaluate(target.index, scope));
  if (key === null) object.isCertain = false;
  else object.entries.delete(key);
}
