import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pause, resume } from '../../../../electron/queue/queue-changes';
import { failure, success } from '../../../../shared/result';
import { slotNumber } from '../../../fixtures/queue';
import { until } from '../../../fixtures/until';
import { gated, QueueBench } from './queue-bench';

let panel: QueueBench;
let script: string;
beforeEach(async () => {
  panel = await QueueBench.open();
  script = await panel.bench.script('gated.py', gated);
});
afterEach(async () => {
  expect(panel.faults).toEqual([]);
  await panel.close();
});

const open = (slot: number): Promise<void> => writeFile(`${script}.${slot}`, '');

describe('the queue', () => {
  it('runs one entry after the other on a slot, and slots independently', async () => {
    await panel.add('a', 2, script);
    await panel.add('b', 2, script);
    await panel.add('c', 3, script);
    await until(() => panel.word('a') === 'running' && panel.word('c') === 'running', 'both slots run');
    expect(panel.word('b')).toBe('waiting');
    const view = panel.queue.view().entries.find((entry) => entry.id === panel.entry('b').id);
    expect(view?.waitsFor).toBe('Waits for gated.py, which runs on this slot.');
    expect(panel.status).toMatchObject({ running: 2, waiting: { crate1slot2: 1 } });
    await open(2);
    await panel.whenWord('b', 'succeeded');
    expect(panel.word('c')).toBe('running');
    expect(panel.stored.get(panel.entry('a').run!)?.outcome).toEqual({ kind: 'exited', code: 0 });
    expect(panel.audits).toContain('run.start crate1slot2 started');
    await open(3);
    await panel.whenWord('c', 'succeeded');
  });

  it('waits for a run that the operator started, and goes on after it', async () => {
    await panel.runs.start(panel.slot('crate1slot2'), { script, args: [], log: true, task: null });
    await panel.add('a', 2, script);
    expect(panel.word('a')).toBe('waiting');
    await open(2);
    await panel.whenWord('a', 'succeeded');
  });

  it('pauses the slot of what failed where others wait, and goes on when resumed', async () => {
    await open(2);
    await panel.queue.change((held) => success(pause(held, null, 'Paused.', Date.now())));
    await panel.add('a', 2, script, ['fail']);
    await panel.add('b', 2, script);
    expect(panel.word('a')).toBe('waiting');
    await panel.queue.change((held) => success(resume(held, null)));
    await panel.whenWord('a', 'failed');
    expect(panel.queue.queue.pausedSlots.get(slotNumber(2))?.reason).toContain('exit code 3');
    expect(panel.word('b')).toBe('waiting');
    await panel.queue.change((held) => success(resume(held, slotNumber(2))));
    await panel.whenWord('b', 'succeeded');
  });

  it('says of a script that cannot be started why not, and is then free for the next', async () => {
    await panel.queue.change((held) => success({ ...held, afterFailure: 'go-on' }));
    await open(2);
    await panel.add('a', 2, '/nowhere/tune.py');
    await panel.add('b', 2, script);
    await panel.whenWord('b', 'succeeded');
    expect(panel.entry('a').outcome).toMatchObject({ kind: 'not-started' });
    expect(JSON.stringify(panel.entry('a').outcome)).toContain('/nowhere/tune.py');
  });

  it('blocks what waits for a slot that is gone from crates.yaml', async () => {
    await panel.queue.change((held) => success(pause(held, null, 'Paused.', Date.now())));
    await panel.add('a', 4, script);
    panel.slots = panel.slots.filter((slot) => slot.id !== 'crate1slot4');
    panel.configChanged.emit(undefined as never);
    await panel.whenWord('a', 'blocked');
    expect(panel.status).toMatchObject({ blocked: 1 });
  });
});

describe('a restart', () => {
  it('brings the queue back paused where entries wait, and matches what runs to its run', async () => {
    await panel.add('a', 2, script);
    await panel.add('b', 2, script);
    await panel.whenWord('a', 'running');
    await until(() => panel.runs.activeRun(slotNumber(2))?.phase === 'running', 'the run runs');
    const { run } = panel.entry('a');
    await panel.restart();
    expect(panel.entry('a')).toMatchObject({ state: 'running', run });
    expect(panel.queue.queue.paused?.reason).toBe('The panel was started again while an entry waited.');
    await open(2);
    await panel.whenWord('a', 'succeeded');
    expect(panel.word('b')).toBe('waiting');
    await panel.queue.change((held) => success(resume(held, null)));
    await panel.whenWord('b', 'succeeded');
  });

  it('knows how a run ended that came to its end while no panel was there', async () => {
    await panel.add('a', 2, script, ['fail']);
    await panel.whenWord('a', 'running');
    await until(() => panel.runs.activeRun(slotNumber(2))?.phase === 'running', 'the run runs');
    await panel.queue.close();
    await open(2);
    await until(() => panel.stored.get(panel.entry('a').run!)?.phase === 'done', 'the run is done');
    expect(panel.word('a')).toBe('running');
    await panel.restart();
    await panel.whenWord('a', 'failed');
    expect(panel.queue.queue.paused).toBeNull();
  });

  it('is kept whole again where the database was begun anew', async () => {
    await panel.queue.change((held) => success(pause(held, null, 'Paused.', Date.now())));
    await panel.add('a', 2, script);
    await panel.add('b', 2, script);
    panel.beginDatabase();
    await until(() => panel.database.queue.load().entries.length === 2, 'both entries are kept again');
    await panel.add('c', 2, script);
    const { entries, settings } = panel.database.queue.load();
    expect(entries).toEqual(panel.queue.queue.entries);
    expect(settings?.paused?.reason).toBe('Paused.');
  });

  it('goes into a database that was begun anew and cannot be written with the next change', async () => {
    await panel.queue.change((held) => success(pause(held, null, 'Paused.', Date.now())));
    await panel.add('a', 2, script);
    panel.isDiskFull = true;
    panel.beginDatabase();
    expect(await panel.queue.change((held) => success(resume(held, null)))).toMatchObject({ ok: false });
    panel.isDiskFull = false;
    await panel.add('b', 2, script);
    expect(panel.database.queue.load().entries).toHaveLength(2);
  });

  it('lets an entry wait again whose run was never begun', async () => {
    await panel.add('a', 2, script);
    await panel.whenWord('a', 'running');
    const begun = panel.entry('a');
    await open(2);
    await panel.whenWord('a', 'succeeded');
    // As a panel leaves it that dies after it has kept the entry and before it has made the run's folder.
    const never = { ...begun, run: `${begun.run!.slice(0, -6)}zzzzzz` as typeof begun.run };
    panel.database.queue.save({ entries: [never], cleared: [], groups: [], settings: null });
    await panel.restart();
    expect(panel.entry('a')).toMatchObject({
      state: 'waiting',
      run: null,
      note: 'The panel ended before it was started.',
    });
    expect(panel.queue.queue.paused).not.toBeNull();
  });

  it('calls a run lost that began and cannot be found', async () => {
    await panel.add('a', 2, script);
    await panel.whenWord('a', 'running');
    const begun = panel.entry('a');
    await open(2);
    await panel.whenWord('a', 'succeeded');
    panel.database.queue.save({ entries: [begun], cleared: [], groups: [], settings: null });
    panel.stored.clear();
    await panel.restart();
    expect(panel.word('a')).toBe('lost');
  });
});

describe('without a database', () => {
  it('refuses a change with the reason, and makes none', async () => {
    panel.isDiskFull = true;
    await expect(panel.add('a', 2, script)).rejects.toThrow('Nothing was changed. The disk is full.');
    expect(panel.queue.queue.entries).toEqual([]);
  });

  it('starts nothing that it could not keep, and says why', async () => {
    await panel.add('a', 2, script);
    await panel.add('b', 2, script);
    await panel.whenWord('a', 'running');
    panel.isDiskFull = true;
    await open(2);
    await panel.whenWord('a', 'succeeded');
    await until(() => panel.queue.queue.paused !== null, 'the queue is paused');
    expect(panel.queue.queue.paused?.reason).toContain('The disk is full.');
    expect(panel.word('b')).toBe('waiting');
    panel.isDiskFull = false;
    await panel.queue.change((held) => success(resume(held, null)));
    await panel.whenWord('b', 'succeeded');
    expect(panel.database.queue.load().entries.map((entry) => entry.state)).toEqual(['done', 'done']);
  });

  it('says that the queue cannot be read, and reads it when it can', async () => {
    await open(2);
    let isBroken = true;
    await panel.add('a', 2, script);
    await panel.whenWord('a', 'succeeded');
    const load = async () =>
      isBroken
        ? failure('store-unavailable', 'The database is not open.')
        : success(panel.database.queue.load());
    await panel.restart({ load });
    expect(panel.status?.fault).toBe('The queue cannot be read. The database is not open.');
    isBroken = false;
    await panel.queue.open();
    expect(panel.status?.fault).toBeNull();
    expect(panel.word('a')).toBe('succeeded');
  });
});

it('a queue that was suspended starts nothing more, though a run ends', async () => {
  await panel.add('a', 2, script);
  await panel.add('b', 2, script);
  await panel.whenWord('a', 'running');
  await panel.queue.suspend('Everything was aborted, to quit the panel.');
  await panel.runs.abortAll();
  await panel.whenWord('a', 'aborted');
  expect(panel.word('b')).toBe('waiting');
  expect(panel.queue.queue.paused?.reason).toBe('Everything was aborted, to quit the panel.');
});
