import type { SlotId } from '../../shared/domain/ids';
import { isFinal, summariseGroup, type QueueStatus } from '../../shared/domain/queue';
import { membersOf, type Queue } from './queue-state';

/** The most groups that the status carries; the others are on the Queue page. */
const mostGroupsShown = 20;

/** The queue at a glance. */
export function statusOf(queue: Queue, revision: number, fault: string | null): QueueStatus {
  const waiting = new Map<SlotId, number>();
  for (const entry of queue.entries) {
    if (entry.state === 'waiting') waiting.set(entry.slot, (waiting.get(entry.slot) ?? 0) + 1);
  }
  const going = new Set(queue.entries.flatMap((entry) => (isFinal(entry) ? [] : (entry.group ?? []))));
  const groups = [...queue.groups.values()].filter((group) => going.has(group.id));
  return {
    revision,
    fault,
    paused: queue.paused,
    running: queue.entries.filter((entry) => entry.state === 'running').length,
    blocked: queue.entries.filter((entry) => entry.state === 'blocked').length,
    waiting: Object.fromEntries(waiting),
    pausedSlots: Object.fromEntries(queue.pausedSlots),
    groups: groups
      .toSorted((a, b) => b.addedAt - a.addedAt)
      .slice(0, mostGroupsShown)
      .map((group) => summariseGroup(group, membersOf(queue, group.id))),
  };
}
