import type { RunId, SlotId } from '../../shared/domain/ids';
import {
  isFinal,
  type AfterFailure,
  type GroupId,
  type QueueEntry,
  type QueueEntryId,
  type QueuePause,
  type SlotGroup,
} from '../../shared/domain/queue';

/** The whole queue as one value. Entries stand in their order. */
export interface Queue {
  readonly entries: readonly QueueEntry[];
  readonly groups: ReadonlyMap<GroupId, SlotGroup>;
  readonly paused: QueuePause | null;
  readonly pausedSlots: ReadonlyMap<SlotId, QueuePause>;
  readonly afterFailure: AfterFailure;
}

export const emptyQueue: Queue = {
  entries: [],
  groups: new Map(),
  paused: null,
  pausedSlots: new Map(),
  afterFailure: 'pause-slot',
};

/** Whether an entry can still be moved, edited or taken out. */
export function isPending(entry: Pick<QueueEntry, 'state'>): boolean {
  return entry.state === 'waiting' || entry.state === 'blocked';
}

export function findEntry(queue: Queue, id: QueueEntryId): QueueEntry | null {
  return queue.entries.find((entry) => entry.id === id) ?? null;
}

/** The entry whose run this is and still goes on, as far as the queue knows. */
export function entryOfRun(queue: Queue, run: RunId): QueueEntry | null {
  return queue.entries.find((entry) => entry.run === run && entry.state === 'running') ?? null;
}

export function groupOf(queue: Queue, entry: Pick<QueueEntry, 'group'>): SlotGroup | null {
  return entry.group === null ? null : (queue.groups.get(entry.group) ?? null);
}

/** The members of a group, in their order. */
export function membersOf(queue: Queue, group: GroupId): QueueEntry[] {
  return queue.entries.filter((entry) => entry.group === group);
}

/** Whether no member of the group will start or is running. */
export function isGroupOver(queue: Queue, group: GroupId): boolean {
  return membersOf(queue, group).every(isFinal);
}

/** The queue with some entries replaced; the same value where `change` gives each back as it was. */
export function mapEntries(queue: Queue, change: (entry: QueueEntry) => QueueEntry): Queue {
  const entries = queue.entries.map(change);
  return entries.every((entry, index) => entry === queue.entries[index]) ? queue : { ...queue, entries };
}

export function withGroup(queue: Queue, group: SlotGroup): Queue {
  return { ...queue, groups: new Map([...queue.groups, [group.id, group]]) };
}
