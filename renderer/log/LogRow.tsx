import { memo, useMemo, type CSSProperties, type ReactElement } from 'react';
import type { LogLine } from '../../shared/ipc/calls/log-calls';
import { overwriteCarriageReturns, parseSgr } from '../../shared/terminal-line';
import { leftOutText } from './log-text';
import { sgrStyle } from './sgr-style';
import classes from './LogRow.module.css';

interface LogRowProps {
  /** What stands left of the line. Drawn by the style sheet, so that it is neither copied nor part of the text. */
  readonly gutter: string;
  /** Undefined while the line is being fetched. */
  readonly line: LogLine | undefined;
}

/** One line of a log, 18 px high, never wrapped. */
export const LogRow = memo(function LogRow({ gutter, line }: LogRowProps): ReactElement {
  const text = line?.text ?? '';
  const parts = useMemo(() => styledParts(text), [text]);
  const leftOut = line === undefined ? null : leftOutText(line.omitted);
  return (
    <div className={classes.row} data-stream={line?.stream === 2 ? 'stderr' : 'stdout'} data-gutter={gutter}>
      <span className={classes.text}>{parts}</span>
      {leftOut === null ? null : <span className={classes.leftOut}>{leftOut}</span>}
    </div>
  );
});

function styledParts(text: string): string | ReactElement[] {
  const parts = parseSgr(overwriteCarriageReturns(text));
  const [only] = parts;
  if (only === undefined) return '';
  const styles = parts.map((part): CSSProperties | null => sgrStyle(part.style));
  if (parts.length === 1 && styles[0] === null) return only.text;
  let column = 0;
  return parts.map((part, position) => {
    const key = column;
    column += part.text.length;
    const style = styles[position];
    return (
      <span key={key} style={style ?? undefined}>
        {part.text}
      </span>
    );
  });
}
