import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PresetTable } from '../../../../electron/store/preset-table';
import { batch, now, openDatabase, run, runId, slotA, slotB } from './fixtures';
import { temporaryFolder } from './support';

function fresh() {
  const path = join(temporaryFolder(), 'panel.sqlite');
  return { path, database: openDatabase(path) };
}

type Saved = Parameters<PresetTable['save']>[0];

function preset(change: Partial<Saved> = {}): Saved {
  const base = { slot: slotA, script: '/s/take_iv.py', name: 'usual', args: ['--note', 'it’s "x"'] };
  return { ...base, log: true, replace: false, now, ...change };
}

const nothing = { presets: [], favourites: [], recent: [], drafts: [] };

describe('presets', () => {
  it('are kept for a slot or for all, and are there after a restart', () => {
    const { path, database } = fresh();
    expect(database.presets.save(preset())).toBe('saved');
    expect(database.presets.save(preset({ slot: null, args: [], log: '/data/a b.log' }))).toBe('saved');
    database.close();
    const again = openDatabase(path);
    const { script, name } = preset();
    const forAll = { slot: null, script, name, args: [], log: '/data/a b.log' };
    expect(again.presets.remembered(slotA).presets).toEqual([
      forAll,
      { slot: slotA, script, name, args: ['--note', 'it’s "x"'], log: true },
    ]);
    expect(again.presets.remembered(slotB).presets).toEqual([forAll]);
    again.close();
  });

  it('are overwritten only where that was asked for', () => {
    const { database } = fresh();
    database.presets.save(preset());
    expect(database.presets.save(preset({ args: ['2'] }))).toBe('exists');
    expect(database.presets.remembered(slotA).presets[0]?.args).toEqual(preset().args);
    expect(database.presets.save(preset({ args: ['2'], replace: true }))).toBe('saved');
    expect(database.presets.remembered(slotA).presets.map(({ args }) => args)).toEqual([['2']]);
    database.close();
  });

  it('are renamed unless the name is taken, and deleted', () => {
    const { database } = fresh();
    const { slot, script } = preset();
    const hostile = "'; DROP TABLE presets; -- \u{1f480}";
    database.presets.save(preset());
    database.presets.save(preset({ name: 'other' }));
    expect(database.presets.rename({ slot, script, name: 'usual', to: 'other' })).toBe('exists');
    expect(database.presets.rename({ slot, script, name: 'gone', to: 'new' })).toBe('unknown');
    expect(database.presets.rename({ slot, script, name: 'usual', to: hostile })).toBe('renamed');
    expect(database.presets.delete({ slot: null, script, name: hostile })).toBe('unknown');
    expect(database.presets.delete({ slot, script, name: hostile })).toBe('deleted');
    expect(database.presets.remembered(slotA).presets.map(({ name }) => name)).toEqual(['other']);
    database.close();
  });
});

describe('what is remembered of scripts', () => {
  it('is nothing at first, and each slot has its own favourites', () => {
    const { database } = fresh();
    expect(database.presets.remembered(slotA)).toEqual(nothing);
    database.presets.setFavourite({ slot: slotA, script: '/b.py', favourite: true });
    database.presets.setFavourite({ slot: slotA, script: '/b.py', favourite: true });
    database.presets.setFavourite({ slot: slotA, script: '/a.py', favourite: true });
    database.presets.setFavourite({ slot: slotA, script: '/c.py', favourite: false });
    expect(database.presets.remembered(slotA).favourites).toEqual(['/a.py', '/b.py']);
    database.presets.setFavourite({ slot: slotA, script: '/a.py', favourite: false });
    expect(database.presets.remembered(slotA).favourites).toEqual(['/b.py']);
    expect(database.presets.remembered(slotB)).toEqual(nothing);
    database.close();
  });

  it('are the scripts run last, each once, newest first', () => {
    const { database } = fresh();
    const scripts = ['/a.py', '/b.py', '/a.py', '/c.py'];
    const runs = scripts.map((script, at) => run({ id: runId(at), script, requestedAt: now + at }));
    database.record(batch({ runs: [...runs, run({ id: runId(9), slot: slotB, script: '/other.py' })] }));
    expect(database.presets.remembered(slotA).recent).toEqual(['/c.py', '/a.py', '/b.py']);
    database.close();
  });

  it('is what was entered last, of the 200 scripts touched last', () => {
    const { database } = fresh();
    for (let at = 0; at < 203; at += 1)
      database.presets.rememberDraft({ slot: slotA, script: `/s${at}.py`, draft: String(at), now: now + at });
    database.presets.rememberDraft({ slot: slotA, script: '/s100.py', draft: 'again', now: now + 300 });
    const { drafts } = database.presets.remembered(slotA);
    expect(drafts).toHaveLength(200);
    expect(drafts.find(({ script }) => script === '/s100.py')?.draft).toBe('again');
    expect(drafts.some(({ script }) => script === '/s2.py')).toBe(false);
    database.close();
  });
});
