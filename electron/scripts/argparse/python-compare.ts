import { mostItems } from './limits';
import type { Comparison } from './python-ast';
import type { Value } from './python-value';
import { text } from './python-value';

/** Whether a value counts as true; null where that cannot be known. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case 'none':
      return false;
    case 'boolean':
      return value.value;
    case 'integer':
      return value.value !== 0n;
    case 'float':
      return value.value !== 0;
    case 'text':
      return value.value !== '';
    case 'tuple':
      return value.items.length > 0;
    case 'list':
    case 'set':
      return value.isCertain ? value.items.length > 0 : null;
    case 'dict':
      return value.isCertain ? value.entries.size > 0 : null;
    case 'range':
      return (value.stop - value.start) * value.step > 0;
    case 'unknown':
    case 'instance':
      return null;
    default:
      return true;
  }
}

/** What tells dictionary keys apart; null for what cannot be one, or is not known. */
export function keyOf(value: Value): string | null {
  switch (value.kind) {
    case 'none':
      return 'none';
    case 'boolean':
      return `number ${Number(value.value)}`;
    case 'integer':
      return `number ${value.value}`;
    case 'float':
      return `number ${value.value}`;
    case 'text':
      return `text ${value.value}`;
    case 'path':
      return `path ${value.value}`;
    case 'tuple': {
      const keys = value.items.map(keyOf);
      return keys.every((key) => key !== null) ? `tuple ${JSON.stringify(keys)}` : null;
    }
    case 'member': {
      const inner = keyOf(value.value);
      return inner === null ? null : `member ${value.owner.name}.${value.name}`;
    }
    case 'native':
      return `native ${value.name}`;
    default:
      return null;
  }
}

/** Whether two values are equal; null where that cannot be known. */
export function areEqual(one: Value, other: Value): boolean | null {
  if (one.kind === 'unknown' || other.kind === 'unknown') return one === other ? true : null;
  const [key, otherKey] = [keyOf(one), keyOf(other)];
  if (key !== null && otherKey !== null) return key === otherKey;
  if (one === other) return true;
  const [items, otherItems] = [listItems(one), listItems(other)];
  if (items === null || otherItems === null) return one.kind === other.kind ? null : false;
  if (items.length !== otherItems.length || one.kind !== other.kind) return false;
  const equal = new Set(items.map((item, index) => areEqual(item, otherItems[index] ?? item)));
  return equal.has(false) ? false : equal.has(null) ? null : true;
}

function listItems(value: Value): readonly Value[] | null {
  if (value.kind === 'tuple') return value.items;
  return value.kind === 'list' && value.isCertain ? value.items : null;
}

/** What going through a value gives, one by one; null where that cannot be known, or is too much. */
export function itemsOf(value: Value): readonly Value[] | null {
  switch (value.kind) {
    case 'tuple':
      return value.items.length <= mostItems ? value.items : null;
    case 'list':
    case 'set':
      return value.isCertain && value.items.length <= mostItems ? [...value.items] : null;
    case 'dict':
      if (!value.isCertain || value.entries.size > mostItems) return null;
      return [...value.entries.values()].map(([key]) => key);
    case 'text':
      return value.value.length <= mostItems ? Array.from(value.value, (letter) => text(letter)) : null;
    case 'range': {
      const count = Math.max(0, Math.ceil((value.stop - value.start) / value.step));
      if (count > mostItems) return null;
      return Array.from({ length: count }, (_, index) => ({
        kind: 'integer' as const,
        value: BigInt(value.start + index * value.step),
      }));
    }
    case 'class':
      return value.members.length > 0 ? value.members : null;
    default:
      return null;
  }
}

/** A number as JavaScript has it; null for what is none. */
export function numberOf(value: Value): number | null {
  if (value.kind === 'boolean' || value.kind === 'integer' || value.kind === 'float')
    return Number(value.value);
  return null;
}

/** Compares two values as Python does; null where that cannot be known. */
export function compare(operator: Comparison, left: Value, right: Value): boolean | null {
  switch (operator) {
    case '==':
      return areEqual(left, right);
    case '!=':
      return not(areEqual(left, right));
    case 'is':
    case 'is not': {
      const isSame =
        left.kind === 'none' || right.kind === 'none' ? isNone(left, right) : areEqual(left, right);
      return operator === 'is' ? isSame : not(isSame);
    }
    case 'in':
    case 'not in': {
      const found = contains(left, right);
      return operator === 'in' ? found : not(found);
    }
    default:
      return ordered(operator, left, right);
  }
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function isNone(left: Value, right: Value): boolean | null {
  if (left.kind === 'unknown' || right.kind === 'unknown') return null;
  return left.kind === right.kind;
}

function contains(item: Value, container: Value): boolean | null {
  if (item.kind === 'text' && container.kind === 'text') return container.value.includes(item.value);
  const items = itemsOf(container);
  if (items === null) return null;
  const equal = new Set(items.map((held) => areEqual(held, item)));
  return equal.has(true) ? true : equal.has(null) ? null : false;
}

function ordered(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean | null {
  const order = orderOf(left, right);
  if (order === null) return null;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Negative, 0 or positive, as `left` comes before, with or after `right`; null where they have no known order. */
export function orderOf(left: Value, right: Value): number | null {
  if (left.kind === 'text' && right.kind === 'text') {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  const [one, other] = [numberOf(left), numberOf(right)];
  if (one !== null && other !== null) return one - other;
  if (left.kind !== 'tuple' || right.kind !== 'tuple') return null;
  for (const [index, item] of left.items.entries()) {
    const against = right.items[index];
    if (against === undefined) return 1;
    const order = orderOf(item, against);
    if (order !== 0) return order;
  }
  return left.items.length - right.items.length;
}
