import type { StyledText } from '../../shared/terminal-line';
import type { TerminalStyle } from '../../shared/terminal-style';

/** A part of a line that looks the same all through: `match` where it was searched for, `current` where that is gone to. */
export interface MarkedText {
  readonly text: string;
  readonly style: TerminalStyle;
  readonly mark: 'match' | 'current' | null;
}

type Ranges = readonly (readonly [number, number])[];

/** Cuts the parts of a line where marks begin and end. `current` is the position of the strong one among them. */
export function markParts(
  parts: readonly StyledText[],
  ranges: Ranges,
  current: number | null,
): MarkedText[] {
  const marked: MarkedText[] = [];
  let start = 0;
  let at = 0;
  for (const { text, style } of parts) {
    const end = start + text.length;
    let position = start;
    while (position < end) {
      while (at < ranges.length && (ranges[at]?.[1] ?? 0) <= position) at += 1;
      const [from, to] = ranges[at] ?? [Infinity, Infinity];
      const isIn = position >= from;
      const next = Math.min(end, isIn ? to : from);
      const mark = isIn ? (at === current ? 'current' : 'match') : null;
      marked.push({ text: text.slice(position - start, next - start), style, mark });
      position = next;
    }
    start = end;
  }
  return marked;
}
