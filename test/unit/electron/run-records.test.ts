import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RunRecords, type RunRecordsOptions } from '../../../electron/run-records';
import { SessionService } from '../../../electron/session/session-service';
import { makePanelEvents } from '../../../electron/state/panel-events';
import { Store } from '../../../electron/store/store';
import type { Run } from '../../../shared/domain/run';
import { eventually } from '../../fixtures/eventually';
import { now, run, runId, slotA, slotB } from './store/fixtures';
import { bundle, damage, temporaryFolder } from './store/support';

let built: { file: string; remove: () => void };
beforeAll(async () => {
  built = await bundle(join(import.meta.dirname, '../../../electron/store/store-worker.ts'));
});
afterAll(() => built.remove());

const faults: unknown[] = [];
let store: Store;
let records: RunRecords;
afterEach(async () => {
  records.close();
  await store.close();
  expect(faults).toEqual([]);
});

test('what goes on is kept again, with its session, where the database was begun anew', async () => {
  const databasePath = join(temporaryFolder(), 'panel.sqlite');
  const events = makePanelEvents((error) => faults.push(error));
  store = new Store({
    workerFile: built.file,
    databasePath,
    onStatus: () => undefined,
    onBegun: () => events.databaseBegun.emit(),
    clock: () => now,
  });
  await store.open();
  const sessions = new SessionService();
  // What shows runs, and reads their logs and relays, has no part in this.
  const around = {
    logs: { follow: () => undefined, finish: async () => null },
    relay: { takeUp: () => undefined, finish: async () => true },
    model: { setRun: () => undefined, slot: () => ({}) },
    batcher: { markSlot: () => undefined },
    leftRuns: () => ({
      begins: () => undefined,
      isRestored: async () => true,
      restoreSession: (id: Run['id']) => sessions.restore(id, null),
    }),
  } as unknown as RunRecordsOptions;
  const unexpected = (_where: string, error: unknown): void => void faults.push(error);
  records = new RunRecords({ ...around, store, sessions, events, now: () => now, unexpected });
  records.open();

  const begun = run({ id: runId(1) });
  const takenUp = run({ id: runId(2), slot: slotB, phase: 'running' });
  const over = run({ id: runId(3), phase: 'done' });
  const folder = (of: Run) => ({ run: of.id, path: '/nowhere' });
  await records.persist(begun);
  records.onBegin(begun, folder(begun), false);
  sessions.record(slotA, { msgtype: 'session_data', payload: { before: 1 } }, now);
  records.onTakeUp(takenUp, folder(takenUp), false);
  await records.persist(over);
  records.onOver(over);
  await eventually(async () => {
    const read = await store.readSession(begun.id);
    expect(read.ok && read.value?.data).toEqual({ before: 1 });
    const left = await store.runsNotOver();
    expect(left.ok && left.value.map(({ id }) => id)).toEqual([begun.id, takenUp.id]);
  });

  const close = damage(databasePath);
  store.audit({ at: now, actor: 'ocs', action: 'a', slot: null, run: null, detail: {} });
  await eventually(async () => {
    const read = await store.readSession(begun.id);
    expect(read.ok && read.value?.data).toEqual({ before: 1 });
  });
  close();
  const left = await store.runsNotOver();
  expect(left.ok && left.value.map(({ id }) => id)).toEqual([begun.id, takenUp.id]);
  expect(await store.readRun(over.id)).toEqual({ ok: true, value: null });
});
