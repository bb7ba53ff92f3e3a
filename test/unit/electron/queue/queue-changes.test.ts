import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEntries,
  beginEntry,
  clearFinished,
  editEntry,
  endEntry,
  endOfRun,
  mostWaiting,
  moveEntry,
  pause,
  putBack,
  removeEntry,
  skipEntry,
  stopGroup,
  trimFinished,
} from '../../../../electron/queue/queue-changes';
import { emptyQueue, findEntry, isPending, type Queue } from '../../../../electron/queue/queue-state';
import type { QueueEntry } from '../../../../shared/domain/queue';
import type { Result } from '../../../../shared/result';
import { makeRun } from '../../../fixtures/panel-state';
import { entryId, groupId, makeEntry, makeGroup, noon, runNumber, slotNumber } from '../../../fixtures/queue';

const filled = (...entries: readonly QueueEntry[]): Queue => ({ ...emptyQueue, entries });
const ids = (queue: Queue): string[] => queue.entries.map((entry) => entry.id.replace('entry-', ''));
function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const failed = { outcome: { kind: 'exited', code: 1 } as const, endedAt: noon, duration: 10 };
const succeeded = { ...failed, outcome: { kind: 'exited', code: 0 } as const };

describe('adding', () => {
  it('puts entries at the end, or before all that waits but after what runs', () => {
    const queue = filled(makeEntry(1, { state: 'running' }), makeEntry(2));
    expect(ids(valueOf(addEntries(queue, [makeEntry('x'), makeEntry('y')], 'last')))).toEqual([
      '1',
      '2',
      'x',
      'y',
    ]);
    expect(ids(valueOf(addEntries(queue, [makeEntry('x'), makeEntry('y')], 'first')))).toEqual([
      '1',
      'x',
      'y',
      '2',
    ]);
  });

  it('is refused beyond the bound, and what was there stays', () => {
    const many = Array.from({ length: mostWaiting }, (_, index) => makeEntry(index));
    const full = valueOf(addEntries(emptyQueue, many, 'last'));
    expect(addEntries(full, [makeEntry('x')], 'last')).toMatchObject({
      ok: false,
      error: { code: 'queue-full' },
    });
    const long = makeEntry('x', { args: ['a'.repeat(2_000_001)] });
    expect(addEntries(emptyQueue, [long], 'last')).toMatchObject({
      ok: false,
      error: { code: 'queue-full' },
    });
  });
});

describe('moving', () => {
  it('places an entry before another, or at the end', () => {
    const queue = filled(makeEntry(1), makeEntry(2), makeEntry(3));
    expect(ids(valueOf(moveEntry(queue, entryId(3), entryId(1))))).toEqual(['3', '1', '2']);
    expect(ids(valueOf(moveEntry(queue, entryId(1), null)))).toEqual(['2', '3', '1']);
    expect(ids(valueOf(moveEntry(queue, entryId(2), entryId(2))))).toEqual(['1', '2', '3']);
  });

  it('keeps the numbers in the order of the entries, however often it is done', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(8)), { maxLength: 200 }), (moves) => {
        let queue = filled(...Array.from({ length: 8 }, (_, index) => makeEntry(index, { order: index })));
        for (const [from, to] of moves) {
          const before = queue.entries[to]?.id ?? null;
          queue = valueOf(moveEntry(queue, queue.entries[from]!.id, before));
        }
        const orders = queue.entries.map((entry) => entry.order);
        expect(orders.toSorted((a, b) => a - b)).toEqual(orders);
        expect(new Set(orders).size).toBe(8);
        expect(ids(queue).toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
      }),
    );
  });

  it('says why it cannot be done', () => {
    const queue = filled(makeEntry(1, { state: 'running' }), makeEntry(2));
    expect(moveEntry(queue, entryId(1), null)).toMatchObject({
      error: { message: 'take_iv.py on crate1slot2 does not wait any more: it is running.' },
    });
    expect(moveEntry(queue, entryId(2), entryId(1))).toMatchObject({ error: { code: 'entry-not-waiting' } });
    expect(moveEntry(queue, entryId(9), null)).toMatchObject({ error: { code: 'entry-gone' } });
  });
});

describe('changing what waits', () => {
  it('edits, skips and removes what waits, and nothing else', () => {
    const queue = filled(makeEntry(1), makeEntry(2, { state: 'running' }));
    expect(valueOf(editEntry(queue, entryId(1), ['--band', '0'])).entries[0]?.args).toEqual(['--band', '0']);
    expect(valueOf(skipEntry(queue, entryId(1))).entries[0]).toMatchObject({ state: 'skipped' });
    expect(valueOf(removeEntry(queue, entryId(1))).entries[0]).toMatchObject({ state: 'removed' });
    for (const change of [
      editEntry(queue, entryId(2), []),
      skipEntry(queue, entryId(2)),
      removeEntry(queue, entryId(2)),
    ])
      expect(change).toMatchObject({ ok: false, error: { code: 'entry-not-waiting' } });
  });

  it('clears what has ended, but not members of a group that goes on', () => {
    const queue: Queue = {
      ...filled(
        makeEntry(1, { state: 'done' }),
        makeEntry(2, { state: 'done', group: groupId(1) }),
        makeEntry(3, { group: groupId(1) }),
        makeEntry(4, { state: 'skipped', group: groupId(2) }),
        makeEntry(5),
      ),
      groups: new Map([1, 2].map((name) => [groupId(name), makeGroup(name)])),
    };
    const cleared = clearFinished(queue, noon);
    expect(ids(cleared)).toEqual(['2', '3', '5']);
    expect([...cleared.groups.keys()]).toEqual([groupId(1)]);
    expect(clearFinished(cleared, noon)).toBe(cleared);
  });

  it('keeps what a slot still settles after, so that what comes next goes on waiting', () => {
    const ended = makeEntry(1, { state: 'done', group: groupId(1), endedAt: noon });
    const queue = { ...filled(ended), groups: new Map([[groupId(1), makeGroup(1, { settle: 30 })]]) };
    expect(clearFinished(queue, noon + 29_999)).toBe(queue);
    expect(clearFinished(queue, noon + 30_000).entries).toEqual([]);
  });

  it('keeps what ended last where there is too much of it', () => {
    const many = Array.from({ length: 510 }, (_, index) =>
      makeEntry(index, { state: 'done', endedAt: noon + index }),
    );
    const trimmed = trimFinished(filled(...many, makeEntry('w')), noon);
    expect(trimmed.entries).toHaveLength(501);
    expect(ids(trimmed)[0]).toBe('10');
  });
});

describe('the end of a run', () => {
  const group = (onFailure: 'stop' | 'go-on'): Queue => ({
    ...filled(
      makeEntry(1, { state: 'running', group: groupId(1) }),
      makeEntry(2, { group: groupId(1), slot: slotNumber(3) }),
      makeEntry(3, { group: groupId(1), slot: slotNumber(4), state: 'blocked' }),
      makeEntry(4, { slot: slotNumber(3) }),
    ),
    groups: new Map([[groupId(1), makeGroup(1, { onFailure })]]),
  });
  const states = (queue: Queue): string[] => queue.entries.map((entry) => entry.state);

  it('that failed skips the rest of its group, with the reason, and no other entry', () => {
    const ended = endEntry(group('stop'), entryId(1), failed, noon);
    expect(states(ended)).toEqual(['done', 'skipped', 'skipped', 'waiting']);
    const why = 'take_iv.py on crate1slot2 did not succeed: Script has finished with exit code 1';
    expect(findEntry(ended, entryId(2))?.note).toBe(why);
    expect(ended.groups.get(groupId(1))?.stopped).toBe(why);
  });

  it('that was aborted by the operator skips the rest too', () => {
    const outcome = { kind: 'aborted', stage: 'interrupt', code: null, signal: 'SIGINT' } as const;
    const ended = endEntry(group('stop'), entryId(1), { ...failed, outcome }, noon);
    expect(states(ended)).toEqual(['done', 'skipped', 'skipped', 'waiting']);
  });

  it('changes nothing else where it succeeded, or where the group goes on', () => {
    expect(states(endEntry(group('stop'), entryId(1), succeeded, noon))[1]).toBe('waiting');
    expect(states(endEntry(group('go-on'), entryId(1), failed, noon))[1]).toBe('waiting');
  });

  it('pauses the slot of a single entry that failed, where others wait for it', () => {
    const queue = filled(makeEntry(1, { state: 'running' }), makeEntry(2));
    const ended = endEntry(queue, entryId(1), failed, noon);
    expect(ended.pausedSlots.get(slotNumber(2))?.reason).toContain('did not succeed');
    expect(endEntry({ ...queue, afterFailure: 'go-on' }, entryId(1), failed, noon).pausedSlots.size).toBe(0);
    const alone = filled(makeEntry(1, { state: 'running' }), makeEntry(2, { slot: slotNumber(3) }));
    expect(endEntry(alone, entryId(1), failed, noon).pausedSlots.size).toBe(0);
  });

  it('is taken once', () => {
    const ended = endEntry(filled(makeEntry(1, { state: 'running' })), entryId(1), succeeded, noon);
    expect(endEntry(ended, entryId(1), failed, noon)).toBe(ended);
  });

  it('takes the length from the machine where it ran, and no end that lies ahead', () => {
    const run = makeRun({
      phase: 'done',
      outcome: { kind: 'exited', code: 0 },
      startedAt: noon + 60_000,
      endedAt: noon + 65_000,
    });
    expect(endOfRun(run, noon)).toEqual({ outcome: run.outcome, endedAt: noon, duration: 5000 });
  });
});

describe('starting', () => {
  it('takes the run’s id with it, and can be undone', () => {
    const running = beginEntry(filled(makeEntry(1)), entryId(1), runNumber(1), noon);
    expect(running.entries[0]).toMatchObject({ state: 'running', run: runNumber(1), startedAt: noon });
    expect(putBack(running, entryId(1), 'why').entries[0]).toMatchObject({
      state: 'waiting',
      run: null,
      startedAt: null,
      note: 'why',
    });
    expect(beginEntry(running, entryId(1), runNumber(2), noon)).toBe(running);
  });
});

describe('stopping a group', () => {
  it('leaves a group alone of which nothing waits', () => {
    const queue: Queue = {
      ...filled(makeEntry(1, { state: 'running', group: groupId(1) })),
      groups: new Map([[groupId(1), makeGroup(1)]]),
    };
    expect(stopGroup(queue, groupId(1), 'why')).toBe(queue);
    expect(stopGroup(queue, groupId(7), 'why')).toBe(queue);
  });
});

it('a pause holds the groups that are under way, not those that are over', () => {
  const queue: Queue = {
    ...filled(makeEntry(1, { group: groupId(1) }), makeEntry(2, { group: groupId(2), state: 'done' })),
    groups: new Map([1, 2].map((name) => [groupId(name), makeGroup(name)])),
  };
  const paused = pause(queue, null, 'Paused by the operator.', noon);
  expect(paused.groups.get(groupId(1))?.isHeld).toBe(true);
  expect(paused.groups.get(groupId(2))?.isHeld).toBe(false);
  expect(paused.entries.filter(isPending)).toHaveLength(1);
});
