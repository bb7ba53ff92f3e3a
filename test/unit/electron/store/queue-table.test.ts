import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { QueueTable, type QueueSaving } from '../../../../electron/store/queue-table';
import { migrate, migrations } from '../../../../electron/store/schema';
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
/** The ids of all entries that are kept, shown or not. */
function entryIds(file: string): string[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT id FROM queue_entries ORDER BY id').all();
  database.close();
  return rows.map(({ id }) => String(id));
}

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

  it('keeps nothing of an entry without a group that was cleared off the page', () => {
    const file = path();
    const database = openDatabase(file);
    database.queue.save(saving({ entries: [makeEntry(1), makeEntry(2)] }));
    database.queue.save(saving({ cleared: [makeEntry(1).id] }));
    expect(database.queue.load().entries).toEqual([makeEntry(2)]);
    database.close();
    expect(entryIds(file)).toEqual([makeEntry(2).id]);
  });

  it('keeps the newest groups, and older ones while they are on the page', () => {
    const file = path();
    openDatabase(file).close();
    const database = new DatabaseSync(file);
    const queue = new QueueTable(database, 2);
    const group = (name: number): Partial<QueueSaving> => ({
      entries: [makeEntry(name, { group: groupId(name) })],
      groups: [makeGroup(name, { addedAt: noon + name })],
    });
    const clear = (name: number): void => queue.save(saving({ cleared: [makeEntry(name).id] }));
    for (const name of [1, 2, 3]) queue.save(saving(group(name)));
    clear(2);
    clear(3);
    queue.save(saving(group(4)));
    const kept = queue.listGroups({ before: null, limit: 10 }).groups.map((summary) => summary.group.id);
    expect(kept).toEqual([4, 3, 1].map(groupId));
    clear(1);
    expect(queue.listGroups({ before: null, limit: 10 }).total).toBe(2);
    database.close();
    expect(entryIds(file)).toEqual([makeEntry(3).id, makeEntry(4).id]);
  });

  it('loses, in an old database, what was cleared and belongs to no group', () => {
    const file = path();
    const database = new DatabaseSync(file);
    const step = migrations.findIndex((sql) => sql.includes('DELETE FROM queue_entries'));
    migrate(database, file, migrations.slice(0, step));
    const insert = database.prepare('INSERT INTO queue_entries VALUES (?, ?, 1, ?, ?)');
    insert.run('cleared', null, 1, '{}');
    insert.run('shown', null, 0, '{}');
    insert.run('of a group', 'group', 1, '{}');
    database.close();
    openDatabase(file).close();
    expect(entryIds(file)).toEqual(['of a group', 'shown']);
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
