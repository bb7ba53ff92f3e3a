import { useState, type ReactElement, type RefObject } from 'react';
import { columnsOf, gutterText, gutterWidth, type Gutter } from './log-text';
import { isSelected, type LineSelection } from './line-selection';
import type { LogFeed } from './log-feed';
import { drawnOffset, type LineRange } from './log-scroll';
import { LogRow } from './LogRow';
import type { LogRows } from './use-log-rows';
import classes from './LogView.module.css';

/** Columns of the mark beside a line of stderr. */
const markWidth = 4;

interface LogLinesProps {
  readonly view: RefObject<HTMLElement | null>;
  readonly id: string;
  readonly rows: LogRows;
  readonly drawn: LineRange;
  /** The row at the view's upper edge, with a fraction. */
  readonly top: number;
  readonly gutter: Gutter;
  readonly longest: number;
  readonly selection: LineSelection | null;
}

/** The lines in sight. Only they are drawn, however many there are. */
export function LogLines(props: LogLinesProps): ReactElement {
  const { view, id, rows, drawn, top, gutter, longest, selection } = props;
  const { finder, feed } = rows;
  const { current } = finder;
  return (
    <section
      ref={view}
      id={id}
      className={classes.view}
      aria-label="Log"
      // A region that scrolls has to be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div
        className={classes.rows}
        style={{
          '--gutter': `${gutterWidth(gutter)}ch`,
          minWidth: `max(100%, ${gutterWidth(gutter) + longest + markWidth}ch)`,
          transform: `translateY(${drawnOffset(drawn.first, top)}px)`,
        }}
      >
        {Array.from({ length: drawn.end - drawn.first }, (_, offset) => {
          const row = drawn.first + offset;
          const line = feed.line(row);
          return (
            <LogRow
              key={row}
              row={row}
              gutter={gutterText(gutter, rows.lineAt(row), line)}
              line={line}
              marks={finder.marks(row)}
              current={current?.row === row ? current.inLine : null}
              isSelected={isSelected(selection, row)}
            />
          );
        })}
      </div>
    </section>
  );
}

/** The most columns that a line drawn so far had: the width only grows, so that it does not jump while scrolling. */
export function useLongest(feed: LogFeed, drawn: LineRange): number {
  const [longest, setLongest] = useState(0);
  let seen = longest;
  for (let index = drawn.first; index < drawn.end; index += 1) {
    const line = feed.line(index);
    if (line !== undefined) seen = Math.max(seen, columnsOf(line));
  }
  if (seen > longest) setLongest(seen);
  return seen;
}
