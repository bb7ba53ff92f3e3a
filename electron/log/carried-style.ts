import type { LogLine } from '../../shared/ipc/calls/log-calls';
import { plainStyle, sameStyle, sgrSequence } from '../../shared/terminal-style';
import { styleAfter } from '../../shared/terminal-line';

/**
 * Gives each line the style that the lines before it left open, as on a terminal. The first `lead` lines only tell the
 * style in which the rest begin, and are left out.
 */
export function carryStyles(lines: readonly LogLine[], lead: number): LogLine[] {
  let style = plainStyle;
  const styled = lines.map((line) => {
    const carried = sameStyle(style, plainStyle) ? line : { ...line, style: sgrSequence(style) };
    style = styleAfter(line.text, style);
    return carried;
  });
  return styled.slice(lead);
}
