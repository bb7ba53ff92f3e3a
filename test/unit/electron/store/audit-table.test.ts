import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyDeed, type AuditFilter } from '../../../../shared/domain/audit';
import type { AuditRecord } from '../../../../electron/store/records';
import { batch, now, openDatabase, runId, slotA, slotB } from './fixtures';
import { temporaryFolder } from './support';

const started = runId();

function deed(change: Partial<AuditRecord> = {}): AuditRecord {
  return { at: now, actor: 'ocs', action: 'run.start', slot: slotA, run: null, detail: {}, ...change };
}

function kept(...deeds: AuditRecord[]) {
  const database = openDatabase(join(temporaryFolder(), 'panel.sqlite'));
  database.record(batch({ audit: deeds }));
  const details = (filter: Partial<AuditFilter>): (string | undefined)[] =>
    database.audit
      .list({ filter: { ...everyDeed, ...filter }, before: null, limit: 100 })
      .entries.map((entry) => entry.detail['n']);
  return { database, details };
}

describe('the audit', () => {
  it('is empty in a new database', () => {
    const { database } = kept();
    expect(database.audit.list({ filter: everyDeed, before: null, limit: 10 })).toEqual({
      entries: [],
      total: 0,
    });
    expect(database.audit.choices()).toEqual({ actions: [], slots: [], actors: [] });
  });

  it('is read in pages from its newest entry, each entry once', () => {
    const { database } = kept(
      ...Array.from({ length: 25 }, (_, index) => deed({ detail: { n: String(index) } })),
    );
    const seen: (string | undefined)[] = [];
    let before: number | null = null;
    for (;;) {
      const page: ReturnType<typeof database.audit.list> = database.audit.list({
        filter: everyDeed,
        before,
        limit: 10,
      });
      expect(page.total).toBe(25);
      seen.push(...page.entries.map((entry) => entry.detail['n']));
      const last = page.entries.at(-1);
      if (last === undefined) break;
      before = last.position;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });

  it('is narrowed down by what was done, where, by whom, and when', () => {
    const { details } = kept(
      deed({ detail: { n: '1' } }),
      deed({ action: 'run.abort', slot: slotB, detail: { n: '2' }, at: now + 1000 }),
      deed({ action: 'panel.start', slot: null, actor: 'night shift', detail: { n: '3' }, at: now + 2000 }),
    );
    expect(details({ actions: ['run.abort', 'panel.start'] })).toEqual(['3', '2']);
    expect(details({ slot: slotB })).toEqual(['2']);
    expect(details({ actor: 'night shift' })).toEqual(['3']);
    expect(details({ from: now + 1000, to: now + 2000 })).toEqual(['2']);
    expect(details({ slot: slotB, actor: 'night shift' })).toEqual([]);
  });

  it('finds text in details, runs, slots and actions, and takes signs of patterns for what they are', () => {
    const { details } = kept(
      deed({ detail: { n: '1', script: '/s/100%_"iv".py' } }),
      deed({ slot: null, run: started, detail: { n: '2', note: 'Überlauf' } }),
      deed({ slot: slotB, action: 'alarm.add', detail: { n: '3' } }),
    );
    expect(details({ text: '100%_"IV"' })).toEqual(['1']);
    expect(details({ text: '100__' })).toEqual([]);
    expect(details({ text: started })).toEqual(['2']);
    expect(details({ text: 'berlauf' })).toEqual(['2']);
    expect(details({ text: slotB })).toEqual(['3']);
    expect(details({ text: 'alarm' })).toEqual(['3']);
    expect(details({ text: `'; DROP TABLE audit; --` })).toEqual([]);
    expect(details({})).toHaveLength(3);
  });

  it('shows details that are no text as JSON, and offers what there is', () => {
    const { database } = kept(
      deed({ detail: { graces: [1, null], n: 3 } }),
      deed({ slot: null, actor: 'a' }),
    );
    const { entries } = database.audit.list({ filter: everyDeed, before: null, limit: 10 });
    expect(entries.at(-1)?.detail).toEqual({ graces: '[1,null]', n: '3' });
    expect(database.audit.choices()).toEqual({
      actions: ['run.start'],
      slots: [slotA],
      actors: ['a', 'ocs'],
    });
  });
});
