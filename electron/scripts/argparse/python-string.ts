/** A string literal taken apart. */
export interface StringLiteral {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  /** Offsets of its content within the literal. */
  readonly start: number;
  readonly end: number;
}

/** Prefix and quotes of a string literal. */
export function stringLiteral(text: string): StringLiteral {
  const [whole = '', prefix = '', quotes = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(text) ?? [];
  const isClosed = text.length >= whole.length + quotes.length && text.endsWith(quotes);
  const lowered = prefix.toLowerCase();
  return {
    isRaw: lowered.includes('r'),
    isBytes: lowered.includes('b'),
    start: whole.length,
    end: isClosed ? text.length - quotes.length : text.length,
  };
}

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text that the content of a string literal stands for. Python keeps escapes that it does not know. */
export function unescapeText(content: string): string {
  const escape = /\\(\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[^])/g;
  return content.replaceAll(escape, (whole, code: string) => {
    if (code === '\r\n' || code === '\r') return '';
    const known = simple[code];
    if (known !== undefined) return known;
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    if (/^[xuU]./.test(code)) {
      const point = Number.parseInt(code.slice(1), 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    }
    return whole;
  });
}

/** The value of a number literal; null for a complex number, which nothing here counts with. */
export function numberValue(text: string): bigint | number | null {
  const plain = text.replaceAll('_', '');
  if (/^0[xXoObB]/.test(plain)) return /^0[xXoObB][0-9a-fA-F]+$/.test(plain) ? BigInt(plain) : null;
  if (/[jJ]$/.test(plain)) return null;
  if (/^[0-9]+$/.test(plain)) return plain.length <= 300 ? BigInt(plain) : null;
  return Number(plain);
}
