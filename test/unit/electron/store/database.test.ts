import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PanelDatabase } from '../../../../electron/store/database';
import { batch, message, now, openDatabase, pageRequest, run, runId, slotA, slotB } from './fixtures';
import { bundle, temporaryFolder } from './support';

const manyMessages = () => Array.from({ length: 500 }, (_, seqNo) => message({ seqNo }));

function fresh() {
  const path = join(temporaryFolder(), 'panel.sqlite');
  return { path, database: openDatabase(path) };
}

describe('opening', () => {
  it('sets a file that is no database aside, keeps it, and says so', () => {
    const path = join(temporaryFolder(), 'panel.sqlite');
    writeFileSync(path, 'not a database, but someone may still want it. '.repeat(100));
    const database = openDatabase(path);
    const aside = `${path}.corrupt-20261123T140000Z`;
    expect(database.notice).toContain(`set aside as ${aside}`);
    expect(readFileSync(aside, 'utf8')).toContain('someone may still want it');
    expect(database.record(batch({ runs: [run()] })).ok).toBe(true);
    expect(database.readRun(runId())).toEqual(run());
    database.close();
  });

  it('finds damage inside the file, and never writes over what was set aside before', () => {
    const { path, database } = fresh();
    database.record(batch({ messages: manyMessages() }));
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, Math.floor(bytes.length / 8192) * 4096);
    writeFileSync(path, bytes);
    writeFileSync(`${path}.corrupt-20261123T140000Z`, 'an earlier one');
    const again = openDatabase(path);
    expect(again.notice).toContain(`${path}.corrupt-20261123T140000Z-2`);
    expect(readFileSync(`${path}.corrupt-20261123T140000Z`, 'utf8')).toBe('an earlier one');
    expect(again.messagesPage(pageRequest()).rows).toEqual([]);
    again.close();
  });

  it('has no notice on a sound database', () => {
    const { path, database } = fresh();
    database.close();
    const again = openDatabase(path);
    expect(again.notice).toBeNull();
    again.close();
    expect(readdirSync(join(path, '..'))).toEqual(['panel.sqlite']);
  });

  it('says what is wrong with a folder that is none', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const opened = PanelDatabase.open(join(file, 'panel.sqlite'), { now });
    expect(opened).toMatchObject({ ok: false, error: { code: 'store-unreachable' } });
    expect(!opened.ok && opened.error.message).toContain(`${file} is not a folder`);
    const missing = PanelDatabase.open(join(file, '..', 'missing', 'panel.sqlite'), { now });
    expect(!missing.ok && missing.error.message).toContain('it does not exist');
  });

  it('says that a file system is read-only', (context) => {
    const folder = temporaryFolder();
    const mount = (...options: string[]) => spawnSync('mount', [...options, folder], { encoding: 'utf8' });
    if (mount('-t', 'tmpfs', '-o', 'size=4m', 'none').status !== 0)
      context.skip('this user may not mount a file system');
    try {
      const path = join(folder, 'panel.sqlite');
      openDatabase(path).close();
      mount('-o', 'remount,ro');
      expect(PanelDatabase.open(path, { now })).toMatchObject({
        ok: false,
        error: { code: 'store-read-only' },
      });
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  it.for([0, 40])('says that the disk is full, with %i KiB left', (left, context) => {
    const folder = temporaryFolder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder]).status !== 0)
      context.skip('this user may not mount a file system');
    try {
      const path = join(folder, 'panel.sqlite');
      openDatabase(path).close();
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(join(folder, 'filler'), Buffer.alloc(bavail * bsize - left * 1024));
      const opened = PanelDatabase.open(path, { now });
      const answer = opened.ok ? opened.value.record(batch({ messages: manyMessages() })) : opened;
      if (opened.ok) opened.value.abandon();
      expect(answer).toMatchObject({ ok: false, error: { code: 'store-disk-full' } });
      expect(!answer.ok && answer.error.message).toContain('because the disk is full');
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  it('says that another program has locked the database, and leaves it alone', () => {
    const { path, database } = fresh();
    database.close();
    const other = new DatabaseSync(path);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    expect(PanelDatabase.open(path, { now, busyTimeout: 10 })).toMatchObject({
      ok: false,
      error: { code: 'store-locked' },
    });
    other.exec('COMMIT');
    other.close();
    openDatabase(path).close();
  });

  it('leaves a database of a newer panel as it is', () => {
    const path = join(temporaryFolder(), 'panel.sqlite');
    const newer = new DatabaseSync(path);
    newer.exec('CREATE TABLE future (a); PRAGMA user_version = 99');
    newer.close();
    const before = readFileSync(path);
    expect(PanelDatabase.open(path, { now })).toMatchObject({
      ok: false,
      error: { code: 'store-newer-version' },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a process that is killed in the midst of writing', () => {
  let built: { file: string; remove: () => void };
  beforeAll(async () => {
    built = await bundle(join(import.meta.dirname, 'killed-writer.ts'));
  });
  afterAll(() => built.remove());

  it('leaves every batch that it announced, none by halves, and a sound file', () => {
    const path = join(temporaryFolder(), 'panel.sqlite');
    const child = spawnSync(process.execPath, [built.file, path], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(child.stderr).toBe('');
    expect(child.signal).toBe('SIGKILL');
    const announced = child.stdout.trim().split('\n').length;
    expect(announced).toBeGreaterThanOrEqual(20);
    expect(existsSync(`${path}-wal`)).toBe(true);

    const database = openDatabase(path);
    expect(database.notice).toBeNull();
    const rows = database.messagesPage(pageRequest({ limit: 500 })).rows;
    expect(rows.length).toBe(announced * 10);
    expect(database.listRuns({ slot: null, before: null, limit: 500 }).total).toBe(announced);
    database.close();
  });
});

describe('batches', () => {
  it('are written all or nothing', () => {
    const { database } = fresh();
    const broken = { ...message(), msgtype: null as unknown as string };
    expect(database.record(batch({ runs: [run()], messages: [message(), broken] }))).toMatchObject({
      ok: false,
      error: { code: 'store-failed' },
    });
    expect(database.readRun(runId())).toBeNull();
    expect(database.messagesPage(pageRequest()).rows).toEqual([]);
    database.close();
  });

  it('that come twice are written once', () => {
    const { database } = fresh();
    const first = batch({ messages: [message()] });
    database.record(first);
    database.record(first);
    expect(database.messagesPage(pageRequest()).rows).toHaveLength(1);
    database.record({ ...first, recorder: 'another start of the panel' });
    expect(database.messagesPage(pageRequest()).rows).toHaveLength(2);
    database.close();
  });

  it('keep the audit', () => {
    const { path, database } = fresh();
    const entry = {
      at: now,
      actor: 'ocs',
      action: 'run.start',
      slot: slotA,
      run: runId(),
      detail: { args: ['--x'] },
    };
    database.record(batch({ audit: [entry] }));
    database.close();
    const other = new DatabaseSync(path);
    expect({ ...other.prepare('SELECT * FROM audit').get() }).toEqual({
      ...entry,
      position: 1,
      detail: '{"args":["--x"]}',
    });
    other.close();
  });
});

describe('runs', () => {
  const full = run({
    id: runId(1),
    task: 'tune_squids',
    args: ['--bands', '0 1', '"'],
    log: '/tmp/tee.log',
    phase: 'done',
    requestedAt: now + 1000,
    startedAt: now + 1100,
    endedAt: now + 2000,
    outcome: { kind: 'aborted', stage: 'terminate', code: null, signal: 'SIGTERM' },
    abort: { stage: 'terminate', sentAt: now + 1900, until: null },
    survivors: [{ pid: 12, name: 'caget' }],
    problems: ['The file could not be written.'],
    lines: 3_000_000_000,
    bytes: 2 ** 45,
  });

  it('come back whole, and are replaced by their newest state', () => {
    const { database } = fresh();
    database.record(batch({ runs: [run({ id: full.id })] }));
    database.record(batch({ runs: [full] }));
    expect(database.readRun(full.id)).toEqual(full);
    expect(database.readRun(runId(9))).toBeNull();
    database.close();
  });

  it('are listed newest first, page by page, with the total', () => {
    const { database } = fresh();
    const runs = Array.from({ length: 7 }, (_, index) =>
      run({ id: runId(index), requestedAt: now + index * 1000, slot: index % 2 === 0 ? slotA : slotB }),
    );
    database.record(batch({ runs }));
    const first = database.listRuns({ slot: null, before: null, limit: 3 });
    expect(first.runs.map((each) => each.id)).toEqual([runId(6), runId(5), runId(4)]);
    expect(first.total).toBe(7);
    const second = database.listRuns({ slot: null, before: runId(4), limit: 3 });
    expect(second.runs.map((each) => each.id)).toEqual([runId(3), runId(2), runId(1)]);
    const ofSlot = database.listRuns({ slot: slotB, before: runId(5), limit: 10 });
    expect(ofSlot).toMatchObject({ total: 3, runs: [{ id: runId(3) }, { id: runId(1) }] });
    database.close();
  });

  it('are told until it is kept that they are over, and the newest of each slot is known', () => {
    const { database } = fresh();
    const runs = [
      run({ id: runId(1), requestedAt: now + 1, phase: 'done' }),
      run({ id: runId(2), requestedAt: now + 2, phase: 'settling' }),
      run({ id: runId(3), requestedAt: now + 3, phase: 'done', slot: slotB }),
      run({ id: runId(4), requestedAt: now, phase: 'done', survivors: [{ pid: 4711, name: 'python3' }] }),
    ];
    // The third is done, and not all of its output is here.
    database.record(batch({ runs, over: [runId(1)] }));
    expect(database.runsNotOver().map((each) => each.id)).toEqual([runId(4), runId(2), runId(3)]);
    database.record(batch({ over: [runId(3), runId(4)] }));
    database.record(batch({ runs: runs.slice(2) }));
    expect(database.runsNotOver().map((each) => each.id)).toEqual([runId(2)]);
    expect(database.latestRunPerSlot().map((each) => each.id)).toEqual([runId(2), runId(3)]);
    database.close();
  });
});

describe('sessions', () => {
  it('come back with NaN, ±Infinity, odd keys and odd texts, in the order of their first setting', () => {
    const { database } = fresh();
    const value = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0.5,
      null,
      'NaN',
      { ['__proto__']: 1 },
    ];
    const keys = ['channels', '__proto__', 'constructor', '', 'half \ud800 pair', 'nul \0 inside'];
    const texts = ['line with \0', 'é NaN', ''];
    database.record(
      batch({
        runs: [run()],
        sessions: [
          {
            run: runId(),
            data: keys.map((key, index) => ({ key, value, changedAt: now + index })),
            messages: texts.map((text, position) => ({
              position,
              message: { time: now, text, from: 'script' as const },
            })),
            relayEnd: null,
          },
        ],
      }),
    );
    database.record(
      batch({
        sessions: [
          {
            run: runId(),
            data: [{ key: 'channels', value: 1, changedAt: now + 50 }],
            messages: [],
            relayEnd: null,
          },
        ],
      }),
    );
    const session = database.readSession(runId());
    expect(Object.entries(session?.data ?? {})).toEqual([
      ['channels', 1],
      ...keys.slice(1).map((key) => [key, value]),
    ]);
    expect(Object.entries(session?.changedAt ?? {})[0]).toEqual(['channels', now + 50]);
    expect(Object.getPrototypeOf(session?.data)).toBe(Object.prototype);
    expect(session?.messages.map((each) => each.text)).toEqual(texts);
    database.close();
  });

  it('are empty for a run that published nothing, and null for no run', () => {
    const { database } = fresh();
    database.record(batch({ runs: [run()] }));
    expect(database.readSession(runId())).toEqual({ run: runId(), data: {}, changedAt: {}, messages: [] });
    expect(database.readSession(runId(5))).toBeNull();
    database.close();
  });
});

describe('positions of relayed messages', () => {
  it('are kept with the messages and the session that they stand for', () => {
    const { database } = fresh();
    expect(database.relayPosition(runId())).toEqual({ messages: 0, session: 0 });
    database.record(
      batch({
        runs: [run()],
        messages: [
          message({ run: runId(), relayEnd: 120 }),
          message({ run: runId(), relayEnd: 240 }),
          message(),
        ],
        sessions: [{ run: runId(), data: [], messages: [], relayEnd: 120 }],
      }),
    );
    expect(database.relayPosition(runId())).toEqual({ messages: 240, session: 120 });
    database.record(batch({ sessions: [{ run: runId(), data: [], messages: [], relayEnd: 240 }] }));
    expect(database.relayPosition(runId())).toEqual({ messages: 240, session: 240 });
    expect(database.relayPosition(runId(5))).toEqual({ messages: 0, session: 0 });
    database.close();
  });
});
