import { useEffect, useMemo, useRef } from 'react';
import { isUnfinished, type Run } from '../../shared/domain/run';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import type { HistoryRow } from './history-feed';
import { freshenSelected, useRunSelection } from './run-selection';

/** The selected runs of a list as they are now: as its rows say, or for those that left its filter, as read anew. */
export function useSelectedRuns(place: string, rows: readonly HistoryRow[]): readonly Run[] {
  const { runs } = useRunSelection(place);
  const selected = useRef(runs);
  useEffect(() => {
    selected.current = runs;
  }, [runs]);
  // The list is read anew when a run begins, ends or changes its phase, and so are these.
  useEffect(() => {
    for (const run of selected.current) {
      if (listedRun(rows, run) === null && isUnfinished(run)) {
        readAnew(run).catch(reportUnexpected(`Reading run ${run.id}`));
      }
    }
  }, [rows]);
  return useMemo(() => runs.map((run) => listedRun(rows, run) ?? run), [runs, rows]);
}

function listedRun(rows: readonly HistoryRow[], { id }: Run): Run | null {
  return rows.find((row) => row.run.id === id)?.run ?? null;
}

async function readAnew(run: Run): Promise<void> {
  const reply = await call('history.read', { run: run.id });
  // Where the database cannot be read, the list itself says so.
  if (reply.ok) freshenSelected(reply.value.run);
}
