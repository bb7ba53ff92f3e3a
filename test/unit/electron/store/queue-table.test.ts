import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { QueueSaving } from '../../../../electron/store/queue-table';
import { groupId, makeEntry, makeGroup, noon, slotNumber } from '../../../fixtures/queue';
import { openDatabase } from './fixtures';
import { temporaryFolder } from './support';

const saving = (parts: Partial<QueueSaving> = {}): QueueSaving => ({
  entries: [],
  cleared: [],
  groups: [],
  settings: null,
  ...parts,
});
const path = (): string => join(temporaryFolder(), 'panel.sqlite');

describe('the queue in the database', () => {
  it('comes back as it was, in its order, hostile text included', () => {
    const file = path();
    const first = openDatabase(file);
    const odd = makeEntry('b', { order: 0.5, args: ["'; DROP TABLE queue_entries; --", '\u{1F4E1}\n"', ''] });
    const settings = {
      paused: { since: noon, reason: 'Paused by the operator.' },
      pausedSlots: [[slotNumber(2), { since: noon, reason: 'It failed.' }]],
      afterFailure: 'go-on',
    } satisfies QueueSaving['settings'];
    first.queue.save(saving({ entries: [makeEntry('a', { order: 1 }), odd], settings }));
    first.close();
    const second = openDatabase(file);
    const loaded = second.queue.load();
    expect(loaded.entries).toEqual([odd, makeEntry('a', { order: 1 })]);
    expect(loaded.settings).toEqual(settings);
    second.close();
  });

  it('keeps a group that was cleared off the page, with its members', () => {
    const database = openDatabase(path());
    const members = [2, 3].map((slot) => makeEntry(slot, { slot: slotNumber(slot), group: groupId(1) }));
    database.queue.save(saving({ entries: [...members, makeEntry(9)], groups: [makeGroup(1)] }));
    expect(database.queue.load().groups).toEqual([makeGroup(1)]);
    database.queue.save(saving({ cleared: members.map((entry) => entry.id) }));
    expect(database.queue.load()).toMatchObject({ entries: [makeEntry(9)], groups: [] });
    expect(database.queue.readGroup(groupId(1))).toEqual({ group: makeGroup(1), members });
    expect(database.queue.readGroup(groupId(2))).toBeNull();
    // An entry that is saved again stays off the page.
    database.queue.save(saving({ entries: members }));
    expect(database.queue.load().entries).toEqual([makeEntry(9)]);
    database.close();
  });

  it('lists groups newest first, page by page, each summed up', () => {
    const database = openDatabase(path());
    const groups = [1, 2, 3].map((name) => makeGroup(name, { addedAt: noon + name }));
    const done = makeEntry(1, {
      group: groupId(3),
      state: 'done',
      startedAt: noon,
      endedAt: noon + 5,
      outcome: { kind: 'exited', code: 1 },
    });
    database.queue.save(saving({ entries: [done, makeEntry(2, { group: groupId(1) })], groups }));
    const page = database.queue.listGroups({ before: null, limit: 2 });
    expect(page.total).toBe(3);
    expect(page.groups.map((summary) => summary.group.id)).toEqual([groupId(3), groupId(2)]);
    expect(page.groups[0]).toMatchObject({ failed: 1, startedAt: noon, endedAt: noon + 5 });
    const rest = database.queue.listGroups({ before: groupId(2), limit: 2 });
    expect(rest.groups.map((summary) => [summary.group.id, summary.waiting])).toEqual([[groupId(1), 1]]);
    database.close();
  });

  it('writes all of a change or nothing of it', () => {
    const database = openDatabase(path());
    const broken = makeEntry(2, { order: Number.NaN });
    expect(() => database.queue.save(saving({ entries: [makeEntry(1), broken] }))).toThrow(/NOT NULL/);
    expect(database.queue.load().entries).toEqual([]);
    database.queue.save(saving({ entries: [makeEntry(1)] }));
    expect(database.queue.load().entries).toHaveLength(1);
    database.close();
  });
});
