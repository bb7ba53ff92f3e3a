import { memo, useMemo, type ReactElement } from 'react';
import type { LogMarks } from '../../shared/domain/log-find';
import type { LogLine } from '../../shared/ipc/calls/log-calls';
import { overwriteCarriageReturns, parseSgr } from '../../shared/terminal-line';
import { leftOutText } from './log-text';
import { markParts, type MarkedText } from './marked-text';
import { sgrStyle } from './sgr-style';
import classes from './LogRow.module.css';

interface LogRowProps {
  readonly row: number;
  /** What stands left of the line. Drawn by the style sheet, so that it is neither copied nor part of the text. */
  readonly gutter: string;
  /** Undefined while the line is being fetched. */
  readonly line: LogLine | undefined;
  readonly marks: LogMarks['ranges'];
  /** Which of the marks is the match that was gone to; null where none is. */
  readonly current: number | null;
  readonly isSelected: boolean;
}

/** One line of a log, 18 px high, never wrapped. */
export const LogRow = memo(function LogRow(props: LogRowProps): ReactElement {
  const { row, gutter, line, marks, current, isSelected } = props;
  const text = line === undefined ? '' : (line.style ?? '') + line.text;
  const styled = useMemo(() => parseSgr(overwriteCarriageReturns(text)), [text]);
  const parts = useMemo(() => markParts(styled, marks, current), [styled, marks, current]);
  const leftOut = line === undefined ? null : leftOutText(line.omitted);
  return (
    <div
      className={classes.row}
      data-row={row}
      data-stream={line?.stream === 2 ? 'stderr' : 'stdout'}
      data-gutter={gutter}
      data-selected={isSelected ? 'true' : undefined}
    >
      <span className={classes.text}>{drawnParts(parts)}</span>
      {leftOut === null ? null : <span className={classes.leftOut}>{leftOut}</span>}
    </div>
  );
});

function drawnParts(parts: readonly MarkedText[]): string | ReactElement[] {
  const [only] = parts;
  if (only === undefined) return '';
  if (parts.length === 1 && only.mark === null && sgrStyle(only.style) === null) return only.text;
  let column = 0;
  return parts.map(({ text, style, mark }) => {
    const key = column;
    column += text.length;
    const look = sgrStyle(style) ?? undefined;
    return mark === null ? (
      <span key={key} style={look}>
        {text}
      </span>
    ) : (
      <mark key={key} style={look} data-current={mark === 'current' ? 'true' : undefined}>
        {text}
      </mark>
    );
  });
}
