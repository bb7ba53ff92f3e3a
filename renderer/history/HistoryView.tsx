import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { everyRun } from '../../shared/domain/history';
import type { Run } from '../../shared/domain/run';
import { EmptyState } from '../components/EmptyState';
import { Space } from '../components/ListPane';
import { countOf } from '../components/time-text';
import classes from './History.module.css';
import { RunBrowser } from './RunBrowser';
import { useRunList } from './use-run-list';

interface HistoryViewProps {
  readonly slot: SlotConfig;
  /** Called with the run that the operator opened. */
  readonly onOpen: (run: Run) => void;
}

/** Every run of a slot, newest first, as the History page lists those of all slots. */
export function HistoryView({ slot, onOpen }: HistoryViewProps): ReactElement {
  const list = useRunList(slot.id, everyRun);
  const total = list.shown.extra;
  return (
    <RunBrowser
      place={slot.id}
      list={list}
      onOpen={onOpen}
      head={
        <div className={classes.tools}>
          <span>{total === null ? '' : `${countOf(total, 'run')} on ${slot.id}`}</span>
          <Space />
          <span>{total === null || total === 0 ? '' : 'Double click or Enter opens a run'}</span>
        </div>
      }
      empty={
        <EmptyState title={`No run on ${slot.id} yet`}>
          Choose a script on the Run tab and press Run. Every run is kept here with its log and session data.
        </EmptyState>
      }
    />
  );
}
