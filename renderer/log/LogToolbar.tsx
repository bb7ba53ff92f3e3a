import { Button } from '@mantine/core';
import { ArrowDownToLine } from 'lucide-react';
import type { ReactElement } from 'react';
import { isActive, type Run } from '../../shared/domain/run';
import { Space } from '../components/ListPane';
import { countOf, formatBytes, formatCount } from '../components/time-text';
import { UtcMoment } from '../components/UtcMoment';
import { lostConnection } from '../slot/connection-text';
import { selectedCount, type LineSelection } from './line-selection';
import classes from './LogView.module.css';

interface LogToolbarProps {
  readonly run: Run;
  /** Lines of the whole log. */
  readonly lines: number;
  /** Lines that a filter lets show; null where all do. */
  readonly rows: number | null;
  /** Share of the log that the filter has gone through, 0 to 1. */
  readonly filtered: number;
  readonly selection: LineSelection | null;
  /** Lines that came into the whole log since following stopped; null while following. */
  readonly newLines: number | null;
  readonly onJumpToEnd: () => void;
}

/** How long the log is, what of it is selected, and the way back to its end. */
export function LogToolbar({
  run,
  lines,
  rows,
  filtered,
  selection,
  newLines,
  onJumpToEnd,
}: LogToolbarProps): ReactElement {
  const lost = lostConnection(run);
  return (
    <div className={classes.tools}>
      <span className={classes.size}>
        {rows === null ? countOf(lines, 'line') : `${formatCount(rows)} of ${countOf(lines, 'line')}`}
        {rows === null || filtered > 0.99 ? '' : `, filtering … ${Math.floor(filtered * 100)} %`}
        {run.bytes > 0 ? `, ${formatBytes(run.bytes)}` : ''}
      </span>
      {typeof run.log === 'string' ? (
        <span className={classes.copy} title={run.log}>
          also appended to {run.log}
        </span>
      ) : null}
      <output className={classes.selected} aria-label="Selected lines">
        {selection === null ? '' : `${countOf(selectedCount(selection), 'line')} selected`}
      </output>
      <Space />
      {lost === null ? null : (
        <span
          className={classes.old}
          title="The connection to the run is lost; what it printed since is not here"
        >
          as of <UtcMoment at={lost.since} />
        </span>
      )}
      {newLines === null ? (
        isActive(run) && lost === null ? (
          <span className={classes.newLines}>following</span>
        ) : null
      ) : (
        <>
          <span className={classes.newLines}>
            {newLines > 0 ? `${countOf(newLines, 'new line')}${rows === null ? '' : ' in the log'}` : ''}
          </span>
          <Button
            size="compact-xs"
            className={classes.jump ?? ''}
            leftSection={<ArrowDownToLine size={13} aria-hidden="true" />}
            onClick={onJumpToEnd}
          >
            Jump to end
          </Button>
        </>
      )}
    </div>
  );
}
