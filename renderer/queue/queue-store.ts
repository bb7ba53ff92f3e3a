import { useEffect } from 'react';
import { create } from 'zustand';
import type { GroupSummary } from '../../shared/domain/queue';
import type { QueueView } from '../../shared/ipc/calls/queue-calls';
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
  /** Why it could not be read; null while it can. */
  readonly fault: string | null;
}

/** What the Queue page shows, as it was read last. */
export const useQueueStore = create<QueueStore>(() => ({
  view: null,
  groups: [],
  totalGroups: 0,
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

async function readWhileWanted(): Promise<void> {
  while (isWanted) {
    isWanted = false;
    const limit = Math.max(groupsPerPage, useQueueStore.getState().groups.length);
    const [view, groups] = await Promise.all([
      call('queue.read', {}),
      call('group.list', { before: null, limit: Math.min(200, limit) }),
    ]);
    const { groups: known, totalGroups } = useQueueStore.getState();
    useQueueStore.setState({
      view: view.ok ? view.value : useQueueStore.getState().view,
      groups: groups.ok ? groups.value.groups : known,
      totalGroups: groups.ok ? groups.value.total : totalGroups,
      fault: view.ok ? (groups.ok ? null : groups.error.message) : view.error.message,
    });
  }
}

/** Reads the groups that are older than those listed. */
export async function loadOlderGroups(): Promise<void> {
  const { groups } = useQueueStore.getState();
  const before = groups.at(-1)?.group.id ?? null;
  const reply = await call('group.list', { before, limit: groupsPerPage });
  if (!reply.ok) {
    useQueueStore.setState({ fault: reply.error.message });
    return;
  }
  const known = new Set(groups.map((summary) => summary.group.id));
  const older = reply.value.groups.filter((summary) => !known.has(summary.group.id));
  useQueueStore.setState({ groups: [...groups, ...older], totalGroups: reply.value.total });
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
