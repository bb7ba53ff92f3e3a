import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { firstPassAfter, RetentionService } from '../../../../electron/retention/retention-service';
import type { PanelDatabase } from '../../../../electron/store/database';
import type { KeptRun } from '../../../../electron/store/records';
import type { Store } from '../../../../electron/store/store';
import { keepEveryRun } from '../../../../shared/domain/history';
import type { RunId } from '../../../../shared/domain/ids';
import type { RetentionPass } from '../../../../shared/ipc/calls/retention-calls';
import { failure, success } from '../../../../shared/result';
import { eventually } from '../../../fixtures/eventually';
import { until } from '../../../fixtures/until';
import { batch, now, openDatabase, run, runId } from '../store/fixtures';

const opened: { folder: string; database: PanelDatabase }[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const { folder, database } of opened.splice(0)) {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Ten runs over, one a second, each with a folder of 1000 bytes; the real database behind the question. */
function makeBench() {
  const folder = mkdtempSync(join(tmpdir(), 'retention-'));
  const database = openDatabase(join(folder, 'panel.sqlite'));
  opened.push({ folder, database });
  const folderOf = (id: RunId) => join(folder, 'runs', id);
  const ids = Array.from({ length: 10 }, (_, index) => runId(index));
  for (const [index, id] of ids.entries()) {
    database.record(
      batch({
        runs: [
          run({
            id,
            phase: 'done',
            requestedAt: now + index * 1000,
            outcome: { kind: 'exited', code: 0 },
          }),
        ],
      }),
    );
    mkdirSync(join(folderOf(id), 'files'), { recursive: true });
    writeFileSync(join(folderOf(id), 'output.log'), 'x'.repeat(600));
    writeFileSync(join(folderOf(id), 'files', 'a'), 'x'.repeat(400));
  }
  const passes: RetentionPass[] = [];
  const faults: unknown[] = [];
  const pending: string[] = [];
  const alive = new Set<RunId>();
  const strays: KeptRun[] = [];
  const steps: string[] = [];
  /** Runs whose folder elsewhere stays there; and what happens while a run's is asked for. */
  const stays = new Set<RunId>();
  let whileElsewhere: (id: RunId) => void = () => undefined;
  let broken = false;
  const store = {
    ask: async (name: string, request: { run: RunId; before: RunId | null }) => {
      if (name === 'keptRuns')
        return success(database.history.keptRuns({ before: request.before, limit: 2000 }));
      if (broken) return failure('store-failed', 'The database failed.');
      return success(database.history.remove(request.run));
    },
  } as unknown as Store;
  const service = new RetentionService({
    store,
    folderOf,
    strays: async (known) => strays.filter((stray) => !known.has(stray.id) && existsSync(folderOf(stray.id))),
    release: async (id) => {
      steps.push(`release ${existsSync(folderOf(id))}`);
    },
    elsewhere: () => ({
      remove: async (id) => {
        whileElsewhere(id);
        return stays.has(id) ? 'left' : 'removed';
      },
    }),
    isAlive: (id) => alive.has(id),
    now: () => now + 10_000,
    onPending: ({ runs }, minutes) => pending.push(`${runs} in ${minutes}`),
    onPass: (pass) => passes.push(pass),
    onFault: (fault) => faults.push(fault),
  });
  const left = () => database.history.keptRuns({ before: null, limit: 100 }).map(({ id }) => id);
  return {
    folder,
    database,
    folderOf,
    ids,
    alive,
    passes,
    faults,
    pending,
    service,
    strays,
    steps,
    stays,
    setWhileElsewhere: (act: (id: RunId) => void) => {
      whileElsewhere = act;
    },
    left,
    breakStore: (is: boolean) => {
      broken = is;
    },
  };
}

describe('retention', () => {
  it('removes exactly what the preview said: folders, rows and bytes', async () => {
    const { service, ids, left, folder, passes } = makeBench();
    const keep = { ...keepEveryRun, count: 3 };
    const before = await service.preview(keep);
    expect(before).toEqual(
      success({
        runs: 7,
        ofRuns: 10,
        folders: 7,
        bytes: 7000,
        oldestKept: now + 7000,
        keptAlive: 0,
        keptNewest: 0,
        keptMarked: 0,
      }),
    );
    expect(left()).toHaveLength(10);
    service.configure(keep);
    const pass = await service.apply();
    expect(pass).toEqual(
      success({ at: now + 10_000, runs: 7, bytes: 7000, leftElsewhere: 0, problem: null }),
    );
    expect(left()).toEqual(ids.slice(7).toReversed());
    expect(readdirSync(join(folder, 'runs')).toSorted()).toEqual(ids.slice(7));
    expect(passes).toHaveLength(1);
    expect(await service.apply()).toMatchObject({ value: { runs: 0 } });
    expect(service.last).toEqual(passes[0]);
    await service.close();
  });

  it('goes by the size of the folders', async () => {
    const { service } = makeBench();
    expect(await service.preview({ ...keepEveryRun, gigabytes: 4.5e-6 })).toMatchObject({
      value: { runs: 6, bytes: 6000 },
    });
    await service.close();
  });

  it('goes on where a folder cannot be read, and tells of it', async () => {
    const { service, ids, folderOf, faults } = makeBench();
    // A file in the folder's place: it can be removed, but not listed.
    rmSync(folderOf(ids[9]!), { recursive: true });
    writeFileSync(folderOf(ids[9]!), '');
    expect(await service.preview({ ...keepEveryRun, gigabytes: 4.5e-6 })).toMatchObject({
      value: { runs: 5, bytes: 5000 },
    });
    expect(faults).toHaveLength(1);
    expect(String(faults[0])).toContain('ENOTDIR');
    await service.close();
  });

  it('finishes after a crash between folder and row, and with a folder that is partly gone', async () => {
    const { service, ids, folderOf, left, breakStore } = makeBench();
    service.configure({ ...keepEveryRun, count: 8 });
    breakStore(true);
    expect(await service.apply()).toMatchObject({ value: { runs: 0, problem: 'The database failed.' } });
    expect(existsSync(folderOf(ids[0]!))).toBe(false);
    expect(left()).toHaveLength(10);
    breakStore(false);
    expect(await service.preview({ ...keepEveryRun, count: 8 })).toMatchObject({
      value: { runs: 2, folders: 0, bytes: 0 },
    });
    expect(await service.apply()).toMatchObject({ value: { runs: 2, problem: null } });
    expect(left()).toHaveLength(8);
    await service.close();
  });

  it('leaves alone what lives, what a link points to, and everything while there is no limit', async () => {
    const { service, ids, folderOf, left, alive, folder } = makeBench();
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'data'), 'x');
    symlinkSync(outside, join(folderOf(ids[1]!), 'link'));
    alive.add(ids[0]!);
    service.configure(keepEveryRun);
    expect(await service.apply()).toMatchObject({ value: { runs: 0 } });
    service.configure({ ...keepEveryRun, count: 8 });
    expect(await service.apply()).toMatchObject({ value: { runs: 1 } });
    expect(left()).toContain(ids[0]);
    expect(existsSync(folderOf(ids[1]!))).toBe(false);
    expect(existsSync(join(outside, 'data'))).toBe(true);
    await service.close();
  });

  it('tells what goes soon when limits are changed, not when they are first read', async () => {
    const { service, pending, left } = makeBench();
    service.configure({ ...keepEveryRun, count: 9 });
    service.configure({ ...keepEveryRun, count: 9 });
    service.configure({ ...keepEveryRun, count: 4 });
    await until(() => pending.length > 0, 'the change is told');
    service.configure({ ...keepEveryRun, count: 100 });
    service.configure(keepEveryRun);
    await service.preview(keepEveryRun);
    expect(pending).toEqual(['6 in 10']);
    expect(left()).toHaveLength(10);
    await service.close();
  });

  it('keeps to the minutes that it told, also where limits are changed during a pass', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { service, setWhileElsewhere, passes, left } = makeBench();
    service.configure({ ...keepEveryRun, count: 7 });
    setWhileElsewhere(() => service.configure({ ...keepEveryRun, count: 5 }));
    vi.advanceTimersByTime(firstPassAfter);
    await eventually(() => expect(passes).toMatchObject([{ runs: 1 }]));
    expect(left()).toHaveLength(9);
    vi.advanceTimersByTime(firstPassAfter);
    await eventually(() => expect(left()).toHaveLength(5));
    await service.close();
  });

  it('counts only what is gone: not what began to be used meanwhile, nor what the database keeps', async () => {
    const { service, ids, folderOf, left, alive, database, setWhileElsewhere } = makeBench();
    setWhileElsewhere((id) => {
      if (id === ids[0]) alive.add(id);
      if (id !== ids[1]) return;
      // Its row is another one by now, and says that it is not over.
      database.history.remove(id);
      database.record(batch({ runs: [run({ id, requestedAt: now + 1000 })] }));
    });
    service.configure({ ...keepEveryRun, count: 7 });
    expect(await service.apply()).toMatchObject({ value: { runs: 1, bytes: 2000 } });
    expect(left()).toEqual([...ids.slice(3).toReversed(), ids[1], ids[0]]);
    expect(existsSync(folderOf(ids[0]!))).toBe(true);
    await service.close();
  });

  it('closes what is open of a folder before that goes', async () => {
    const { service, steps } = makeBench();
    service.configure({ ...keepEveryRun, count: 8 });
    await service.apply();
    expect(steps).toEqual(['release true', 'release true']);
    await service.close();
  });

  it('counts folders that stay elsewhere, and removes the ones here all the same', async () => {
    const { service, ids, stays, left, passes } = makeBench();
    stays.add(ids[0]!).add(ids[2]!);
    service.configure({ ...keepEveryRun, count: 7 });
    await service.apply();
    expect(passes).toMatchObject([{ runs: 3, leftElsewhere: 2, problem: null }]);
    expect(left()).toHaveLength(7);
    await service.close();
  });

  it('counts and removes folders that have no row, as the runs that they are', async () => {
    const { service, ids, strays, folderOf, left } = makeBench();
    const makeStray = (index: number, over: boolean): void => {
      const id = runId(index);
      mkdirSync(folderOf(id), { recursive: true });
      writeFileSync(join(folderOf(id), 'output.log'), 'x'.repeat(500));
      const slot = run({ id }).slot;
      strays.push({ id, slot, requestedAt: now - index, over, marked: false });
    };
    makeStray(20, true);
    makeStray(21, false);
    const keep = { ...keepEveryRun, count: 9 };
    expect(await service.preview(keep)).toMatchObject({
      value: { runs: 2, ofRuns: 12, folders: 2, bytes: 1500, keptAlive: 1 },
    });
    service.configure(keep);
    expect(await service.apply()).toMatchObject({ value: { runs: 2, bytes: 1500, problem: null } });
    expect(left()).toEqual(ids.slice(1).toReversed());
    expect(existsSync(folderOf(runId(20)))).toBe(false);
    expect(existsSync(folderOf(runId(21)))).toBe(true);
    await service.close();
  });

  it('says that it does not know the limits yet', async () => {
    const { service } = makeBench();
    expect(await service.apply()).toMatchObject({ ok: false, error: { code: 'retention-unknown' } });
    await service.close();
  });
});
