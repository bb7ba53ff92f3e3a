import type { QueueSaving, QueueSettings, StoredQueue } from '../store/queue-table';
import { emptyQueue, type Queue } from './queue-state';

/** What has to be written so that the store holds `after` where it held `before`; null where they are the same. */
export function savingOf(before: Queue, after: Queue): QueueSaving | null {
  const held = new Map(before.entries.map((entry) => [entry.id, entry]));
  const entries = after.entries.filter((entry) => held.get(entry.id) !== entry);
  const shown = new Set(after.entries.map((entry) => entry.id));
  const cleared = before.entries.flatMap((entry) => (shown.has(entry.id) ? [] : [entry.id]));
  const groups = [...after.groups.values()].filter((group) => before.groups.get(group.id) !== group);
  const isSettled =
    before.paused === after.paused &&
    before.pausedSlots === after.pausedSlots &&
    before.afterFailure === after.afterFailure;
  const settings = isSettled ? null : settingsOf(after);
  const isSame = entries.length === 0 && cleared.length === 0 && groups.length === 0 && settings === null;
  return isSame ? null : { entries, cleared, groups, settings };
}

function settingsOf({ paused, pausedSlots, afterFailure }: Queue): QueueSettings {
  return { paused, pausedSlots: [...pausedSlots], afterFailure };
}

/** The queue that the store holds. */
export function queueOfStored({ entries, groups, settings }: StoredQueue): Queue {
  return {
    entries,
    groups: new Map(groups.map((group) => [group.id, group])),
    paused: settings?.paused ?? null,
    pausedSlots: new Map(settings?.pausedSlots ?? []),
    afterFailure: settings?.afterFailure ?? emptyQueue.afterFailure,
  };
}
