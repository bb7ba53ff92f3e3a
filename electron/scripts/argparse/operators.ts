import { longestText, mostItems } from './limits';
import type { BinaryOperator } from './python-ast';
import { numberOf } from './python-compare';
import { percentFormat } from './python-format';
import { integer, text, type Region, type Value } from './python-value';

/** The result of an operator; null where it cannot be known, or is too large to be worth it. */
export function binary(
  operator: BinaryOperator,
  left: Value,
  right: Value,
  region: Region | null,
): Value | null {
  if (left.kind === 'text') return textOperator(operator, left.value, right);
  if (left.kind === 'path' && operator === '/' && (right.kind === 'text' || right.kind === 'path')) {
    return { kind: 'path', value: joinedPath(left.value, right.value) };
  }
  if (left.kind === 'list' || left.kind === 'tuple') return sequenceOperator(operator, left, right, region);
  if (left.kind === 'set' && right.kind === 'set' && left.isCertain && right.isCertain && operator === '|') {
    return { kind: 'set', items: [...left.items, ...right.items], region, isCertain: true };
  }
  if (
    left.kind === 'dict' &&
    right.kind === 'dict' &&
    left.isCertain &&
    right.isCertain &&
    operator === '|'
  ) {
    return { kind: 'dict', entries: new Map([...left.entries, ...right.entries]), region, isCertain: true };
  }
  if (operator === '*' && (right.kind === 'text' || right.kind === 'list' || right.kind === 'tuple')) {
    return left.kind === 'integer' ? binary(operator, right, left, region) : null;
  }
  return arithmetic(operator, left, right);
}

/** `posixpath.join` of two. */
export function joinedPath(one: string, other: string): string {
  if (other.startsWith('/') || one === '' || one === '.') return other;
  return one.endsWith('/') ? one + other : `${one}/${other}`;
}

function textOperator(operator: BinaryOperator, left: string, right: Value): Value | null {
  if (operator === '%') {
    const filled = percentFormat(left, right);
    return filled === null ? null : text(filled);
  }
  if (operator === '+' && right.kind === 'text') {
    return left.length + right.value.length <= longestText ? text(left + right.value) : null;
  }
  if (operator === '*' && right.kind === 'integer') {
    const times = right.value < 0n ? 0 : Number(right.value);
    return times * left.length <= longestText ? text(left.repeat(times)) : null;
  }
  if (operator === '/' && right.kind === 'path')
    return { kind: 'path', value: joinedPath(left, right.value) };
  return null;
}

function sequenceOperator(
  operator: BinaryOperator,
  left: Extract<Value, { kind: 'list' | 'tuple' }>,
  right: Value,
  region: Region | null,
): Value | null {
  if (left.kind === 'list' && !left.isCertain) return null;
  let items: readonly Value[] | null = null;
  if (operator === '+' && right.kind === left.kind) {
    if (right.kind === 'list' && !right.isCertain) return null;
    items = left.items.length + right.items.length <= mostItems ? [...left.items, ...right.items] : null;
  } else if (operator === '*' && right.kind === 'integer') {
    const times = right.value < 0n ? 0 : Number(right.value);
    if (times * left.items.length > mostItems) return null;
    items = Array.from({ length: times }, () => left.items).flat();
  }
  if (items === null) return null;
  return left.kind === 'tuple'
    ? { kind: 'tuple', items }
    : { kind: 'list', items: [...items], region, isCertain: true };
}

function arithmetic(operator: BinaryOperator, left: Value, right: Value): Value | null {
  const [one, other] = [wholeOf(left), wholeOf(right)];
  if (one !== null && other !== null && operator !== '/') return wholeArithmetic(operator, one, other);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === null || b === null) return null;
  const value = floatArithmetic(operator, a, b);
  return value === null ? null : { kind: 'float', value };
}

function wholeOf(value: Value): bigint | null {
  return value.kind === 'integer' || value.kind === 'boolean' ? BigInt(value.value) : null;
}

function wholeArithmetic(operator: BinaryOperator, a: bigint, b: bigint): Value | null {
  const isSmall = b >= 0n && b <= 512n && a < 2n ** 512n && a > -(2n ** 512n);
  switch (operator) {
    case '+':
      return integer(a + b);
    case '-':
      return integer(a - b);
    case '*':
      return a.toString().length + b.toString().length <= 600 ? integer(a * b) : null;
    case '//':
      return b === 0n ? null : integer((a - modulo(a, b)) / b);
    case '%':
      return b === 0n ? null : integer(modulo(a, b));
    case '**':
      if (b < 0n) return a === 0n ? null : { kind: 'float', value: Number(a) ** Number(b) };
      return isSmall && a.toString().length * Number(b) <= 600 ? integer(a ** b) : null;
    case '<<':
      return isSmall ? integer(a << b) : null;
    case '>>':
      return isSmall ? integer(a >> b) : null;
    case '&':
      return integer(a & b);
    case '|':
      return integer(a | b);
    case '^':
      return integer(a ^ b);
    default:
      return null;
  }
}

/** Python's remainder has the sign of the divisor. */
function modulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function floatArithmetic(operator: BinaryOperator, a: number, b: number): number | null {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - Math.floor(a / b) * b;
    case '**': {
      const power = a ** b;
      return Number.isFinite(power) ? power : null;
    }
    default:
      return null;
  }
}

/** A sign before a value; null where it cannot be known. */
export function signed(operator: '-' | '+' | '~', value: Value): Value | null {
  const whole = wholeOf(value);
  if (whole !== null) return integer(operator === '-' ? -whole : operator === '~' ? ~whole : whole);
  if (value.kind !== 'float' || operator === '~') return null;
  return { kind: 'float', value: operator === '-' ? -value.value : value.value };
}
