import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultQueueLimits } from '../../../../electron/store/record-queue';
import { Store, type StoreOptions } from '../../../../electron/store/store';
import type { RecordingStatus } from '../../../../shared/ipc/state';
import { message, now, pageRequest, run, runId, slotA } from './fixtures';
import { bundle, damage, temporaryFolder } from './support';
import { eventually } from '../../../fixtures/eventually';

let built: { file: string; remove: () => void };
beforeAll(async () => {
  built = await bundle(join(import.meta.dirname, '../../../../electron/store/store-worker.ts'));
});
afterAll(() => built.remove());

const stores: Store[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

function make(changes: Partial<StoreOptions> = {}) {
  const databasePath = changes.databasePath ?? join(temporaryFolder(), 'panel.sqlite');
  const statuses: RecordingStatus[] = [];
  const begun: string[] = [];
  const store = new Store({
    workerFile: built.file,
    databasePath,
    onStatus: (status) => statuses.push(status),
    onBegun: () => begun.push(databasePath),
    clock: () => now,
    ...changes,
  });
  stores.push(store);
  return { store, databasePath, statuses, begun };
}

async function valueOf<Value>(
  answer: Promise<{ ok: true; value: Value } | { ok: false; error: { message: string } }>,
) {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function rowsOnDisk(path: string, table: string): number {
  const other = new DatabaseSync(path, { readOnly: true });
  const count = Number(other.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  other.close();
  return count;
}

describe('the store', () => {
  it('records through its worker and answers what was just recorded', async () => {
    const { store, statuses } = make();
    expect(await store.open()).toEqual({ ok: true, value: undefined });
    store.saveRun(run({ task: 'tune_squids' }));
    store.recordMessage(message({ run: runId() }));
    store.audit({ at: now, actor: 'ocs', action: 'run.start', slot: slotA, run: runId(), detail: {} });
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    store.recordSession([
      {
        run: runId(),
        set: Object.fromEntries([['__proto__', values]]),
        changedAt: Object.fromEntries([['__proto__', now]]),
        messagesFrom: 0,
        messages: [{ time: now, text: 'Status is now "running".', from: 'panel' }],
      },
    ]);
    expect((await valueOf(store.readRun(runId())))?.task).toBe('tune_squids');
    expect(await valueOf(store.runsNotOver())).toHaveLength(1);
    expect(await valueOf(store.latestRunPerSlot())).toHaveLength(1);
    expect(await valueOf(store.listRuns({ slot: slotA, before: null, limit: 5 }))).toMatchObject({
      total: 1,
    });
    const session = await valueOf(store.readSession(runId()));
    expect(Object.entries(session?.data ?? {})).toEqual([['__proto__', values]]);
    expect(session?.messages).toHaveLength(1);
    const page = await valueOf(store.messagesPage(pageRequest()));
    expect(page).toMatchObject({
      rows: [{ run: runId(), payload: '{"value":1}' }],
      types: [{ msgtype: 'general', count: 1 }],
    });
    expect(await valueOf(store.readMessage(page.rows[0]?.position ?? 0))).toBe(message().text);
    expect(statuses.at(-1)).toEqual({ state: 'recording', message: null, dropped: 0 });
  });

  it('writes what waits when it closes, and ends the write-ahead log', async () => {
    const { store, databasePath } = make();
    await store.open();
    for (let seqNo = 0; seqNo < 5000; seqNo += 1) store.recordMessage(message({ seqNo }));
    await store.close();
    expect(readdirSync(join(databasePath, '..'))).toEqual(['panel.sqlite']);
    expect(rowsOnDisk(databasePath, 'messages')).toBe(5000);
    store.recordMessage(message());
    await eventually(() => expect(store.status().dropped).toBe(1));
  });

  it('writes by itself, without a flush', async () => {
    const { store, databasePath } = make();
    await store.open();
    store.recordMessage(message());
    await eventually(() => expect(rowsOnDisk(databasePath, 'messages')).toBe(1));
  });

  it('flushes while more and more is recorded', async () => {
    const { store, databasePath } = make();
    await store.open();
    for (let seqNo = 0; seqNo < 3000; seqNo += 1) store.recordMessage(message({ seqNo }));
    store.saveRun(run());
    const flushed = store.flush();
    const stop = setInterval(() => store.recordMessage(message()), 0);
    expect(await flushed).toBe(true);
    clearInterval(stop);
    expect(rowsOnDisk(databasePath, 'messages')).toBeGreaterThanOrEqual(3000);
    expect(rowsOnDisk(databasePath, 'runs')).toBe(1);
  });

  it('drops and counts messages beyond its bound, never runs and sessions', async () => {
    const { store, databasePath, statuses } = make({ limits: { ...defaultQueueLimits, messages: 100 } });
    // Before it opens, everything waits.
    for (let seqNo = 0; seqNo < 250; seqNo += 1) store.recordMessage(message({ seqNo }));
    for (let index = 0; index < 250; index += 1) store.saveRun(run({ id: runId(index) }));
    await store.open();
    await store.flush();
    expect(rowsOnDisk(databasePath, 'messages')).toBe(100);
    expect(rowsOnDisk(databasePath, 'runs')).toBe(250);
    await eventually(() =>
      expect(statuses.at(-1)).toEqual({ state: 'recording', message: null, dropped: 150 }),
    );
  });

  it('keeps no more messages than it is told to', async () => {
    const { store, databasePath } = make();
    await store.open();
    for (let seqNo = 0; seqNo < 9000; seqNo += 1) store.recordMessage(message({ seqNo }));
    await store.flush();
    expect(await valueOf(store.ask('messagesBeyond', { keep: 1000 }))).toEqual({
      messages: 9000,
      beyond: 8000,
    });
    store.retain(1000);
    // What is asked for last holds, before much was removed.
    store.retain(null);
    expect((await valueOf(store.ask('messagesBeyond', { keep: 10_000 }))).beyond).toBe(0);
    expect((await valueOf(store.ask('messagesBeyond', { keep: 1000 }))).beyond).toBeGreaterThan(0);
    store.retain(1000);
    await eventually(() => expect(rowsOnDisk(databasePath, 'messages')).toBe(1000));
    expect((await valueOf(store.messagesPage(pageRequest({ limit: 1 })))).rows[0]?.seqNo).toBe(8999);
  });

  it('waits out a lock that another program holds, and loses nothing', async () => {
    const { store, databasePath, statuses } = make();
    await store.open();
    const other = new DatabaseSync(databasePath);
    other.exec('BEGIN IMMEDIATE');
    for (let seqNo = 0; seqNo < 50; seqNo += 1) store.recordMessage(message({ seqNo }));
    store.saveRun(run());
    expect(await store.flush()).toBe(false);
    expect(statuses.at(-1)).toMatchObject({ state: 'failing', dropped: 0 });
    expect(statuses.at(-1)?.message).toContain(`${databasePath} is locked by another program`);
    other.exec('COMMIT');
    other.close();
    await eventually(() => expect(store.status()).toEqual({ state: 'recording', message: null, dropped: 0 }));
    expect(rowsOnDisk(databasePath, 'messages')).toBe(50);
    expect(rowsOnDisk(databasePath, 'runs')).toBe(1);
  });

  it('says that the disk is full, and records what waited when there is room again', async (context) => {
    const folder = temporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder]);
    if (mounted.status !== 0) context.skip('this user may not mount a file system');
    try {
      const { store, databasePath, statuses } = make({ databasePath: join(folder, 'panel.sqlite') });
      await store.open();
      const text = `{"payload": "${'x'.repeat(10_000)}"}`;
      for (let seqNo = 0; seqNo < 300; seqNo += 1) store.recordMessage(message({ seqNo, text }));
      store.saveRun(run());
      await eventually(() => expect(statuses.at(-1)?.state).toBe('failing'));
      expect(statuses.at(-1)?.message).toContain(databasePath);
      expect(spawnSync('mount', ['-o', 'remount,size=64m', folder]).status).toBe(0);
      await eventually(() => expect(statuses.at(-1)?.state).toBe('recording'));
      await store.flush();
      expect([rowsOnDisk(databasePath, 'messages'), rowsOnDisk(databasePath, 'runs')]).toEqual([300, 1]);
      expect(store.status().dropped).toBe(0);
      await store.close();
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  it('works on without a database, and begins to record when it can be opened', async () => {
    const folder = join(temporaryFolder(), 'home');
    writeFileSync(folder, 'a file in place of the folder');
    const { store, databasePath } = make({ databasePath: join(folder, 'panel.sqlite') });
    const opened = await store.open();
    expect(opened).toMatchObject({ ok: false, error: { code: 'store-unreachable' } });
    expect(store.status()).toMatchObject({ state: 'unavailable' });
    const answer = await store.listRuns({ slot: null, before: null, limit: 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'store-unavailable' } });
    store.saveRun(run());
    expect(await store.flush()).toBe(false);
    rmSync(folder);
    spawnSync('mkdir', [folder]);
    await eventually(() => expect(store.status().state).toBe('recording'));
    await store.flush();
    expect(rowsOnDisk(databasePath, 'runs')).toBe(1);
  });

  it('tells of a damaged database that it set aside', async () => {
    const databasePath = join(temporaryFolder(), 'panel.sqlite');
    writeFileSync(databasePath, 'x'.repeat(5000));
    const { store } = make({ databasePath });
    await store.open();
    expect(store.status()).toMatchObject({ state: 'recording' });
    expect(store.status().message).toContain('set aside');
  });

  it('sets a database aside that is damaged while it is open, and records on', async () => {
    const { store, databasePath, begun } = make();
    await store.open();
    store.recordMessage(message({ seqNo: 1 }));
    await store.flush();
    expect(begun).toHaveLength(1);
    const close = damage(databasePath);
    store.recordMessage(message({ seqNo: 2 }));
    await store.flush();
    close();
    expect(begun).toHaveLength(2);
    expect(store.status()).toMatchObject({ state: 'recording', dropped: 0 });
    expect(store.status().message).toContain('set aside as');
    const page = await valueOf(store.messagesPage(pageRequest()));
    expect(page.rows.map((row) => row.seqNo)).toEqual([2]);
    expect(
      readdirSync(join(databasePath, '..')).filter((name) => name.includes('corrupt-20261123T140000Z')),
    ).not.toEqual([]);
  });

  it('counts what it could not write when it closes', async () => {
    const { store, statuses } = make({ databasePath: '/dev/null/panel.sqlite' });
    await store.open();
    for (let seqNo = 0; seqNo < 30; seqNo += 1) store.recordMessage(message({ seqNo }));
    await store.close();
    expect(statuses.at(-1)).toMatchObject({ state: 'unavailable', dropped: 30 });
  });

  it('starts a worker that died again, and writes nothing twice and leaves nothing out', async () => {
    const dying = join(temporaryFolder(), 'dying-worker.mjs');
    const flag = join(temporaryFolder(), 'died');
    // The real worker, ended once right after it has written its third batch, before its answer is read.
    writeFileSync(
      dying,
      `import { parentPort } from 'node:worker_threads';
       import { existsSync, writeFileSync } from 'node:fs';
       let records = 0;
       await import(${JSON.stringify(built.file)});
       const post = parentPort.postMessage.bind(parentPort);
       const names = new Map();
       parentPort.on('message', (call) => names.set(call.id, call.name));
       parentPort.postMessage = (reply) => {
         if (names.get(reply.id) === 'record') records += 1;
         if (records === 3 && !existsSync(${JSON.stringify(flag)})) {
           writeFileSync(${JSON.stringify(flag)}, '');
           process.exit(3);
         }
         post(reply);
       };`,
    );
    const { store, databasePath, statuses } = make({ workerFile: dying });
    await store.open();
    for (let seqNo = 0; seqNo < 5500; seqNo += 1) store.recordMessage(message({ seqNo }));
    await eventually(() => expect(statuses.some((status) => status.state === 'unavailable')).toBe(true));
    expect(statuses.at(-1)?.message).toContain('ended unexpectedly (exit code 3)');
    await eventually(() => expect(store.status().state).toBe('recording'));
    await store.flush();
    expect(rowsOnDisk(databasePath, 'messages')).toBe(5500);
    const page = await valueOf(store.messagesPage(pageRequest({ limit: 500 })));
    expect(page.rows.map((row) => row.seqNo)).toEqual(
      Array.from({ length: 500 }, (_, index) => 5499 - index),
    );
    expect(store.status().dropped).toBe(0);
  });

  it('gives up on a worker that always dies, and says so', async () => {
    const { store } = make({ workerFile: join(temporaryFolder(), 'missing.mjs') });
    const opened = await store.open();
    expect(opened).toMatchObject({ ok: false, error: { code: 'store-unavailable' } });
    await eventually(() => expect(store.status().message).toContain('restart the panel'));
    expect(store.status().state).toBe('unavailable');
    await store.close();
  });

  it('records on while a long search runs', async () => {
    const { store } = make();
    await store.open();
    for (let seqNo = 0; seqNo < 40_000; seqNo += 1) store.recordMessage(message({ seqNo }));
    await store.flush();
    const order: string[] = [];
    const search = valueOf(store.messagesPage(pageRequest({ text: 'nowhere to be found' }))).then(() =>
      order.push('search'),
    );
    store.saveRun(run());
    await store.flush().then(() => order.push('recorded'));
    await search;
    expect(order).toEqual(['recorded', 'search']);
  });
});
