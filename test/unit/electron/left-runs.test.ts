import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LeftRuns } from '../../../electron/left-runs';
import { SessionService } from '../../../electron/session/session-service';
import { Store } from '../../../electron/store/store';
import { isActive, type Run } from '../../../shared/domain/run';
import { until } from '../../fixtures/until';
import { now, run, runId, slotA, slotB } from './store/fixtures';
import { bundle, temporaryFolder } from './store/support';

let built: { file: string; remove: () => void };
beforeAll(async () => {
  built = await bundle(join(import.meta.dirname, '../../../electron/store/store-worker.ts'));
});
afterAll(() => built.remove());

const running = run({ id: runId(1) });
const ended = run({ id: runId(2), requestedAt: now + 2000 });

let folder: string;
let store: Store;
let sessions: SessionService;
let left: LeftRuns;
let reattached: Run[];
let shown: Run[];
let faults: unknown[];

function makeStore(databasePath: string): Store {
  return new Store({
    workerFile: built.file,
    databasePath,
    onStatus: () => undefined,
    onBegun: () => undefined,
    clock: () => now,
  });
}

/** A run's folder as its supervisor leaves it: with or without the end of the output. */
function writeRun(of: Run, outputEnded: boolean): void {
  const path = join(folder, 'runs', of.id);
  mkdirSync(path, { recursive: true });
  const status = {
    version: 1,
    boot: null,
    supervisor: { pid: 1, startTicks: null },
    script: null,
    startedAt: null,
    exit: null,
    failure: null,
    survivors: [],
    problems: [],
    outputEnded,
  };
  const transport = { kind: 'local', python: 'python3', cwd: null, env: {} };
  writeFileSync(join(path, 'status.json'), JSON.stringify(status));
  writeFileSync(join(path, 'run.json'), JSON.stringify({ transport, relay: null, run: of }));
}

beforeEach(async () => {
  folder = temporaryFolder();
  sessions = new SessionService();
  reattached = [];
  shown = [];
  faults = [];
  mkdirSync(join(folder, 'home'));
  const earlier = makeStore(join(folder, 'home', 'panel.sqlite'));
  await earlier.open();
  earlier.saveRun(running);
  earlier.saveRun(ended);
  earlier.recordSession([
    {
      run: running.id,
      set: { a: 1 },
      changedAt: { a: now },
      messagesFrom: 0,
      messages: [{ time: now, text: 'of the earlier panel', from: 'script' }],
    },
  ]);
  await earlier.close();
  writeRun(running, false);
  writeRun(ended, true);
  store = makeStore(join(folder, 'home', 'panel.sqlite'));
  left = new LeftRuns({
    runsFolder: join(folder, 'runs'),
    store,
    runs: {
      reattach: async (taken: Run) => {
        reattached.push(taken);
        sessions.takeUp(taken.id, taken.slot, { open: isActive(taken), isFed: false });
        left.restoreSession(taken.id);
      },
    },
    sessions,
    relay: { isFollowing: () => false },
    slot: () => null,
    now: () => now,
    show: (each) => shown.push(each),
    unexpected: (_where, error) => faults.push(error),
  });
});
afterEach(async () => {
  await left.close();
  await store.close();
  expect(faults).toEqual([]);
});

const earlierMessage = { time: now, text: 'of the earlier panel', from: 'script' };
const away = { text: expect.stringContaining('The panel was away') };

test('takes up what the database says, with what it keeps', async () => {
  await store.open();
  await left.takeUp();
  expect(reattached.map(({ id }) => id)).toEqual([ended.id, running.id]);
  expect(shown.map(({ id }) => id)).toEqual([ended.id]);
  expect(sessions.read(running.id)?.data).toEqual({ a: 1 });
  expect(sessions.takeUnsaved()).toMatchObject([
    { run: ended.id, messagesFrom: 0, messages: [away] },
    { run: running.id, set: {}, messagesFrom: 1, messages: [away] },
  ]);
});

test('takes up what was started while nothing could be written, before what the database believes to run', async () => {
  const unwritten = run({ id: runId(3), requestedAt: now + 3000 });
  const elsewhere = run({ id: runId(4), slot: slotB, requestedAt: now + 4000 });
  writeRun(unwritten, false);
  writeRun(elsewhere, false);
  await store.open();
  await left.takeUp();
  expect(reattached.filter(({ slot }) => slot === slotA).map(({ id }) => id)).toEqual([
    unwritten.id,
    ended.id,
    running.id,
  ]);
  expect(reattached.map(({ id }) => id)).toContain(elsewhere.id);
  expect(shown.map(({ id }) => id)).toEqual([ended.id, unwritten.id, elsewhere.id]);
});

test('takes up what was started and has ended unwritten, not what an earlier database knew', async () => {
  const since = run({ id: runId(3), requestedAt: now + 3000 });
  const before = run({ id: runId(-1), requestedAt: now - 1000 });
  const beforeElsewhere = run({ id: runId(4), slot: slotB, requestedAt: now + 4000 });
  for (const each of [since, before, beforeElsewhere]) writeRun(each, true);
  await store.open();
  await left.takeUp();
  expect(reattached.map(({ id }) => id)).toEqual([since.id, ended.id, running.id]);
});

test('comes up where the folders of runs cannot be listed', async () => {
  rmSync(join(folder, 'runs'), { recursive: true });
  writeFileSync(join(folder, 'runs'), '');
  await store.open();
  await left.takeUp();
  expect(reattached.map(({ id }) => id)).toEqual([ended.id, running.id]);
  expect(faults).toMatchObject([{ code: 'ENOTDIR' }]);
  faults = [];
});

test('without the database takes up what runs by its folder, and the rest when it can be read', async () => {
  renameSync(join(folder, 'home'), join(folder, 'aside'));
  await store.open();
  await left.takeUp();
  expect(reattached.map(({ id }) => id)).toEqual([running.id]);
  // What has come meanwhile must not take the place of what is kept.
  sessions.record(slotA, { msgtype: 'session_log', payload: 'of this panel' }, now);
  expect(sessions.takeUnsaved()).toEqual([]);
  const begun = run({ id: runId(3), requestedAt: now + 3000 });
  left.begins(begun.id);
  store.saveRun(begun);

  renameSync(join(folder, 'aside'), join(folder, 'home'));
  await until(() => reattached.length === 2, 'the run that has ended is taken up');
  expect(await left.isRestored(running.id)).toBe(true);
  expect(await left.isRestored(ended.id)).toBe(true);
  expect(reattached.map(({ id }) => id)).toEqual([running.id, ended.id]);
  expect(shown.map(({ id }) => id)).toEqual([running.id]);
  expect(sessions.read(running.id)?.messages).toMatchObject([
    earlierMessage,
    away,
    { text: 'of this panel' },
  ]);
  expect(sessions.takeUnsaved()[0]).toMatchObject({ run: running.id, messagesFrom: 1 });
});

test('closes while it waits for the database', async () => {
  renameSync(join(folder, 'home'), join(folder, 'aside'));
  await store.open();
  await left.takeUp();
  const restored = left.isRestored(running.id);
  await left.close();
  expect(await restored).toBe(false);
});
