import { longestText } from './limits';
import { itemsOf, numberOf } from './python-compare';
import { floatText, reprOf, textOf } from './python-text';
import type { Value } from './python-value';

/** `format(value, specification)`; null where it cannot be known, or Python would refuse. */
export function formatValue(value: Value, specification: string): string | null {
  if (specification === '') return textOf(value);
  const match = /^(?:(.)?([<>^=]))?([+\- ])?#?(0)?(\d{1,4})?([,_])?(?:\.(\d{1,3}))?([a-zA-Z%])?$/u.exec(
    specification,
  );
  if (match === null) return null;
  const [, fill, align, sign, zero, width, grouping, precision, type] = match;
  const shown = plainFormat(value, type ?? '', precision === undefined ? null : Number(precision));
  if (shown === null) return null;
  const isNumber = numberOf(value) !== null;
  let body = isNumber && (sign === '+' || sign === ' ') && !shown.startsWith('-') ? sign + shown : shown;
  if (grouping !== undefined && isNumber) body = body.replace(/\d+/, (digits) => grouped(digits, grouping));
  const filler = fill ?? (zero === undefined ? ' ' : '0');
  const side = align ?? (zero !== undefined && isNumber ? '=' : isNumber ? '>' : '<');
  return padded(body, Number(width ?? 0), filler, side);
}

function grouped(digits: string, separator: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, separator);
}

function padded(body: string, width: number, filler: string, side: string): string {
  const missing = Math.max(0, width - body.length);
  if (missing === 0) return body;
  if (side === '<') return body + filler.repeat(missing);
  if (side === '>') return filler.repeat(missing) + body;
  if (side === '=') {
    const sign = /^[+\- ]/.exec(body)?.[0] ?? '';
    return sign + filler.repeat(missing) + body.slice(sign.length);
  }
  const before = Math.floor(missing / 2);
  return filler.repeat(before) + body + filler.repeat(missing - before);
}

function plainFormat(value: Value, type: string, precision: number | null): string | null {
  if (type === '' || type === 's') {
    if (value.kind === 'text' || value.kind === 'path') {
      return precision === null ? value.value : value.value.slice(0, precision);
    }
    if (type === 's') return null;
    if (value.kind === 'float' && precision !== null) return plainFormat(value, 'g', precision);
    return precision === null ? textOf(value) : null;
  }
  const number = numberOf(value);
  if (number === null) return null;
  const isWhole = value.kind === 'integer' || value.kind === 'boolean';
  switch (type) {
    case 'd':
    case 'n':
      return isWhole ? String(BigInt(value.value)) : null;
    case 'x':
      return isWhole ? BigInt(value.value).toString(16) : null;
    case 'X':
      return isWhole ? BigInt(value.value).toString(16).toUpperCase() : null;
    case 'o':
      return isWhole ? BigInt(value.value).toString(8) : null;
    case 'b':
      return isWhole ? BigInt(value.value).toString(2) : null;
    case 'f':
    case 'F':
      return Math.abs(number) < 1e21 ? fixed(number, precision ?? 6) : null;
    case '%':
      return Math.abs(number) < 1e18 ? `${fixed(number * 100, precision ?? 6)}%` : null;
    case 'e':
      return exponential(number, precision ?? 6);
    case 'g':
      return general(number, precision ?? 6);
    default:
      return null;
  }
}

/** Python rounds what lies exactly between two to the even one, JavaScript to the larger. */
function fixed(value: number, precision: number): string {
  const digits = Math.min(precision, 60);
  const shown = value.toFixed(digits);
  const rest = value.toFixed(Math.min(100, digits + 40)).slice(shown.length + (digits === 0 ? 1 : 0));
  const isTie = /^50*$/.test(rest);
  if (!isTie) return shown;
  const cut = value.toFixed(digits + 1).slice(0, digits === 0 ? -2 : -1);
  return /[02468]\.?$/.test(cut) ? cut : shown;
}

function exponential(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  const digits = Math.max(1, precision);
  const exponent = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1]);
  const isLong = exponent < -4 || exponent >= digits;
  const shown = isLong ? exponential(value, digits - 1) : value.toFixed(Math.max(0, digits - 1 - exponent));
  return shown.includes('.') ? shown.replace(/\.?0+(?=e|$)/, '') : shown;
}

/**
 * `template % values` of Python. `lookUp` gives the text of `%(name)s` where a name that is no plain value has one.
 * Null where it cannot be known, or Python would refuse.
 */
export function percentFormat(
  template: string,
  values: Value,
  lookUp: ((name: string) => Value | string | null) | null = null,
): string | null {
  const given = values.kind === 'tuple' ? values.items : [values];
  let next = 0;
  let isKnown = true;
  const directive = /%(?:\(([^)]*)\))?([-+ #0]*)(\d{1,4}|\*)?(?:\.(\d{1,3}))?[hlL]?(.|$)/gsu;
  const filled = template.replaceAll(directive, (whole: string, ...groups: (string | undefined)[]) => {
    const [name, flags = '', width, precision, type = ''] = groups;
    if (type === '%') return '%';
    let held: Value | string | null;
    if (name !== undefined) held = lookUp === null ? entryOf(values, name) : lookUp(name);
    else {
      held = lookUp === null ? (given[next] ?? null) : null;
      next += 1;
    }
    const shown = held === null ? null : shownAs(held, type, flags, width, precision);
    if (shown === null) isKnown = false;
    return shown ?? whole;
  });
  const areAllUsed = lookUp !== null || next === given.length || values.kind === 'dict';
  return isKnown && areAllUsed && filled.length <= longestText ? filled : null;
}

function shownAs(
  held: Value | string,
  type: string,
  flags: string,
  width: string | undefined,
  precision: string | undefined,
): string | null {
  if (width === '*') return null;
  const align = flags.includes('-') ? '<' : '';
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && align === '' ? '0' : '';
  if (type === 's' || type === 'r' || type === 'a') {
    const shown = typeof held === 'string' ? held : type === 's' ? textOf(held) : reprOf(held);
    if (shown === null) return null;
    const cut = precision === undefined ? shown : shown.slice(0, Number(precision));
    return padded(cut, Number(width ?? 0), ' ', align === '<' ? '<' : '>');
  }
  if (typeof held === 'string') return null;
  const whole = type === 'd' || type === 'i' || type === 'u';
  const value: Value =
    whole && held.kind === 'float' ? { kind: 'integer', value: BigInt(Math.trunc(held.value)) } : held;
  const specification = `${align}${sign}${zero}${width ?? ''}${precision === undefined ? '' : `.${precision}`}`;
  return whole
    ? formatValue(value, `${align}${sign}${zero}${width ?? ''}d`)
    : formatValue(value, `${specification}${type}`);
}

function entryOf(values: Value, name: string): Value | null {
  if (values.kind !== 'dict' || !values.isCertain) return null;
  return values.entries.get(`text ${name}`)?.[1] ?? null;
}

/** `template.format(*positional, **keywords)`; null where it cannot be known. */
export function braceFormat(
  template: string,
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string | null {
  let next = 0;
  let isKnown = true;
  const field = /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g;
  const filled = template.replaceAll(field, (whole: string, ...groups: (string | undefined)[]) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    const [name = '', conversion, specification = ''] = groups;
    if (whole.length === 1) {
      isKnown = false;
      return whole;
    }
    const [head = '', ...path] = name.split(/[.[\]]+/).filter((part, index) => index === 0 || part !== '');
    const value =
      head === '' ? positional[next++] : /^\d+$/.test(head) ? positional[Number(head)] : keywords.get(head);
    const held = value === undefined ? null : path.reduce<Value | null>(partOf, value);
    const shown =
      held === null
        ? null
        : conversion === undefined || conversion === 's'
          ? formatValue(held, specification)
          : reprOf(held);
    if (shown === null) isKnown = false;
    return shown ?? whole;
  });
  return isKnown && filled.length <= longestText ? filled : null;
}

function partOf(value: Value | null, part: string): Value | null {
  if (value === null) return null;
  if (value.kind === 'dict') return entryOf(value, part);
  return /^\d+$/.test(part) ? (itemsOf(value)?.[Number(part)] ?? null) : null;
}
