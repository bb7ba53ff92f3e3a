import { useEffect } from 'react';
import { create } from 'zustand';
import type { GroupSummary } from '../../shared/domain/queue';
import { mostGroupsListed } from '../../shared/ipc/calls/group-calls';
import type { QueueView } from '../../shared/ipc/calls/queue-calls';
import { success, type Result } from '../../shared/result';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';

/** How many groups the page lists at first, and how many more it reads each time it is asked. */
const groupsPerPage = 20;

interface QueueStore {
  /** Null until it was read for the first time. */
  readonly view: QueueView | null;
  /** The newest groups, those that are over included. */
  readonly groups: readonly GroupSummary[];
  readonly totalGroups: number;
  /** How many of the newest groups the operator asked to see. */
  readonly wantedGroups: number;
  /** Why it could not be read; null while it can. */
  readonly fault: string | null;
}

/** What the Queue page shows, as it was read last. */
export const useQueueStore = create<QueueStore>(() => ({
  view: null,
  groups: [],
  totalGroups: 0,
  wantedGroups: groupsPerPage,
  fault: null,
}));

let isReading = false;
let isWanted = false;

/** Reads the queue; what changes while it is read is read once more, however often it changes. */
export function refreshQueue(): void {
  isWanted = true;
  if (isReading) return;
  isReading = true;
  readWhileWanted()
    .catch(reportUnexpected('Reading the queue'))
    .finally(() => {
      isReading = false;
    });
}

/** Reads the groups that are older than those listed. The same reading as any other, so that none undoes another. */
export function loadOlderGroups(): void {
  useQueueStore.setState(({ groups }) => ({ wantedGroups: groups.length + groupsPerPage }));
  refreshQueue();
}

async function readWhileWanted(): Promise<void> {
  while (isWanted) {
    isWanted = false;
    const { wantedGroups } = useQueueStore.getState();
    const [view, groups] = await Promise.all([call('queue.read', {}), readGroups(wantedGroups)]);
    const known = useQueueStore.getState();
    useQueueStore.setState({
      view: view.ok ? view.value : known.view,
      groups: groups.ok ? groups.value.groups : known.groups,
      totalGroups: groups.ok ? groups.value.total : known.totalGroups,
      fault: view.ok ? (groups.ok ? null : groups.error.message) : view.error.message,
    });
  }
}

/** The newest groups, in as many pages as main gives them. */
async function readGroups(
  count: number,
): Promise<Result<{ readonly groups: readonly GroupSummary[]; readonly total: number }>> {
  const groups: GroupSummary[] = [];
  for (;;) {
    const limit = Math.min(mostGroupsListed, count - groups.length);
    const reply = await call('group.list', { before: groups.at(-1)?.group.id ?? null, limit });
    if (!reply.ok) return reply;
    groups.push(...reply.value.groups);
    if (groups.length >= count || reply.value.groups.length < limit) {
      return success({ groups, total: reply.value.total });
    }
  }
}

/** The queue, read anew whenever main says that it has changed. */
export function useQueue(): QueueStore {
  const revision = usePanel((state) => state.queue.revision);
  useEffect(() => {
    const { view } = useQueueStore.getState();
    if (view === null || view.revision !== revision || view.fault !== null) refreshQueue();
  }, [revision]);
  return useQueueStore();
}
