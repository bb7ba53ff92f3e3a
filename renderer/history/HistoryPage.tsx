import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, type ReactElement } from 'react';
import type { RunFilter } from '../../shared/domain/history';
import type { Run } from '../../shared/domain/run';
import { call } from '../bridge';
import { EmptyState } from '../components/EmptyState';
import { ListHead, typingRest } from '../components/ListHead';
import { SaveListButton } from '../components/SaveListButton';
import { countOf } from '../components/time-text';
import { addNotice } from '../stores/notice-store';
import { hasFilters, noFilters, readFilter } from './history-filter';
import { changeFilters, useHistoryStore } from './history-store';
import { FilterSwitches, HistoryFilters } from './HistoryFilters';
import { openRun } from './run-actions';
import { RunBrowser } from './RunBrowser';
import { useRunList } from './use-run-list';

/** Not a name that a slot can have. */
export const historyPlace = 'History page';

/** Every run of every slot: filtered, looked at, noted, run again, exported, compared. */
export function HistoryPage(): ReactElement {
  const filters = useHistoryStore((store) => store.filters);
  const [settled] = useDebouncedValue(filters, typingRest);
  const filter = useMemo(() => readFilter(settled), [settled]);
  const isFiltered = hasFilters(settled);
  const list = useRunList(null, filter);
  const total = list.shown.extra;
  return (
    <RunBrowser
      place={historyPlace}
      list={list}
      onOpen={open}
      head={
        <>
          <ListHead
            title="History"
            foundLabel="Runs found"
            found={total === null ? '' : `${countOf(total, 'run')}${isFiltered ? ' found' : ''}`}
          >
            <FilterSwitches />
            <SaveListButton name="the list" isEmpty={(total ?? 0) === 0} save={() => save(filter)} />
          </ListHead>
          <HistoryFilters />
        </>
      }
      empty={
        isFiltered ? (
          <EmptyState
            title="No run fits the filters"
            action={<Button onClick={() => changeFilters(noFilters)}>Clear all filters</Button>}
          >
            Widen them, or clear them to see every run.
          </EmptyState>
        ) : (
          <EmptyState title="No run yet">
            Open a slot, choose a script on its Run tab and press Run. Every run is kept here with its log and
            session data.
          </EmptyState>
        )
      }
    />
  );
}

function open(run: Run): void {
  if (!openRun(run)) {
    addNotice(
      'warning',
      `${run.slot} is not in crates.yaml any more, so the run has no page. Export it to see its log and data.`,
    );
  }
}

async function save(filter: RunFilter): Promise<void> {
  const reply = await call('history.saveList', { slot: null, filter });
  if (!reply.ok) addNotice('error', `The list could not be saved. ${reply.error.message}`);
  else if (reply.value.path !== null) {
    addNotice('info', `${countOf(reply.value.runs, 'run')} saved in ${reply.value.path}.`);
  }
}
