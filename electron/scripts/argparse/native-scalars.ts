import type { Arguments } from './machine';
import { numberOf, truthOf } from './python-compare';
import { formatValue } from './python-format';
import { numberValue } from './python-string';
import { reprOf, textOf } from './python-text';
import { boolean, integer, text, type Value } from './python-value';

/** Functions that make a number of a value; null for what is none of them or cannot be worked out. */
export function numberFunction(name: string, [first, second]: readonly Value[]): Value | null {
  if (first === undefined) return null;
  const number = numberOf(first);
  switch (name) {
    case 'int': {
      if (second !== undefined) return null;
      if (first.kind === 'float')
        return Number.isFinite(first.value) ? integer(Math.trunc(first.value)) : null;
      if (first.kind === 'text')
        return /^[+-]?\d{1,300}$/.test(first.value.trim()) ? integer(BigInt(first.value.trim())) : null;
      return number === null ? null : integer(number);
    }
    case 'float': {
      if (number !== null) return { kind: 'float', value: number };
      const word = first.kind === 'text' ? first.value.trim().toLowerCase() : '';
      if (/^[+-]?inf(inity)?$/.test(word)) {
        return {
          kind: 'float',
          value: word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
        };
      }
      if (/^[+-]?nan$/.test(word)) return { kind: 'float', value: Number.NaN };
      const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)
        ? numberValue(word.replace(/^[+-]/, ''))
        : null;
      return value === null
        ? null
        : { kind: 'float', value: word.startsWith('-') ? -Number(value) : Number(value) };
    }
    case 'bool': {
      const truth = truthOf(first);
      return truth === null ? null : boolean(truth);
    }
    case 'abs':
      if (first.kind === 'integer') return integer(first.value < 0n ? -first.value : first.value);
      return first.kind === 'float' ? { kind: 'float', value: Math.abs(first.value) } : null;
    default:
      return null;
  }
}

/** Functions that make text of a value; null for what is none of them or cannot be worked out. */
export function textFunction(name: string, { positional: [first, second] }: Arguments): Value | null {
  if (first === undefined) return name === 'str' ? text('') : null;
  const shown = (made: string | null): Value | null => (made === null ? null : text(made));
  switch (name) {
    case 'str':
      return shown(textOf(first));
    case 'repr':
      return shown(reprOf(first));
    case 'format':
      return shown(formatValue(first, second?.kind === 'text' ? second.value : ''));
    case 'chr': {
      const code = numberOf(first);
      return code !== null && code >= 0 && code <= 0x10ffff ? text(String.fromCodePoint(code)) : null;
    }
    case 'textwrap.dedent':
      return first.kind === 'text' ? text(dedented(first.value)) : null;
    default:
      return null;
  }
}

/** `textwrap.dedent`. */
export function dedented(value: string): string {
  const lines = value.split('\n').map((line) => (line.trim() === '' ? '' : line));
  const indents = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const least = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(least)).join('\n');
}
