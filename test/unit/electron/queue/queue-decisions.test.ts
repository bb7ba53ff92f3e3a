import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginEntry,
  clearFinished,
  endEntry,
  moveEntry,
  pause,
  resume,
} from '../../../../electron/queue/queue-changes';
import { decide, holdsOf, type QueueWorld } from '../../../../electron/queue/queue-decisions';
import { emptyQueue, groupOf, isPending, type Queue } from '../../../../electron/queue/queue-state';
import type { SlotId } from '../../../../shared/domain/ids';
import { entryWord, isFinal, type QueueEntry, type SlotGroup } from '../../../../shared/domain/queue';
import type { RunOutcome } from '../../../../shared/domain/run';
import { entryId, groupId, makeEntry, makeGroup, noon, runNumber, slotNumber } from '../../../fixtures/queue';

const slots = [2, 3, 4].map(slotNumber);
const world = (parts: Partial<QueueWorld> = {}): QueueWorld => ({
  now: noon,
  slots: new Set(slots),
  busy: new Map(),
  ...parts,
});

function queueOf(entries: readonly QueueEntry[], groups: readonly SlotGroup[] = []): Queue {
  return { ...emptyQueue, entries, groups: new Map(groups.map((group) => [group.id, group])) };
}

const started = (queue: Queue, parts: Partial<QueueWorld> = {}): string[] =>
  decide(queue, world(parts)).starts.map((entry) => entry.id);
const holdOf = (queue: Queue, name: string | number, parts: Partial<QueueWorld> = {}) =>
  [...holdsOf(queue, world(parts))].find(([entry]) => entry.id === entryId(name))?.[1];

describe('one run per slot', () => {
  it('starts the first entry of every slot, and those behind it say what they wait for', () => {
    const queue = queueOf([
      makeEntry(1, { script: '/s/tune.py' }),
      makeEntry(2),
      makeEntry(3, { slot: slotNumber(3) }),
    ]);
    expect(started(queue)).toEqual(['entry-1', 'entry-3']);
    expect(holdOf(queue, 2)?.text).toBe('Waits for tune.py, which is before it on this slot.');
  });

  it('waits for a run that is not the queue’s own, and says whose', () => {
    const queue = queueOf([makeEntry(1)]);
    const busy = new Map([[slotNumber(2), '/s/take_noise.py']]);
    expect(started(queue, { busy })).toEqual([]);
    expect(holdOf(queue, 1, { busy })?.text).toBe('Waits for take_noise.py, which runs on this slot.');
  });

  it('takes an entry that runs for a run, though the panel does not know of it yet', () => {
    const queue = queueOf([makeEntry(1, { state: 'running' }), makeEntry(2)]);
    expect(started(queue)).toEqual([]);
  });
});

describe('a slot that no crate has', () => {
  it('blocks what waits for it with a sentence, and what comes back waits again', () => {
    const gone = slotNumber(9);
    const { queue, starts } = decide(queueOf([makeEntry(1, { slot: gone }), makeEntry(2)]), world());
    expect(starts.map((entry) => entry.id)).toEqual([entryId(2)]);
    expect(queue.entries[0]).toMatchObject({ state: 'blocked' });
    expect(queue.entries[0]?.note).toContain('No crate has the slot crate1slot9 any more');
    const back = decide(queue, world({ slots: new Set([...slots, gone]) }));
    expect(back.queue.entries[0]).toMatchObject({ state: 'waiting', note: null });
    expect(back.starts).toHaveLength(2);
  });

  it('holds up a group that stops on failure, and is passed over by one that goes on', () => {
    const members = [
      makeEntry(1, { slot: slotNumber(9), group: groupId(1) }),
      makeEntry(2, { group: groupId(1) }),
    ];
    const sequential = { mode: 'sequential' } as const;
    expect(started(queueOf(members, [makeGroup(1, sequential)]))).toEqual([]);
    expect(started(queueOf(members, [makeGroup(1, { ...sequential, onFailure: 'go-on' })]))).toEqual([
      'entry-2',
    ]);
  });
});

describe('a pause', () => {
  it('of the queue holds everything but groups that were started since', () => {
    const before = queueOf(
      [makeEntry(1), makeEntry(2, { slot: slotNumber(3), group: groupId(1) })],
      [makeGroup(1)],
    );
    const paused = pause(before, null, 'Paused by the operator.', noon);
    expect(started(paused)).toEqual([]);
    expect(holdOf(paused, 1)?.text).toBe('The queue is paused.');
    const later = { ...paused, groups: new Map([[groupId(1), makeGroup(1)]]) };
    expect(started(later)).toEqual(['entry-2']);
    expect(started(resume(paused, null))).toEqual(['entry-1', 'entry-2']);
  });

  it('of the queue lets a group that was started since pass what is held on its slot', () => {
    const paused = pause(queueOf([makeEntry(1)]), null, 'Paused by the operator.', noon);
    const queue = {
      ...paused,
      entries: [...paused.entries, makeEntry(2, { group: groupId(1) })],
      groups: new Map([[groupId(1), makeGroup(1)]]),
    };
    expect(started(queue)).toEqual(['entry-2']);
  });

  it('of a slot holds all that waits for it and nothing else', () => {
    const queue = pause(
      queueOf([makeEntry(1), makeEntry(2, { slot: slotNumber(3) })]),
      slotNumber(2),
      'Paused by the operator.',
      noon,
    );
    expect(started(queue)).toEqual(['entry-2']);
    expect(holdOf(queue, 1)?.text).toBe('crate1slot2 is paused.');
    expect(started(resume(queue, slotNumber(2)))).toEqual(['entry-1', 'entry-2']);
  });
});

describe('a sequential group', () => {
  const group = makeGroup(1, { mode: 'sequential', settle: 30 });
  const members = slots.map((slot, index) => makeEntry(index + 1, { slot, group: group.id }));

  it('runs one member at a time, in order', () => {
    const queue = queueOf(members, [group]);
    expect(started(queue)).toEqual(['entry-1']);
    expect(holdOf(queue, 2)?.text).toBe('Waits for its turn, after crate1slot2.');
    const running = beginEntry(queue, entryId(1), runNumber(1), noon);
    expect(started(running)).toEqual([]);
  });

  it('settles between members, and looks again when that is over', () => {
    const end = { outcome: { kind: 'exited', code: 0 } as const, endedAt: noon, duration: 5 };
    const running = beginEntry(queueOf(members, [group]), entryId(1), runNumber(1), noon - 10);
    const ended = endEntry(running, entryId(1), end, noon);
    expect(decide(ended, world())).toMatchObject({ starts: [], wakeAt: noon + 30_000 });
    expect(holdOf(ended, 2)?.text).toBe('The group settles.');
    expect(started(ended, { now: noon + 29_999 })).toEqual([]);
    expect(started(ended, { now: noon + 30_000 })).toEqual(['entry-2']);
  });

  it('settles on the slot too, before what comes after the group', () => {
    const done = makeEntry(1, { group: group.id, state: 'done', endedAt: noon });
    const queue = queueOf([done, makeEntry(2)], [group]);
    expect(holdOf(queue, 2)).toEqual({ text: 'The slot settles.', until: noon + 30_000 });
  });

  it('does not settle for longer because the clock was set back', () => {
    const done = makeEntry(1, { group: group.id, state: 'done', endedAt: noon + 3_600_000 });
    const queue = queueOf([done, makeEntry(2, { group: group.id, slot: slotNumber(3) })], [group]);
    const { queue: settling, wakeAt } = decide(queue, world());
    expect(wakeAt).toBe(noon + 30_000);
    expect(decide(settling, world({ now: noon + 20_000 }))).toMatchObject({ starts: [], wakeAt });
    expect(started(settling, { now: noon + 30_000 })).toEqual(['entry-2']);
    const after = decide(queueOf([done, makeEntry(3)], [group]), world()).queue;
    expect(started(after, { now: noon + 30_000 })).toEqual(['entry-3']);
    expect(clearFinished(after, noon + 30_000).entries).toHaveLength(1);
  });
});

const outcomes: readonly RunOutcome[] = [
  { kind: 'exited', code: 0 },
  { kind: 'exited', code: 1 },
  { kind: 'aborted', stage: 'interrupt', code: null, signal: 'SIGINT' },
  { kind: 'lost', message: 'gone' },
];

/** Any queue of up to four groups and some single entries on three slots, and what happens to it. */
const anyStory = fc.record({
  groups: fc.array(
    fc.record({
      mode: fc.constantFrom('concurrent', 'sequential'),
      onFailure: fc.constantFrom('stop', 'go-on'),
      settle: fc.constantFrom(0, 5),
      isImmediate: fc.boolean(),
    } as const),
    { maxLength: 4 },
  ),
  entries: fc.array(fc.record({ slot: fc.nat(2), group: fc.nat(5) }), { maxLength: 14 }),
  afterFailure: fc.constantFrom('pause-slot' as const, 'go-on' as const),
  steps: fc.array(
    fc.record({
      pick: fc.nat(50),
      other: fc.nat(50),
      outcome: fc.constantFrom(...outcomes),
      does: fc.constantFrom('end', 'end', 'end', 'move', 'pause', 'resume', 'pause-slot', 'time', 'busy'),
    } as const),
    { maxLength: 40 },
  ),
});
type Story = typeof anyStory extends fc.Arbitrary<infer Value> ? Value : never;

function queueOfStory({ groups, entries, afterFailure }: Story): Queue {
  const made = groups.map((group, index) => makeGroup(index, group));
  const placed = entries.map(({ slot, group }, index) =>
    makeEntry(index, { slot: slots[slot]!, group: made[group]?.id ?? null, order: index }),
  );
  return { ...queueOf(placed, made), afterFailure };
}

/** Plays a story: after each step everything that may start does. `look` sees every start and the queue before it. */
function play(
  story: Story,
  look: (starts: readonly QueueEntry[], queue: Queue, now: number, busy: ReadonlySet<SlotId>) => void,
): Queue {
  let queue = queueOfStory(story);
  let now = noon;
  const busy = new Set<SlotId>();
  let runs = 0;
  const advance = (): void => {
    const held = new Map([...busy].map((slot) => [slot, '/s/other.py']));
    const decided = decide(queue, world({ now, busy: held }));
    look(decided.starts, decided.queue, now, busy);
    queue = decided.queue;
    for (const entry of decided.starts) {
      runs += 1;
      queue = beginEntry(queue, entry.id, runNumber(runs), now);
    }
  };
  advance();
  for (const { does, pick, other, outcome } of story.steps) {
    const running = queue.entries.filter((entry) => entry.state === 'running');
    const pending = queue.entries.filter(isPending);
    const slot = slots[pick % slots.length]!;
    if (does === 'end' && running.length > 0) {
      const entry = running[pick % running.length]!;
      queue = endEntry(queue, entry.id, { outcome, endedAt: now, duration: 1 }, now);
    }
    if (does === 'move' && pending.length > 1) {
      const moved = moveEntry(queue, pending[pick % pending.length]!.id, pending[other % pending.length]!.id);
      if (moved.ok) queue = moved.value;
    }
    if (does === 'pause') queue = pause(queue, null, 'Paused.', now);
    if (does === 'pause-slot') queue = pause(queue, slot, 'Paused.', now);
    if (does === 'resume') queue = resume(resume(queue, null), slot);
    if (does === 'time') now += 5000;
    if (does === 'busy') {
      if (busy.has(slot)) busy.delete(slot);
      else if (!running.some((entry) => entry.slot === slot)) busy.add(slot);
    }
    advance();
  }
  return queue;
}

describe('whatever happens', () => {
  it('no slot ever gets two runs at once', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        play(story, (starts, queue, _now, busy) => {
          const held = queue.entries.filter((entry) => entry.state === 'running').map((entry) => entry.slot);
          const taken = [...held, ...starts.map((entry) => entry.slot), ...busy];
          expect(new Set(taken).size).toBe(taken.length);
        });
      }),
    );
  });

  it('a slot’s entries start in their order, but for what is held by a pause', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        play(story, (starts, queue) => {
          for (const entry of starts) {
            const passed = queue.entries
              .slice(0, queue.entries.indexOf(entry))
              .filter((other) => other.slot === entry.slot && other.state === 'waiting');
            for (const other of passed) {
              const group = groupOf(queue, other);
              expect(group?.isImmediate === true ? group.isHeld : queue.paused !== null).toBe(true);
            }
          }
        });
      }),
    );
  });

  it('a sequential group has one member running at most, and settles in between', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        play(story, (starts, queue, now) => {
          for (const entry of starts) {
            const group = groupOf(queue, entry);
            if (group?.mode !== 'sequential') continue;
            const members = queue.entries.filter((other) => other.group === group.id);
            expect(members.filter((other) => other.state === 'running')).toEqual([]);
            expect(starts.filter((other) => other.group === group.id)).toEqual([entry]);
            const settled = members.flatMap(({ endedAt }) =>
              endedAt === null ? [] : endedAt + group.settle * 1000,
            );
            expect(settled.filter((moment) => moment > now)).toEqual([]);
          }
        });
      }),
    );
  });

  it('nothing of a group that stops starts after a member that did not succeed, aborts included', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        play(story, (starts, queue) => {
          for (const entry of starts) {
            const group = groupOf(queue, entry);
            if (group?.onFailure !== 'stop') continue;
            const words = queue.entries
              .filter((other) => other.group === group.id && other.state === 'done')
              .map(entryWord);
            expect(words.filter((word) => word !== 'succeeded')).toEqual([]);
          }
        });
      }),
    );
  });

  it('nothing paused starts', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        play(story, (starts, queue) => {
          for (const entry of starts) {
            const group = groupOf(queue, entry);
            expect(queue.pausedSlots.has(entry.slot)).toBe(false);
            expect(group?.isImmediate === true ? group.isHeld : queue.paused !== null).toBe(false);
          }
        });
      }),
    );
  });

  it('no order ever locks the queue: resumed, everything comes to an end', () => {
    fc.assert(
      fc.property(anyStory, (story) => {
        const rest = Array.from({ length: 60 }, (_, index) => ({
          does: index % 2 === 0 ? ('end' as const) : ('time' as const),
          pick: index,
          other: 0,
          outcome: outcomes[0]!,
        }));
        let queue = play(story, () => undefined);
        queue = slots.reduce((held, slot) => resume(held, slot), resume(queue, null));
        let now = noon + 1_000_000;
        for (const { pick } of rest) {
          now += 10_000;
          const decided = decide(queue, world({ now }));
          queue = decided.starts.reduce(
            (held, entry, index) => beginEntry(held, entry.id, runNumber(1000 + pick * 50 + index), now),
            decided.queue,
          );
          for (const entry of queue.entries.filter((other) => other.state === 'running')) {
            const end = { outcome: outcomes[0]!, endedAt: now, duration: 1 };
            queue = endEntry(queue, entry.id, end, now);
          }
        }
        expect(queue.entries.every(isFinal)).toBe(true);
      }),
    );
  });
});
