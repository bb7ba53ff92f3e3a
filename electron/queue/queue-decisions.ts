import type { SlotId } from '../../shared/domain/ids';
import { isFinal, type GroupId, type QueueEntry, type SlotGroup } from '../../shared/domain/queue';
import { scriptName } from '../../shared/domain/run';
import { groupOf, mapEntries, type Queue } from './queue-state';

/** What the queue has to know of the panel to decide. */
export interface QueueWorld {
  /** Unix milliseconds. */
  readonly now: number;
  /** The slots that crates have. */
  readonly slots: ReadonlySet<SlotId>;
  /** The scripts of the runs that hold a slot, the queue's own and the operator's. */
  readonly busy: ReadonlyMap<SlotId, string>;
}

/** What keeps an entry from starting, in a sentence; `until` (Unix milliseconds) where time alone ends it. */
export interface Hold {
  readonly text: string;
  readonly until: number | null;
}

/** What is to be done: the queue as it is now, what starts, and when to look again though nothing happens. */
export interface QueueDecision {
  readonly queue: Queue;
  readonly starts: readonly QueueEntry[];
  readonly wakeAt: number | null;
}

/**
 * Decides what starts now. The rules: one run per slot; on a slot, entries in their order; a sequential group one member
 * at a time, in order, with its settle time between; nothing that is paused, or whose slot no crate has.
 */
export function decide(before: Queue, world: QueueWorld): QueueDecision {
  const queue = withBlocks(withPastEnds(before, world), world);
  const holds = holdsOf(queue, world);
  const waits = [...holds.values()].flatMap((hold) => hold?.until ?? []);
  return {
    queue,
    starts: queue.entries.filter((entry) => holds.get(entry) === null),
    wakeAt: waits.length === 0 ? null : Math.min(...waits),
  };
}

/**
 * Lets no entry have ended later than now: the clock was set back since. Once written down, the end stands still, so that
 * settling after it is over in its time and not when the clock has caught up.
 */
function withPastEnds(queue: Queue, { now }: QueueWorld): Queue {
  return mapEntries(queue, (entry) =>
    entry.endedAt !== null && entry.endedAt > now ? { ...entry, endedAt: now } : entry,
  );
}

/** Blocks what waits for a slot that no crate has any more, and lets it wait again when the slot is back. */
function withBlocks(queue: Queue, { slots }: QueueWorld): Queue {
  return mapEntries(queue, (entry) => {
    const isThere = slots.has(entry.slot);
    if (entry.state === 'waiting' && !isThere) {
      const note = `No crate has the slot ${entry.slot} any more. It waits again when crates.yaml has it, or remove it.`;
      return { ...entry, state: 'blocked', note };
    }
    return entry.state === 'blocked' && isThere ? { ...entry, state: 'waiting', note: null } : entry;
  });
}

/** What each waiting entry waits for; null for one that starts now. One pass: a queue may hold thousands. */
export function holdsOf(queue: Queue, world: QueueWorld): Map<QueueEntry, Hold | null> {
  const slots = slotsInUse(queue, world);
  const sequences = new Map<GroupId, Sequence>();
  for (const entry of queue.entries) {
    const group = groupOf(queue, entry);
    if (group?.mode !== 'sequential') continue;
    const sequence = sequences.get(group.id) ?? { running: null, lastEnd: null, ahead: null };
    sequences.set(group.id, sequence);
    if (entry.state === 'running') sequence.running = entry;
    if (entry.endedAt !== null) sequence.lastEnd = Math.max(sequence.lastEnd ?? 0, entry.endedAt);
  }
  const holds = new Map<QueueEntry, Hold | null>();
  for (const entry of queue.entries) {
    const group = groupOf(queue, entry);
    const sequence = group === null ? undefined : sequences.get(group.id);
    if (entry.state === 'waiting') {
      const slot = slots.of(entry.slot);
      const paused = pauseOf(queue, entry, group);
      const hold =
        paused ?? slotHold(slot, world) ?? (group === null ? null : turnHold(group, sequence, world));
      holds.set(entry, hold);
      // What is paused as a whole stands aside for a group that the operator started since; all else keeps its place.
      if (paused === null || queue.pausedSlots.has(entry.slot)) slot.ahead ??= entry;
    }
    const isPassedOver = entry.state === 'blocked' && group?.onFailure === 'go-on';
    if (sequence !== undefined && !isFinal(entry) && !isPassedOver) sequence.ahead ??= entry;
  }
  return holds;
}

/** How a sequential group stands: who runs, when somebody ended last, and who is next. */
interface Sequence {
  running: QueueEntry | null;
  lastEnd: number | null;
  ahead: QueueEntry | null;
}

/** How a slot stands: the script that holds it, until when it settles, and who waits for it first. */
interface SlotUse {
  busy: string | null;
  settlesUntil: number;
  ahead: QueueEntry | null;
}

function slotsInUse(queue: Queue, world: QueueWorld) {
  const uses = new Map<SlotId, SlotUse>();
  const of = (slot: SlotId): SlotUse => {
    const use = uses.get(slot) ?? { busy: world.busy.get(slot) ?? null, settlesUntil: 0, ahead: null };
    uses.set(slot, use);
    return use;
  };
  for (const entry of queue.entries) {
    const use = of(entry.slot);
    if (entry.state === 'running') use.busy ??= entry.script;
    const settle = groupOf(queue, entry)?.settle ?? 0;
    if (entry.endedAt !== null && settle > 0) {
      use.settlesUntil = Math.max(use.settlesUntil, endOfSettling(entry.endedAt, settle, world.now));
    }
  }
  return { of };
}

function pauseOf(queue: Queue, entry: QueueEntry, group: SlotGroup | null): Hold | null {
  const isPaused = group?.isImmediate === true ? group.isHeld : queue.paused !== null;
  if (isPaused) return { text: 'The queue is paused.', until: null };
  return queue.pausedSlots.has(entry.slot) ? { text: `${entry.slot} is paused.`, until: null } : null;
}

function slotHold({ busy, settlesUntil, ahead }: SlotUse, { now }: QueueWorld): Hold | null {
  if (busy !== null) return { text: `Waits for ${scriptName(busy)}, which runs on this slot.`, until: null };
  if (ahead !== null) {
    return { text: `Waits for ${scriptName(ahead.script)}, which is before it on this slot.`, until: null };
  }
  return settlesUntil > now ? { text: 'The slot settles.', until: settlesUntil } : null;
}

function turnHold(group: SlotGroup, sequence: Sequence | undefined, { now }: QueueWorld): Hold | null {
  if (sequence === undefined) return null;
  const { running, ahead, lastEnd } = sequence;
  const before = running ?? ahead;
  if (before !== null) return { text: `Waits for its turn, after ${before.slot}.`, until: null };
  const until = lastEnd === null ? now : endOfSettling(lastEnd, group.settle, now);
  return until > now ? { text: 'The group settles.', until } : null;
}

/** Never longer than the settle time from now, also where a view looks before ends were put right. */
function endOfSettling(endedAt: number, settle: number, now: number): number {
  return Math.min(endedAt, now) + settle * 1000;
}
