import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate, migrations, schemaVersion } from '../../../../electron/store/schema';
import { temporaryFolder } from './support';

describe('migrations', () => {
  it('bring an old database forward and keep its rows', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, 'x', ['CREATE TABLE one (a INTEGER)']);
    database.exec('INSERT INTO one VALUES (7)');
    const migrated = migrate(database, 'x', [
      'CREATE TABLE one (a INTEGER)',
      'ALTER TABLE one ADD COLUMN b TEXT',
    ]);
    expect(migrated).toEqual({ ok: true, value: undefined });
    expect(schemaVersion(database)).toBe(2);
    expect({ ...database.prepare('SELECT * FROM one').get() }).toEqual({ a: 7, b: null });
  });

  it('leave everything as it was when one of them fails', () => {
    const path = join(temporaryFolder(), 'a.sqlite');
    const database = new DatabaseSync(path);
    migrate(database, path, ['CREATE TABLE one (a INTEGER)']);
    const steps = [
      'CREATE TABLE one (a INTEGER)',
      'CREATE TABLE two (a INTEGER)',
      'CREATE TABLE two (b INTEGER)',
    ];
    expect(() => migrate(database, path, steps)).toThrow(/two/);
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()).toHaveLength(1);
    expect(database.isTransaction).toBe(false);
    database.close();
  });

  it('refuse a database of a newer panel in a sentence', () => {
    const database = new DatabaseSync(':memory:');
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    const migrated = migrate(database, '/home/a/panel.sqlite');
    expect(migrated).toMatchObject({ ok: false, error: { code: 'store-newer-version' } });
    expect(!migrated.ok && migrated.error.message).toContain(
      '/home/a/panel.sqlite was written by a newer SMuRF Panel',
    );
    expect(database.prepare('SELECT * FROM sqlite_schema').all()).toEqual([]);
  });
});

describe('the indexes', () => {
  const database = new DatabaseSync(':memory:');
  migrate(database, 'x');
  const plan = (sql: string, ...values: (string | number | null)[]) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...values)
      .map((row) => String(row['detail']))
      .join('; ');

  it.each([
    [
      'the newest of a slot',
      'SELECT position FROM messages WHERE slot IS ? AND position < ? ORDER BY position DESC',
      'messages_by_slot',
    ],
    [
      'the newest of a type',
      `SELECT position FROM messages WHERE slot IS ? AND msgtype = 'a' AND position < ? ORDER BY position DESC`,
      'messages_by_type',
    ],
    [
      'the newest of a run',
      'SELECT position FROM messages WHERE run = ? AND position < ? ORDER BY position DESC',
      'messages_by_run',
    ],
  ])('serve %s without sorting', (_name, sql, index) => {
    expect(plan(sql, 'x', 1)).toContain(`COVERING INDEX ${index}`);
    expect(plan(sql, 'x', 1)).not.toContain('B-TREE');
  });

  it('serve the types of a slot and of no slot', () => {
    const sql = 'SELECT min(msgtype) FROM messages WHERE slot IS ? AND msgtype > ?';
    expect(plan(sql, null, '')).toContain('COVERING INDEX messages_by_type (slot=? AND msgtype>?)');
  });

  it('serve the runs of a slot, newest first', () => {
    const sql = 'SELECT * FROM runs WHERE slot = ? ORDER BY requested_at DESC, id DESC LIMIT 10';
    expect(plan(sql, 'a')).toContain('USING INDEX runs_by_slot');
    expect(plan(sql, 'a')).not.toContain('B-TREE');
  });
});
