import type { RunId, SlotId } from '../../shared/domain/ids';
import {
  entryWord,
  isFinal,
  type GroupId,
  type QueueEntry,
  type QueueEntryId,
} from '../../shared/domain/queue';
import { describeOutcome, scriptName, type Run, type RunOutcome } from '../../shared/domain/run';
import { failure, success, type Result } from '../../shared/result';
import { findEntry, groupOf, isGroupOver, isPending, mapEntries, withGroup, type Queue } from './queue-state';

/*
 * Every change of the queue, as pure functions of the queue: what the operator asks for, and what becomes of runs.
 */

/** The most entries that may wait: more than an operator oversees, and few enough to be shown and kept whole. */
export const mostWaiting = 2000;
/** How many entries that ended stay on the page; the oldest go first. */
const mostFinished = 500;
/** The most characters that the arguments of all waiting entries may have. */
const mostArguments = 2_000_000;

/** Puts entries at the end of the queue, or before all that waits. Refused where the queue would be too long. */
export function addEntries(
  queue: Queue,
  added: readonly Omit<QueueEntry, 'order'>[],
  place: 'first' | 'last',
): Result<Queue> {
  const pending = queue.entries.filter(isPending);
  if (pending.length + added.length > mostWaiting) {
    return failure(
      'queue-full',
      `The queue holds at most ${mostWaiting} waiting entries. Remove some, or wait until some have run.`,
    );
  }
  const characters = [...pending, ...added].flatMap((entry) => entry.args).join('').length;
  if (characters > mostArguments) {
    return failure(
      'queue-full',
      'The arguments in the queue are too long altogether. Wait until some entries have run.',
    );
  }
  const first = pending[0];
  const at = place === 'last' || first === undefined ? queue.entries.length : queue.entries.indexOf(first);
  return success({ ...queue, entries: inserted(queue.entries, at, added) });
}

/** Inserts entries and gives them numbers between their neighbours', or all of them new ones where none are left. */
function inserted(
  entries: readonly QueueEntry[],
  at: number,
  added: readonly Omit<QueueEntry, 'order'>[],
): QueueEntry[] {
  const before = entries[at - 1]?.order ?? (entries[at]?.order ?? 0) - added.length - 1;
  const after = entries[at]?.order ?? before + added.length + 1;
  const step = (after - before) / (added.length + 1);
  const numbered = added.map((entry, index) => ({ ...entry, order: before + step * (index + 1) }));
  const all = [...entries.slice(0, at), ...numbered, ...entries.slice(at)];
  const isOrdered = all.every((entry, index) => index === 0 || (all[index - 1]?.order ?? 0) < entry.order);
  return isOrdered ? all : all.map((entry, order) => ({ ...entry, order }));
}

/** Places a waiting entry before another waiting one, or with null after all. */
export function moveEntry(queue: Queue, id: QueueEntryId, before: QueueEntryId | null): Result<Queue> {
  const entry = pendingEntry(queue, id);
  if (!entry.ok) return entry;
  if (before === id) return success(queue);
  const target = before === null ? null : pendingEntry(queue, before);
  if (target?.ok === false) return target;
  const others = queue.entries.filter((other) => other.id !== id);
  const at = target === null ? others.length : others.indexOf(target.value);
  return success({ ...queue, entries: inserted(others, at, [entry.value]) });
}

export function editEntry(queue: Queue, id: QueueEntryId, args: readonly string[]): Result<Queue> {
  return changePending(queue, id, () => ({ args: [...args] }));
}

export function skipEntry(queue: Queue, id: QueueEntryId): Result<Queue> {
  return changePending(queue, id, () => ({ state: 'skipped', note: 'Skipped by the operator.' }));
}

export function removeEntry(queue: Queue, id: QueueEntryId): Result<Queue> {
  return changePending(queue, id, () => ({ state: 'removed', note: 'Removed by the operator.' }));
}

/** Pauses the queue, with the groups that are under way; with a slot, only what waits for that. */
export function pause(queue: Queue, slot: SlotId | null, reason: string, since: number): Queue {
  if (slot !== null) {
    return { ...queue, pausedSlots: new Map([...queue.pausedSlots, [slot, { since, reason }]]) };
  }
  const groups = [...queue.groups].map(([id, group]) => {
    const holds = !group.isHeld && !isGroupOver(queue, id);
    return [id, holds ? { ...group, isHeld: true } : group] as const;
  });
  return { ...queue, paused: { since, reason }, groups: new Map(groups) };
}

/** Ends the pause of the queue, with that of its groups, or that of a slot. */
export function resume(queue: Queue, slot: SlotId | null): Queue {
  if (slot !== null) {
    return { ...queue, pausedSlots: new Map([...queue.pausedSlots].filter(([id]) => id !== slot)) };
  }
  const groups = [...queue.groups].map(
    ([id, group]) => [id, group.isHeld ? { ...group, isHeld: false } : group] as const,
  );
  return { ...queue, paused: null, groups: new Map(groups) };
}

/**
 * Takes what has ended out of the queue; members of a group stay as long as the group goes on, and while their slots
 * settle, since what comes next waits by them. `now` in Unix milliseconds.
 */
export function clearFinished(queue: Queue, now: number): Queue {
  return without(queue, (entry) => isFinal(entry) && mayGo(queue, entry, now));
}

/** Takes the oldest of what has ended out of the queue where there is too much of it. */
export function trimFinished(queue: Queue, now: number): Queue {
  const finished = queue.entries.filter((entry) => isFinal(entry) && mayGo(queue, entry, now));
  if (finished.length <= mostFinished) return queue;
  const oldest = finished.toSorted((a, b) => (a.endedAt ?? a.addedAt) - (b.endedAt ?? b.addedAt));
  const going = new Set(oldest.slice(0, finished.length - mostFinished));
  return without(queue, (entry) => going.has(entry));
}

function mayGo(queue: Queue, entry: QueueEntry, now: number): boolean {
  if (entry.group === null) return true;
  const settle = (queue.groups.get(entry.group)?.settle ?? 0) * 1000;
  // After a clock that was set back, the next decision puts the end right.
  const isSettling = entry.endedAt !== null && Math.min(entry.endedAt, now) + settle > now;
  return !isSettling && isGroupOver(queue, entry.group);
}

function without(queue: Queue, goes: (entry: QueueEntry) => boolean): Queue {
  const entries = queue.entries.filter((entry) => !goes(entry));
  if (entries.length === queue.entries.length) return queue;
  const named = new Set(entries.map((entry) => entry.group));
  return { ...queue, entries, groups: new Map([...queue.groups].filter(([id]) => named.has(id))) };
}

/** An entry is about to start as this run. */
export function beginEntry(queue: Queue, id: QueueEntryId, run: RunId, now: number): Queue {
  return mapEntries(queue, (entry) =>
    entry.id === id && entry.state === 'waiting'
      ? { ...entry, state: 'running', run, startedAt: now, note: null }
      : entry,
  );
}

/** An entry did not start after all, through no fault of its own: it waits again. */
export function putBack(queue: Queue, id: QueueEntryId, note: string | null): Queue {
  return mapEntries(queue, (entry) =>
    entry.id === id && entry.state === 'running'
      ? { ...entry, state: 'waiting', run: null, startedAt: null, note }
      : entry,
  );
}

/** How an entry's run ended. */
export interface EntryEnd {
  readonly outcome: RunOutcome;
  readonly endedAt: number;
  readonly duration: number | null;
}

/** What a run that is done means for its entry. */
export function endOfRun(run: Run, now: number): EntryEnd {
  const outcome = run.outcome ?? { kind: 'lost', message: 'How the run ended is not known.' };
  const { startedAt, endedAt } = run;
  return {
    outcome,
    // The clock where the script ran may be ahead of ours.
    endedAt: Math.min(endedAt ?? now, now),
    duration: startedAt === null || endedAt === null ? null : endedAt - startedAt,
  };
}

/** What it means for its entry that a run is lost, for a reason that no run tells. */
export function lostEnd(message: string, now: number): EntryEnd {
  return { outcome: { kind: 'lost', message }, endedAt: now, duration: null };
}

/** An entry's run has ended. What does not succeed, an abort included, stops what the operator wanted it to stop. */
export function endEntry(queue: Queue, id: QueueEntryId, end: EntryEnd, now: number): Queue {
  const entry = findEntry(queue, id);
  if (entry?.state !== 'running') return queue;
  const ended: QueueEntry = { ...entry, ...end, state: 'done' };
  const next = mapEntries(queue, (other) => (other.id === id ? ended : other));
  const word = entryWord(ended);
  if (word === 'succeeded') return next;
  const what = `${scriptName(entry.script)} on ${entry.slot} ${word === 'failed' ? 'did not succeed' : `was ${word}`}: ${describeOutcome(end.outcome)}`;
  const group = groupOf(queue, entry);
  if (group !== null) return group.onFailure === 'stop' ? stopGroup(next, group.id, what) : next;
  const waits = next.entries.some((other) => other.slot === entry.slot && isPending(other));
  return next.afterFailure === 'pause-slot' && waits ? pause(next, entry.slot, what, now) : next;
}

/** Skips the members of a group that have not started. `why` is a sentence, kept with the group and the members. */
export function stopGroup(queue: Queue, id: GroupId, why: string): Queue {
  const group = queue.groups.get(id);
  const isLeft = queue.entries.some((entry) => entry.group === id && isPending(entry));
  if (group === undefined || !isLeft) return queue;
  const skipped = mapEntries(queue, (entry) =>
    entry.group === id && isPending(entry) ? { ...entry, state: 'skipped', note: why } : entry,
  );
  return withGroup(skipped, { ...group, stopped: why });
}

function changePending(
  queue: Queue,
  id: QueueEntryId,
  change: (entry: QueueEntry) => Partial<QueueEntry>,
): Result<Queue> {
  const entry = pendingEntry(queue, id);
  if (!entry.ok) return entry;
  return success(mapEntries(queue, (other) => (other.id === id ? { ...other, ...change(other) } : other)));
}

function pendingEntry(queue: Queue, id: QueueEntryId): Result<QueueEntry> {
  const entry = findEntry(queue, id);
  if (entry === null) return failure('entry-gone', 'This entry is not in the queue any more.');
  if (isPending(entry)) return success(entry);
  return failure(
    'entry-not-waiting',
    `${scriptName(entry.script)} on ${entry.slot} does not wait any more: it is ${entryWord(entry)}.`,
  );
}
