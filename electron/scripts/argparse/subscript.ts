import { siteOf, type Machine } from './machine';
import type { Expression } from './python-ast';
import { itemsOf, keyOf, numberOf } from './python-compare';
import { text, type Scope, type Value } from './python-value';

/** `object[index]`; null where it cannot be known. */
export function subscript(
  machine: Machine,
  expression: Extract<Expression, { kind: 'subscript' }>,
  scope: Scope,
): Value | null {
  const object = machine.evaluate(expression.object, scope);
  if (expression.index.kind === 'slice') {
    const { start, stop, step } = expression.index;
    const bounds = [start, stop, step].map((bound) =>
      bound === null ? null : machine.evaluate(bound, scope),
    );
    return sliced(machine, object, bounds);
  }
  const index = machine.evaluate(expression.index, scope);
  if (object.kind === 'unknown' && object.origin !== null) {
    return machine.unknown(siteOf(expression, scope.module), object.origin);
  }
  return itemAt(object, index);
}

function itemAt(object: Value, index: Value): Value | null {
  if (object.kind === 'dict') {
    const key = keyOf(index);
    return key === null || !object.isCertain ? null : (object.entries.get(key)?.[1] ?? null);
  }
  if (object.kind === 'class' && index.kind === 'text') {
    return object.members.find((member) => member.name === index.value) ?? null;
  }
  if (object.kind === 'set' || object.kind === 'class') return null;
  const items = itemsOf(object);
  const position = index.kind === 'integer' ? Number(index.value) : null;
  if (items === null || position === null) return null;
  return items.at(position) ?? null;
}

function sliced(machine: Machine, object: Value, bounds: readonly (Value | null)[]): Value | null {
  const items =
    object.kind === 'set' || object.kind === 'dict' || object.kind === 'class' ? null : itemsOf(object);
  const numbers = bounds.map((bound) =>
    bound === null || bound.kind === 'none' ? undefined : numberOf(bound),
  );
  if (items === null || numbers.includes(null)) return null;
  const [start, stop, step] = numbers.map((number) => number ?? undefined);
  if (step !== undefined && step !== 1 && !(step === -1 && start === undefined && stop === undefined))
    return null;
  const part = step === -1 ? items.toReversed() : items.slice(start, stop);
  if (object.kind === 'text')
    return text(part.map((item) => (item.kind === 'text' ? item.value : '')).join(''));
  if (object.kind === 'tuple') return { kind: 'tuple', items: part };
  return { kind: 'list', items: [...part], region: machine.region, isCertain: true };
}
