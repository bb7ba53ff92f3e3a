import type { Value } from './python-value';

/** `str(value)` of Python; null where it cannot be known. */
export function textOf(value: Value): string | null {
  switch (value.kind) {
    case 'text':
    case 'path':
      return value.value;
    case 'member':
      return `${value.owner.name}.${value.name}`;
    default:
      return reprOf(value);
  }
}

/** `repr(value)` of Python; null where it cannot be known. */
export function reprOf(value: Value): string | null {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'integer':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'text':
      return quoted(value.value);
    case 'list':
      return value.isCertain ? allOf(value.items, '[', ']') : null;
    case 'tuple':
      return allOf(value.items, '(', value.items.length === 1 ? ',)' : ')');
    case 'set':
      if (!value.isCertain) return null;
      return value.items.length === 0 ? 'set()' : allOf(value.items, '{', '}');
    case 'dict': {
      if (!value.isCertain) return null;
      const entries = [...value.entries.values()].map(([key, held]) => {
        const [keyText, heldText] = [reprOf(key), reprOf(held)];
        return keyText === null || heldText === null ? null : `${keyText}: ${heldText}`;
      });
      return entries.every((entry) => entry !== null) ? `{${entries.join(', ')}}` : null;
    }
    case 'range': {
      const { start, stop, step } = value;
      return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
    }
    case 'path':
      return `PosixPath(${quoted(value.value)})`;
    case 'converter':
      return value.text;
    default:
      return null;
  }
}

function allOf(items: readonly Value[], open: string, close: string): string | null {
  const texts = items.map(reprOf);
  return texts.every((item) => item !== null) ? `${open}${texts.join(', ')}${close}` : null;
}

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escapes: Record<string, string> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\\': '\\\\',
    [quote]: `\\${quote}`,
  };
  const escaped = value.replaceAll(/[\\\n\r\t'"]/g, (character) => escapes[character] ?? character);
  // oxlint-disable-next-line no-control-regex -- Python shows these as escapes
  const shown = escaped.replaceAll(/[\u0000-\u001f\u007f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `${quote}${shown}${quote}`;
}

/** A float as Python shows it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  // JavaScript goes over to exponents at other places than Python: below 1e-6 and from 1e21 on.
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
