import type { PythonLiteral } from './python-literal';

/** How values of one NumPy type are read. */
export interface ArrayType {
  /** NumPy's own word, for example `<f8`. */
  readonly dtype: string;
  /** In words, for example `64-bit floating point`. */
  readonly name: string;
  /** Bytes of one value. */
  readonly size: number;
  /** The number to draw for a value; null where values of this type are no numbers. */
  readonly number: ((view: DataView, offset: number) => number) | null;
  /** The value as text; null where it cannot be read without running code. */
  readonly text: ((view: DataView, offset: number) => string) | null;
}

/** The type that a header's `descr` names; null for one that is not known. */
export function arrayType(descr: PythonLiteral): ArrayType | null {
  if (typeof descr === 'string') return simpleType(descr);
  return Array.isArray(descr) ? structuredType(descr) : null;
}

type Reader = (view: DataView, offset: number) => number;

function simpleType(dtype: string): ArrayType | null {
  const found = /^([<>|=]?)([biufcSaUVOmM])(\d*)(\[[^\]]*\])?$/.exec(dtype);
  if (found === null) return null;
  const [, order = '', letter = '', digits = '', unit = ''] = found;
  const count = Number(digits);
  const little = order !== '>';
  switch (letter) {
    case 'b':
      return numeric(
        dtype,
        'true or false',
        1,
        (view, at) => view.getUint8(at),
        (view, at) => (view.getUint8(at) === 0 ? 'False' : 'True'),
      );
    case 'i':
    case 'u':
      return integer(dtype, letter, count, little);
    case 'f':
      return floating(dtype, count, little);
    case 'c':
      return complex(dtype, count, little);
    case 'm':
    case 'M':
      return moment(dtype, letter, little, unit);
    case 'S':
    case 'a':
      return plain(dtype, `text of ${count} bytes`, count, (view, at) => bytesText(view, at, count));
    case 'U':
      return plain(dtype, `text of ${count} characters`, 4 * count, (view, at) =>
        unicodeText(view, at, count, little),
      );
    case 'V':
      return plain(dtype, `${count} raw bytes`, count, (view, at) => hexText(view, at, count));
    case 'O':
      return { dtype, name: 'Python objects (pickled)', size: 8, number: null, text: null };
    default:
      return null;
  }
}

function plain(dtype: string, name: string, size: number, text: ArrayType['text']): ArrayType {
  return { dtype, name, size, number: null, text };
}

function numeric(
  dtype: string,
  name: string,
  size: number,
  read: Reader,
  text?: ArrayType['text'],
): ArrayType {
  return { dtype, name, size, number: read, text: text ?? ((view, at) => numberText(read(view, at))) };
}

/** A number as Python writes it. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function integer(dtype: string, letter: 'i' | 'u', bytes: number, little: boolean): ArrayType | null {
  const name = `${8 * bytes}-bit whole number${letter === 'u' ? ' without sign' : ''}`;
  const signed = letter === 'i';
  switch (bytes) {
    case 1:
      return numeric(dtype, name, 1, (view, at) => (signed ? view.getInt8(at) : view.getUint8(at)));
    case 2:
      return numeric(dtype, name, 2, (view, at) =>
        signed ? view.getInt16(at, little) : view.getUint16(at, little),
      );
    case 4:
      return numeric(dtype, name, 4, (view, at) =>
        signed ? view.getInt32(at, little) : view.getUint32(at, little),
      );
    case 8: {
      const read = (view: DataView, at: number): bigint =>
        signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
      return numeric(
        dtype,
        name,
        8,
        (view, at) => Number(read(view, at)),
        (view, at) => String(read(view, at)),
      );
    }
    default:
      return null;
  }
}

function floatReader(bytes: number, little: boolean): Reader | null {
  if (bytes === 2) return (view, at) => view.getFloat16(at, little);
  if (bytes === 4) return (view, at) => view.getFloat32(at, little);
  return bytes === 8 ? (view, at) => view.getFloat64(at, little) : null;
}

function floating(dtype: string, bytes: number, little: boolean): ArrayType | null {
  const name = `${8 * bytes}-bit floating point`;
  const read = floatReader(bytes, little);
  if (read !== null) return numeric(dtype, name, bytes, read);
  // The processor's extended precision, which JavaScript cannot read.
  return bytes === 12 || bytes === 16
    ? plain(dtype, name, bytes, (view, at) => hexText(view, at, bytes))
    : null;
}

/** Drawn by magnitude. */
function complex(dtype: string, bytes: number, little: boolean): ArrayType | null {
  const half = bytes / 2;
  const read = floatReader(half, little);
  const name = `complex, ${8 * half}-bit floating point each`;
  if (read === null)
    return bytes === 32 ? plain(dtype, name, bytes, (view, at) => hexText(view, at, bytes)) : null;
  return numeric(
    dtype,
    name,
    bytes,
    (view, at) => Math.hypot(read(view, at), read(view, at + half)),
    (view, at) => {
      const imaginary = numberText(read(view, at + half));
      return `${numberText(read(view, at))}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j`;
    },
  );
}

const perSecond: Readonly<Record<string, bigint>> = { s: 1n, ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };

function moment(dtype: string, letter: 'm' | 'M', little: boolean, unit: string): ArrayType {
  const word = unit.slice(1, -1);
  const text = (view: DataView, at: number): string => {
    const value = view.getBigInt64(at, little);
    if (value === -(2n ** 63n)) return 'NaT';
    const scale = perSecond[word];
    const date = new Date(scale === undefined ? Number.NaN : Number((value * 1000n) / scale));
    return letter === 'm' || Number.isNaN(date.getTime()) ? `${value} ${word}` : date.toISOString();
  };
  const name = letter === 'M' ? `time (${word || 'no unit'})` : `duration (${word || 'no unit'})`;
  return numeric(dtype, name, 8, (view, at) => Number(view.getBigInt64(at, little)), text);
}

function bytesText(view: DataView, at: number, count: number): string {
  return Buffer.from(view.buffer, view.byteOffset + at, count)
    .toString('latin1')
    .replace(/\0+$/, '');
}

function unicodeText(view: DataView, at: number, count: number, little: boolean): string {
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const code = view.getUint32(at + 4 * index, little);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  return text.replace(/\0+$/, '').toWellFormed();
}

function hexText(view: DataView, at: number, count: number): string {
  return `0x${Buffer.from(view.buffer, view.byteOffset + at, count).toString('hex')}`;
}

/** Fields one after another; a field may be an array of its own. */
function structuredType(fields: readonly PythonLiteral[]): ArrayType | null {
  const parts: { name: string; type: ArrayType; count: number; offset: number }[] = [];
  let size = 0;
  for (const field of fields) {
    if (!Array.isArray(field)) return null;
    const [title, descr, shape] = field as readonly PythonLiteral[];
    const type = descr === undefined ? null : arrayType(descr);
    const name: unknown = Array.isArray(title) ? title.at(-1) : title;
    if (type === null || typeof name !== 'string') return null;
    const lengths = Array.isArray(shape) ? shape : [];
    const count = lengths.reduce<number>((product, length) => product * Number(length), 1);
    if (!Number.isSafeInteger(count) || count < 0) return null;
    parts.push({ name, type, count, offset: size });
    size += type.size * count;
  }
  const isReadable = parts.every(({ type }) => type.text !== null);
  const text = (view: DataView, at: number): string =>
    parts
      .filter(({ name }) => name !== '')
      .map(({ name, type, count, offset }) => {
        const shown = Math.min(count, 8);
        const values = Array.from({ length: shown }, (_, index) =>
          type.text?.(view, at + offset + index * type.size),
        );
        const list = `${values.join(', ')}${count > shown ? ', …' : ''}`;
        return `${name}: ${count === 1 ? list : `[${list}]`}`;
      })
      .join(', ');
  const named = parts.filter(({ name }) => name !== '').map(({ name, type }) => `${name} ${type.dtype}`);
  return {
    dtype: `[${named.join(', ')}]`,
    name: `records of ${parts.length} fields`,
    size,
    number: null,
    text: isReadable ? text : null,
  };
}
