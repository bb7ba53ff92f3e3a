/** A colour of the terminal's palette (0 to 15 the named ones, up to 255), or one by its parts (0 to 255). */
export type TerminalColor =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'rgb'; readonly red: number; readonly green: number; readonly blue: number };

/** How characters look. A colour that is absent is the default one. */
export interface TerminalStyle {
  readonly color?: TerminalColor;
  readonly background?: TerminalColor;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** The look of text before any SGR sequence. */
export const plainStyle: TerminalStyle = {
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const switches: ReadonlyMap<number, Partial<TerminalStyle>> = new Map([
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [21, { underline: true }],
  [22, { bold: false, dim: false }],
  [23, { italic: false }],
  [24, { underline: false }],
  [27, { inverse: false }],
]);

/**
 * The style after an SGR sequence, of which `parameters` stands between `ESC [` and `m`. Understands 16, 256 and RGB
 * colours, separated by `;` or `:`. Attributes that the panel does not show, and malformed ones, change nothing.
 */
export function applySgr(style: TerminalStyle, parameters: string): TerminalStyle {
  if (!/^[\d;:]*$/.test(parameters)) return style;
  const fields = parameters.split(';').map((field) => field.split(':').map(Number));
  let current = style;
  for (let position = 0; position < fields.length; position += 1) {
    const field = fields[position] ?? [];
    const [code = 0] = field;
    if (code === 38 || code === 48 || code === 58) {
      const inField = field.length > 1;
      const { color, length } = readColor(
        inField ? field.slice(1) : fields.slice(position + 1, position + 5).flat(),
      );
      if (color !== null && code !== 58) current = withColor(current, code === 38, color);
      if (!inField) position += length;
    } else if (code === 4 && field[1] === 0) {
      current = { ...current, underline: false };
    } else {
      current = applyCode(current, code);
    }
  }
  return current;
}

function applyCode(style: TerminalStyle, code: number): TerminalStyle {
  if (code === 0) return plainStyle;
  const change = switches.get(code);
  if (change !== undefined) return { ...style, ...change };
  if (code === 39) return without(style, 'color');
  if (code === 49) return without(style, 'background');
  const isForeground = (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
  const isBackground = (code >= 40 && code <= 47) || (code >= 100 && code <= 107);
  if (!isForeground && !isBackground) return style;
  return withColor(style, isForeground, { kind: 'index', index: (code % 10) + (code >= 90 ? 8 : 0) });
}

/** A colour from what follows 38, 48 or 58, with the number of fields that it takes. */
function readColor(values: readonly number[]): { color: TerminalColor | null; length: number } {
  const [kind, ...rest] = values;
  if (kind === 5) {
    const [index = -1] = rest;
    return { color: index >= 0 && index <= 255 ? { kind: 'index', index } : null, length: 2 };
  }
  if (kind !== 2) return { color: null, length: 1 };
  // `38:2::r:g:b` names a colour space, mostly left empty, before the parts.
  const [red = -1, green = -1, blue = -1] = rest.slice(rest.length > 3 ? 1 : 0);
  const valid = [red, green, blue].every((part) => part >= 0 && part <= 255);
  return { color: valid ? { kind: 'rgb', red, green, blue } : null, length: 4 };
}

function withColor(style: TerminalStyle, isForeground: boolean, color: TerminalColor): TerminalStyle {
  return isForeground ? { ...style, color } : { ...style, background: color };
}

function without(style: TerminalStyle, name: 'color' | 'background'): TerminalStyle {
  const { [name]: _removed, ...rest } = style;
  return rest;
}

/** The SGR sequence that leads from any style to this one. */
export function sgrSequence(style: TerminalStyle): string {
  const codes = ['0'];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.italic) codes.push('3');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.color !== undefined) codes.push(`38;${colorCodes(style.color)}`);
  if (style.background !== undefined) codes.push(`48;${colorCodes(style.background)}`);
  return `\x1b[${codes.join(';')}m`;
}

function colorCodes(color: TerminalColor): string {
  return color.kind === 'index' ? `5;${color.index}` : `2;${color.red};${color.green};${color.blue}`;
}

/** Whether two styles look the same. */
export function sameStyle(one: TerminalStyle, other: TerminalStyle): boolean {
  return one === other || sgrSequence(one) === sgrSequence(other);
}
