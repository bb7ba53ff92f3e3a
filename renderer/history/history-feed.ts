import type { RunFilter, RunMark } from '../../shared/domain/history';
import type { SlotId } from '../../shared/domain/ids';
import { isUnfinished, type Run } from '../../shared/domain/run';
import type { PanelState } from '../../shared/ipc/state';
import { success } from '../../shared/result';
import { call } from '../bridge';
import { KeysetFeed } from '../stores/keyset-feed';

/** A run with what was put down about it; null where nothing was. */
export interface HistoryRow {
  readonly run: Run;
  readonly mark: RunMark | null;
}

/** The most runs that one list holds. */
export const mostRuns = 10_000;

/** The runs that a filter lets through, newest first; what it says beside the rows is how many there are. */
export function openHistory(slot: SlotId | null, filter: RunFilter): KeysetFeed<HistoryRow, number> {
  return new KeysetFeed<HistoryRow, number>({
    pageSize: 100,
    most: mostRuns,
    isOlder: ({ run }, other) => isOlder(run, other.run),
    canChange: ({ run }) => isUnfinished(run),
    read: async (before, limit) => {
      const reply = await call('history.list', { slot, filter, before: before?.run.id ?? null, limit });
      if (!reply.ok) return reply;
      const marks = new Map(reply.value.marks.map((mark) => [mark.run, mark]));
      const rows = reply.value.runs.map((run) => ({ run, mark: marks.get(run.id) ?? null }));
      return success({ rows, extra: reply.value.total });
    },
  });
}

/** Whether a run was asked for before another. Ids of one second stand in random order, so they only break ties. */
export function isOlder(run: Run, other: Run): boolean {
  return run.requestedAt === other.requestedAt ? run.id < other.id : run.requestedAt < other.requestedAt;
}

/** Changes when a run of the slot, or of any with null, begins, ends or goes from one phase to the next. */
export function phasesMark(slots: PanelState['slots'], slot: SlotId | null): string {
  const runs = slot === null ? Object.values(slots).map((status) => status.run) : [slots[slot]?.run ?? null];
  return runs.map(phaseOf).join('\n');
}

function phaseOf(run: Run | null): string {
  return run === null
    ? ''
    : `${run.id} ${run.phase} ${run.outcome?.kind ?? ''} ${run.connection === null ? '' : 'cut'}`;
}
