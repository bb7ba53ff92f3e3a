import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { LostConnection } from '../../../../shared/domain/run';
import { failure, success, type Result } from '../../../../shared/result';
import { findLeftRuns } from '../../../../electron/run/left-runs';
import type { RunFolder, RunStatus } from '../../../../electron/run/run-folder';
import { replaceFile } from '../../../../electron/run/remote/remote-status';
import type { RunFollowerEvents, RunProbe, Transport } from '../../../../electron/run/transport';
import { until } from '../../../fixtures/until';
import { RunBench } from './run-bench';
import { eventually } from '../../../fixtures/eventually';

const running: RunStatus = {
  version: 1,
  boot: null,
  supervisor: { pid: 4000, startTicks: null },
  script: { pid: 4001, startTicks: null },
  startedAt: 1,
  exit: null,
  failure: null,
  survivors: [],
  problems: [],
  outputEnded: false,
};
const cut: LostConnection = { since: 1, message: 'No route to host.', retryAt: null };

/** A machine that takes a run, and then is never to be reached again. */
class LostHost implements Pick<Transport, 'start' | 'follow' | 'signal' | 'probe'> {
  readonly heard: RunFollowerEvents[] = [];
  asked = 0;

  async start(folder: RunFolder): Promise<Result<RunStatus>> {
    await replaceFile(folder.path, 'status.json', JSON.stringify(running));
    return success(running);
  }

  follow(_folder: RunFolder, _known: RunStatus, events: RunFollowerEvents): { close(): Promise<void> } {
    this.heard.push(events);
    return { close: async () => undefined };
  }

  async signal(): Promise<Result<RunProbe>> {
    return this.probe();
  }

  async probe(): Promise<Result<RunProbe>> {
    this.asked += 1;
    return failure('unreachable', 'ssh: No route to host.');
  }
}

let bench: RunBench;
let host: LostHost;
beforeEach(async () => {
  bench = await RunBench.open();
  host = new LostHost();
  bench.runs = bench.makeService({ transportOf: () => host as unknown as Transport });
});
afterEach(async () => {
  // What nobody gave up on would hold its slot for ever, and this test with it.
  host.heard.at(-1)!.onConnection(cut);
  for (const run of bench.runs.activeRuns()) await bench.runs.giveUp(run.id, 'the test');
  await bench.close();
});

describe('giving up on a run', () => {
  test('ends it where its machine never comes back, and frees the slot for another', async () => {
    const script = await bench.script('lost.py', '');
    const id = await bench.start(script);
    const events = host.heard[0]!;
    events.onConnection(cut);
    expect(await bench.runs.abort(id, 'kill')).toMatchObject({ ok: false });
    await until(() => host.asked >= 2, 'its machine was asked in vain whether something lives');
    expect(bench.runs.activeRun(bench.slot.id)).toMatchObject({ phase: 'stopping' });

    expect(await bench.runs.giveUp(id, 'ocs@daq')).toEqual(success(null));
    expect(bench.latest).toMatchObject({ phase: 'done', outcome: { kind: 'lost' }, abort: null });
    expect(bench.latest.outcome).toHaveProperty('message', expect.stringMatching(/^ocs@daq gave up/));
    expect(bench.over).toHaveLength(1);
    expect(bench.runs.activeRun(bench.slot.id)).toBeNull();
    expect(await bench.start(script)).not.toBe(id);
  });

  test('is for good: what is heard of it later does not bring it back', async () => {
    const id = await bench.start(await bench.script('lost.py', ''));
    const events = host.heard[0]!;
    events.onConnection(cut);
    await bench.runs.giveUp(id, 'ocs@daq');
    const changes = bench.seen.length;
    events.onConnection(null);
    events.onStatus({ ...running, exit: { code: 0, signal: null, at: 2 }, outputEnded: true });
    events.onSupervisorGone();
    await eventually(() => expect(host.asked).toBeGreaterThan(0));
    expect(bench.seen).toHaveLength(changes);
    expect(bench.runs.activeRuns()).toEqual([]);
  });

  test('holds for a panel that has lost its database', async () => {
    const id = await bench.start(await bench.script('lost.py', ''));
    const runsFolder = join(bench.folder, 'runs');
    expect(await findLeftRuns(runsFolder)).toMatchObject([{ id }]);
    host.heard[0]!.onConnection(cut);
    await bench.runs.giveUp(id, 'ocs@daq');
    expect(await findLeftRuns(runsFolder)).toEqual([]);
  });

  test('holds for a panel whose database did not get to know of it', async () => {
    const id = await bench.start(await bench.script('lost.py', ''));
    const atFirst = bench.latest;
    host.heard[0]!.onConnection(cut);
    await bench.runs.giveUp(id, 'ocs@daq');
    const done = bench.latest;
    for (const kept of [atFirst, { ...done, survivors: [{ pid: 4002, name: 'python3' }] }]) {
      await bench.runs.close();
      bench.over.length = 0;
      bench.runs = bench.makeService({ transportOf: () => host as unknown as Transport });
      await bench.runs.reattach(kept, bench.slot);
      expect(bench.over).toMatchObject([{ id, phase: 'done', outcome: { kind: 'lost' }, survivors: [] }]);
      expect(bench.runs.find(id)).toBeNull();
      expect(bench.runs.activeRun(bench.slot.id)).toBeNull();
    }
    expect(host.heard).toHaveLength(1);
    expect(host.asked).toBe(0);
    expect(bench.faults).toEqual([]);
  });

  test('is told where its mark cannot be read, and the run is taken up', async () => {
    const id = await bench.start(await bench.script('lost.py', ''));
    const atFirst = bench.latest;
    const mark = join(bench.runs.folderOf(id), 'given-up.json');
    await symlink(mark, mark);
    await bench.runs.close();
    bench.runs = bench.makeService({ transportOf: () => host as unknown as Transport });
    await bench.runs.reattach(atFirst, bench.slot);
    expect(bench.faults).toMatchObject([{ code: 'ELOOP' }]);
    expect(bench.runs.find(id)).toMatchObject({ phase: 'running' });
  });

  test('is refused while the panel is in touch with the run, and once that is over', async () => {
    const id = await bench.start(await bench.script('lost.py', ''));
    expect(await bench.runs.giveUp(id, 'ocs@daq')).toMatchObject({ error: { code: 'run-connected' } });
    expect(bench.latest.phase).toBe('running');
    host.heard[0]!.onConnection(cut);
    await bench.runs.giveUp(id, 'ocs@daq');
    expect(await bench.runs.giveUp(id, 'ocs@daq')).toMatchObject({ error: { code: 'run-over' } });
  });
});
