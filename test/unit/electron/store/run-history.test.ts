import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { everyRun, type RunFilter } from '../../../../shared/domain/history';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { Run } from '../../../../shared/domain/run';
import { migrate, migrations } from '../../../../electron/store/schema';
import { batch, message, now, openDatabase, run, runId, slotA, slotB } from './fixtures';
import { temporaryFolder } from './support';

const exited = (code: number): Run['outcome'] => ({ kind: 'exited', code });

/** A run over after `took` seconds. */
function over(seconds: number, changes: Partial<Run> = {}, took = 60): Run {
  const at = now + seconds * 1000;
  return run({
    id: runId(seconds),
    phase: 'done',
    requestedAt: at,
    startedAt: at,
    endedAt: at + took * 1000,
    outcome: exited(0),
    ...changes,
  });
}

function openWith(...runs: Run[]) {
  const database = openDatabase(join(temporaryFolder(), 'panel.sqlite'));
  database.record(batch({ runs }));
  const found = (filter: Partial<RunFilter>): string[] =>
    database
      .listRuns({ slot: null, filter: { ...everyRun, ...filter }, before: null, limit: 100 })
      .runs.map((each) => each.id);
  return { database, found };
}

describe('filtering the history', () => {
  const outcomes: [string, Partial<Run>][] = [
    ['running', { phase: 'stopping', outcome: null }],
    ['succeeded', { outcome: exited(0) }],
    ['failed', { outcome: exited(2) }],
    ['failed', { outcome: { kind: 'signalled', signal: 'SIGSEGV' } }],
    ['failed', { outcome: { kind: 'not-started', code: 'x', message: 'No such file.' } }],
    ['aborted', { outcome: { kind: 'aborted', stage: 'interrupt', code: 0, signal: null } }],
    ['lost', { outcome: { kind: 'lost', message: 'Not known.' } }],
    ['lost', { outcome: null }],
  ];

  it.each(outcomes)('by outcome: %s', (outcome, changes) => {
    const wanted = over(5, changes);
    const others = outcomes
      .filter(([word]) => word !== outcome)
      .map(([, other], index) => over(10 + index, other));
    const { found } = openWith(wanted, ...others);
    expect(found({ outcomes: [outcome as 'running'] })).toEqual([wanted.id]);
    expect(found({ outcomes: ['running', 'succeeded', 'failed', 'aborted', 'lost'] })).toHaveLength(
      others.length + 1,
    );
  });

  it('by part of the script’s file name, not of its folder, with no wildcards', () => {
    const one = over(1, { script: '/take_iv/scripts/run_tuning.py' });
    const two = over(2, { script: 'take_iv%.py' });
    const { found } = openWith(one, two);
    expect(found({ script: 'TUNING' })).toEqual([one.id]);
    expect(found({ script: 'take_iv' })).toEqual([two.id]);
    expect(found({ script: '%' })).toEqual([two.id]);
    expect(found({ script: 'run_tuning.py' })).toEqual([one.id]);
  });

  it('by text in the arguments as they are typed, or in the note', () => {
    const one = over(1, { args: ['--bands', '0', '1', '--note', 'say "cold" \\ für'] });
    const two = over(2, { args: [] });
    const three = over(3, { args: ['","'] });
    const { database, found } = openWith(one, two, three);
    expect(found({ text: '--bands 0 1' })).toEqual([one.id]);
    expect(found({ text: 'say "cold" \\ für' })).toEqual([one.id]);
    expect(found({ text: '","' })).toEqual([three.id]);
    database.marks.setNote(two.id, 'Fridge at 100 mK,\nbands 0 1 bad_%');
    expect(found({ text: 'bands 0 1' })).toEqual([two.id, one.id]);
    expect(found({ text: 'd_%' })).toEqual([two.id]);
    expect(found({ text: "' OR 1=1 --" })).toEqual([]);
  });

  it('by crate, slots, dates and pins, all at once, with the total of what passes', () => {
    const runs = [0, 1, 2, 3, 4, 5].map((seconds) =>
      over(seconds, { slot: seconds % 2 === 0 ? slotA : slotB, crate: seconds < 4 ? 'crate1' : 'crate2' }),
    );
    const { database, found } = openWith(...runs);
    expect(found({ crate: 'crate2' })).toHaveLength(2);
    expect(found({ slots: [slotB] })).toEqual([runs[5], runs[3], runs[1]].map((each) => each!.id));
    expect(found({ from: now + 1000, to: now + 3000 })).toEqual([runs[2]!.id, runs[1]!.id]);
    database.marks.setPinned(runs[3]!.id, true);
    expect(found({ pinned: true, slots: [slotB], crate: 'crate1', from: now })).toEqual([runs[3]!.id]);
    const page = database.listRuns({
      slot: slotA,
      filter: { ...everyRun, crate: 'crate1' },
      before: null,
      limit: 1,
    });
    expect(page.total).toBe(2);
    expect(page.runs).toHaveLength(1);
  });

  it('pages through runs of one second without leaving one out or giving one twice', () => {
    const runs = ['cccccc', 'aaaaaa', 'bbbbbb', 'dddddd'].map((random, index) =>
      over(0, { id: runId(0, random), requestedAt: now + (index % 2) }),
    );
    const { database } = openWith(...runs);
    const seen: string[] = [];
    let before: Run['id'] | null = null;
    for (;;) {
      const page: Run[] = database.listRuns({
        slot: null,
        filter: { ...everyRun, script: 'noise' },
        before,
        limit: 1,
      }).runs;
      if (page[0] === undefined) break;
      seen.push(page[0].id);
      before = page[0].id;
    }
    expect(seen).toEqual(
      [
        [1, 'dddddd'],
        [1, 'aaaaaa'],
        [0, 'cccccc'],
        [0, 'bbbbbb'],
      ].map(([, random]) => runId(0, String(random))),
    );
  });

  it('names the crates, slots and scripts that there are', () => {
    const { database } = openWith(
      over(1, { script: '/a/b.py', slot: slotB }),
      over(2, { script: '/c/b.py' }),
      over(3, { script: 'a.py', crate: 'crate9' }),
    );
    expect(database.history.choices()).toEqual({
      crates: ['crate1', 'crate9'],
      slots: [slotA, slotB],
      scripts: ['a.py', 'b.py'],
    });
  });
});

describe('notes and pins', () => {
  it('are kept beside the run, listed cut, read whole, and gone when emptied', () => {
    const { database } = openWith(over(1), over(2));
    const long = 'é'.repeat(5000);
    database.marks.setNote(runId(1), long);
    database.marks.setPinned(runId(1), true);
    expect(database.marks.read(runId(1))).toEqual({ run: runId(1), note: long, pinned: true });
    const { marks } = database.listRuns({ slot: null, before: null, limit: 10 });
    expect(marks).toEqual([{ run: runId(1), note: 'é'.repeat(200), pinned: true }]);
    database.marks.setNote(runId(1), '');
    expect(database.marks.read(runId(1))).toEqual({ run: runId(1), note: '', pinned: true });
    database.marks.setPinned(runId(1), false);
    expect(database.listRuns({ slot: null, before: null, limit: 10 }).marks).toEqual([]);
  });

  it('keep what follows a NUL', () => {
    const { database } = openWith(over(1));
    database.marks.setNote(runId(1), 'a\0b');
    expect(database.marks.read(runId(1)).note).toBe('a\u2400b');
  });
});

describe('the usual duration', () => {
  it('is the median of the newest successful runs with the same arguments, else of any', () => {
    const same = [10, 20, 1000].map((took, index) => over(index, { args: ['-b', '0'] }, took));
    const failed = over(20, { args: ['-b', '0'], outcome: exited(1) }, 1);
    const other = over(21, { args: ['-b', '1'] }, 3);
    const elsewhere = over(22, { slot: slotB }, 5);
    const { database } = openWith(...same, failed, other, elsewhere);
    const { script } = same[0]!;
    expect(database.history.usual(slotA, script, ['-b', '0'])).toEqual({
      duration: 20_000,
      runs: 3,
      sameArguments: true,
    });
    expect(database.history.usual(slotA, script, ['-b', '7'])).toEqual({
      duration: 15_000,
      runs: 4,
      sameArguments: false,
    });
    expect(database.history.usual(slotA, '/other.py', [])).toBeNull();
    expect(database.history.usual(slotIdSchema.parse('crate9'), script, [])).toBeNull();
  });

  it('rests on the nine newest, and passes over runs whose clock went backwards', () => {
    const runs = Array.from({ length: 20 }, (_, index) => over(index, {}, index < 11 ? 500 : 7));
    const { database } = openWith(...runs, over(30, {}, -5));
    expect(database.history.usual(slotA, runs[0]!.script, [])).toEqual({
      duration: 7000,
      runs: 9,
      sameArguments: true,
    });
  });
});

describe('a run’s messages', () => {
  it('come in order, all of them, in pages that are bounded by their length', () => {
    const { database } = openWith(over(1));
    const texts = Array.from({ length: 1203 }, (_, index) => `{"seq_no": ${index}}`);
    const large = Array.from(
      { length: 100 },
      (_, index) => `{"large": "${String(index).padEnd(60_000, 'x')}"}`,
    );
    const all = [...texts, ...large].map((text) => message({ run: runId(1), text }));
    database.record(batch({ messages: [message({ text: 'not of it' }), ...all] }));
    const read: string[] = [];
    let pages = 0;
    for (let after: number | null = 0; after !== null; pages += 1) {
      const page: { texts: readonly string[]; next: number | null } = database.history.messagesOf({
        run: runId(1),
        after,
      });
      read.push(...page.texts);
      after = page.next;
    }
    expect(read).toEqual([...texts, ...large]);
    expect(pages).toBe(4);
    expect(database.history.counts(runId(1))).toEqual({
      sessionKeys: 0,
      sessionMessages: 0,
      messages: 1303,
    });
  });
});

describe('a run’s messages that are not kept any more', () => {
  const received = (seconds: number) => message({ receivedAt: now + seconds * 1000, run: runId(1) });

  it('are known to be removed, as far as they are not before what was read already', () => {
    const { database } = openWith(over(1));
    const removedBefore = (after: number) =>
      database.history.messagesOf({ run: runId(1), after }).removedBefore;
    expect(removedBefore(0)).toBeNull();
    database.record(batch({ messages: [1, 2, 3, 4, 5].map(received) }));
    expect(removedBefore(0)).toBeNull();
    expect(database.trimMessages(2)).toBe(3);
    expect(removedBefore(0)).toBe(now + 4000);
    expect(removedBefore(2)).toBe(now + 4000);
    expect(removedBefore(3)).toBeNull();
  });
});

describe('removing a run', () => {
  it('takes its session and marks along, and leaves one that is not over', () => {
    const alive = over(3, { survivors: [{ pid: 7, name: 'python3' }] });
    const { database } = openWith(over(1), over(2, { phase: 'running' }), alive);
    for (const seconds of [1, 2, 3]) {
      database.record(
        batch({
          sessions: [
            {
              run: runId(seconds),
              data: [{ key: 'a', value: 1, changedAt: now }],
              messages: [{ position: 0, message: { time: now, text: 'x', from: 'panel' } }],
              relayEnd: null,
            },
          ],
        }),
      );
      database.marks.setPinned(runId(seconds), true);
    }
    expect([1, 2, 3].map((seconds) => database.history.remove(runId(seconds)))).toEqual([true, false, false]);
    expect(database.readRun(runId(1))).toBeNull();
    expect(database.readSession(runId(1))).toBeNull();
    expect(database.marks.read(runId(1)).pinned).toBe(false);
    expect(database.readSession(runId(2))?.data).toEqual({ a: 1 });
    expect(database.history.keptRuns({ before: null, limit: 5 })).toEqual([
      { id: runId(3), slot: slotA, requestedAt: now + 3000, over: false, marked: true },
      { id: runId(2), slot: slotA, requestedAt: now + 2000, over: false, marked: true },
    ]);
    expect(database.history.keptRuns({ before: runId(3), limit: 5 })).toHaveLength(1);
    expect(database.history.remove(runId(1))).toBe(false);
  });
});

describe('the migration', () => {
  it('gives runs of an older panel what they are filtered by', () => {
    const path = join(temporaryFolder(), 'panel.sqlite');
    const old = new DatabaseSync(path);
    migrate(old, path, migrations.slice(0, 2));
    old.exec(
      `INSERT INTO runs VALUES ('${runId()}', '${slotA}', 'crate1', NULL, '/scripts/take_iv.py', '["-b","0"]', 'true',
       'done', ${now}, ${now}, ${now + 5000}, '{"kind":"exited","code":0}', 'null', '[]', '[]', 0, 0)`,
    );
    old.close();
    const database = openDatabase(path);
    expect(database.runsNotOver()).toEqual([]);
    const filter = { ...everyRun, script: 'take_iv', text: '-b 0', outcomes: ['succeeded' as const] };
    expect(database.listRuns({ slot: null, filter, before: null, limit: 5 }).runs).toHaveLength(1);
    database.close();
  });
});
