import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { isActive, type Run } from '../../shared/domain/run';
import { EmptyState } from '../components/EmptyState';
import type { LogRows } from './use-log-rows';
import classes from './LogView.module.css';

interface NothingToShowProps {
  readonly run: Run;
  readonly rows: LogRows;
  readonly onShowAll: () => void;
}

/** Why no line shows. */
export function NothingToShow({ run, rows, onShowAll }: NothingToShowProps): ReactElement | null {
  if (!rows.isFiltered || run.lines === 0) return <NothingPrinted run={run} />;
  // Whoever filters is told that nothing is there only when that is known.
  if (rows.finder.status?.complete !== true) return null;
  return (
    <div className={classes.nothing}>
      <EmptyState title="No line fits the filter">
        <Button className={classes.showAll ?? ''} onClick={onShowAll}>
          Show all lines
        </Button>
      </EmptyState>
    </div>
  );
}

function NothingPrinted({ run }: { readonly run: Run }): ReactElement {
  return (
    <div className={classes.nothing}>
      {run.log === false ? (
        <EmptyState title="Output was discarded (log: off)">
          Session data and messages are kept all the same. To keep what the next run prints, choose the run’s
          log on the Run tab.
        </EmptyState>
      ) : isActive(run) ? (
        <EmptyState title="This run has printed nothing yet">
          Lines show here as the script prints them.
        </EmptyState>
      ) : (
        <EmptyState title="This run printed nothing">How it ended stands under the slot’s name.</EmptyState>
      )}
    </div>
  );
}
