import type { CSSProperties } from 'react';
import type { TerminalColor, TerminalStyle } from '../../shared/terminal-style';

/** The sixteen named colours, as red, green and blue. */
const named: readonly (readonly [number, number, number])[] = [
  [0x2e, 0x34, 0x36],
  [0xd0, 0x30, 0x30],
  [0x3c, 0xa0, 0x3c],
  [0xb8, 0x86, 0x0b],
  [0x3a, 0x78, 0xd0],
  [0xa0, 0x50, 0xb0],
  [0x1f, 0x9a, 0x9a],
  [0xc8, 0xcc, 0xd0],
  [0x7a, 0x80, 0x86],
  [0xf0, 0x60, 0x60],
  [0x60, 0xd0, 0x60],
  [0xe8, 0xc8, 0x50],
  [0x70, 0xa8, 0xf8],
  [0xd0, 0x88, 0xe0],
  [0x50, 0xd0, 0xd0],
  [0xf4, 0xf6, 0xf8],
];

/** Steps of the 6 × 6 × 6 cube of colours 16 to 231. */
const cube = [0, 95, 135, 175, 215, 255] as const;

/** How a part of a line is drawn; null for the plain style. Colours are kept legible by the style sheet's bounds. */
export function sgrStyle(style: TerminalStyle): CSSProperties | null {
  const result: CSSProperties = {};
  const color = style.color === undefined ? null : legible(style.color);
  if (style.inverse) {
    result.background = color ?? 'var(--text)';
    result.color = 'var(--pane)';
  } else {
    if (color !== null) result.color = color;
    else if (style.dim) result.color = 'var(--faint)';
    // Only a tint, so that any text on it can still be read.
    if (style.background !== undefined) result.background = tint(style.background);
  }
  if (style.bold) result.fontWeight = 700;
  if (style.italic) result.fontStyle = 'italic';
  if (style.underline) result.textDecoration = 'underline';
  return Object.keys(result).length === 0 ? null : result;
}

function legible(color: TerminalColor): string {
  return `oklch(from ${rgb(color)} clamp(var(--sgr-darkest), l, var(--sgr-lightest)) c h)`;
}

function tint(color: TerminalColor): string {
  return `color-mix(in srgb, ${rgb(color)} 22%, var(--pane))`;
}

function rgb(color: TerminalColor): string {
  const [red, green, blue] =
    color.kind === 'rgb' ? [color.red, color.green, color.blue] : paletteColor(color.index);
  return `rgb(${red} ${green} ${blue})`;
}

/** A colour of the 256-colour palette: the named ones, the cube, then 24 greys. */
export function paletteColor(index: number): readonly [number, number, number] {
  const fixed = named[index];
  if (fixed !== undefined) return fixed;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const place = index - 16;
  const step = (divisor: number): number => cube[Math.floor(place / divisor) % 6] ?? 0;
  return [step(36), step(6), step(1)];
}
