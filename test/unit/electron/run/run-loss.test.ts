import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runIdSchema } from '../../../../shared/domain/ids';
import { FolderWatch } from '../../../../electron/files/folder-watch';
import { LocalTransport } from '../../../../electron/run/local-transport';
import { until } from '../../../fixtures/until';
import { RunBench, supervisor } from './run-bench';

let bench: RunBench;
beforeEach(async () => {
  bench = await RunBench.open();
});
afterEach(async () => {
  await bench.close();
});

/** Leaves a process behind that ends by itself when a file is there. */
const leaves = `
import subprocess, sys
wait = "import os, time\\nwhile not os.path.exists('go'): time.sleep(0.02)"
subprocess.Popen([sys.executable, '-c', wait], start_new_session=True)
`;
const waits = `
import os, time
print('up')
while not os.path.exists('go'): time.sleep(0.02)
`;
const letGo = (): Promise<void> => writeFile(join(bench.folder, 'go'), '');

describe('a panel that comes back', () => {
  test('ends a run that it left in its settling second', async () => {
    await bench.start(await bench.script('short.py', 'raise SystemExit(5)'));
    const done = await bench.whenDone();
    bench.seen.length = 0;
    await bench.restart({ ...done, phase: 'settling', outcome: null });
    await until(() => bench.seen.at(-1)?.phase === 'done', 'the run is done');
    expect(bench.latest.outcome).toEqual({ kind: 'exited', code: 5 });
    expect(bench.runs.activeRun(bench.slot.id)).toBeNull();
  });

  test('still says that an abort ended a script which has ended meanwhile', async () => {
    const patient = { ...bench.slot, abort: { interrupt: 600, terminate: 600 } };
    const id = await bench.start(await bench.script('waits.py', waits), [], patient);
    await until(async () => (await bench.log(id)).startsWith('up'), 'the script is up');
    await bench.runs.abort(id, 'interrupt');
    const aborted = await bench.whenDone();
    const settling = bench.seen.find((seen) => seen.phase === 'settling')!;
    bench.seen.length = 0;
    await bench.restart(settling);
    await until(() => bench.seen.at(-1)?.phase === 'done', 'the run is done');
    expect(bench.latest.outcome).toEqual(aborted.outcome);
    expect(bench.latest.outcome).toMatchObject({ kind: 'aborted', stage: 'interrupt' });
  });

  test('calls a run lost whose status cannot be read, and names the file', async () => {
    const id = await bench.start(await bench.script('waits.py', waits));
    const running = bench.latest;
    await writeFile(join(bench.runs.folderOf(id), 'status.json'), '{"version": 2}');
    await bench.restart(running);
    expect(bench.latest).toMatchObject({ phase: 'done', outcome: { kind: 'lost' } });
    expect(bench.notes.join()).toContain(join(bench.runs.folderOf(id), 'status.json'));
    expect(bench.latest.survivors).toHaveLength(1);
    await bench.runs.abort(id, 'kill');
    await until(() => bench.over.length === 1, 'nothing of the run lives');
  });

  test('takes up processes that outlived their script, and does not hold the slot for them', async () => {
    const id = await bench.start(await bench.script('leaves.py', leaves));
    const done = await bench.whenDone();
    expect(done.survivors).toHaveLength(1);
    await bench.restart(done);
    // Its output and its messages may go on.
    expect(bench.takenUp.map((run) => run.id)).toEqual([id]);
    expect(bench.runs.activeRun(bench.slot.id)).toBeNull();
    expect(bench.runs.find(id)).toMatchObject({ phase: 'done', outcome: { kind: 'exited', code: 0 } });
    await bench.runs.abort(id, 'kill');
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    expect(bench.latest.survivors).toEqual([]);
  });

  test('finds out that they have ended while it was away', async () => {
    await bench.start(await bench.script('leaves.py', leaves));
    const done = await bench.whenDone();
    await bench.runs.close();
    await letGo();
    bench.runs = bench.makeService();
    await bench.runs.reattach(done, bench.slot);
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    expect(bench.latest).toMatchObject({ phase: 'done', survivors: [] });
  });
});

describe('a supervisor that is gone', () => {
  test('after the script has ended: what lives is still watched to its end', async () => {
    const id = await bench.start(await bench.script('leaves.py', leaves));
    expect((await bench.whenDone()).survivors).toHaveLength(1);
    await bench.killSupervisor(id);
    await letGo();
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    expect(bench.latest).toMatchObject({ survivors: [], outcome: { kind: 'exited', code: 0 } });
  });

  test('before that: the run is lost, and processes that end by themselves do not stay on the screen', async () => {
    const id = await bench.start(await bench.script('waits.py', waits));
    await until(async () => (await bench.log(id)).startsWith('up'), 'the script is up');
    await bench.killSupervisor(id);
    expect(await bench.whenDone()).toMatchObject({ outcome: { kind: 'lost' } });
    expect(bench.latest.survivors).toHaveLength(1);
    await letGo();
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    expect(bench.latest.survivors).toEqual([]);
  });

  test('with the folder of the run: it is lost, not running for ever', async () => {
    const id = await bench.start(await bench.script('waits.py', waits));
    await rm(bench.runs.folderOf(id), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    await letGo();
    const run = await bench.whenDone();
    expect(run.outcome).toMatchObject({ kind: 'lost' });
    expect(bench.notes.join()).toContain('whether its processes live is not known');
  });
});

test('a status that cannot be read for a while is told of once', async () => {
  const id = await bench.start(await bench.script('waits.py', waits));
  // In one go, since a file that is being written is another fault.
  const garbage = await bench.script('garbage', 'garbage');
  await rename(garbage, join(bench.runs.folderOf(id), 'status.json'));
  await until(() => bench.faults.length > 0, 'the fault is told');
  // Another watch of the same kind: when it has woken four times, the follower has looked again too.
  let wakes = 0;
  const watch = new FolderWatch(bench.runs.folderOf(id), ['status.json'], () => {
    wakes += 1;
  });
  watch.start();
  await until(() => wakes >= 4, 'the follower has looked again');
  watch.close();
  expect(bench.faults).toHaveLength(1);
  await letGo();
  expect(await bench.whenDone()).toMatchObject({ outcome: { kind: 'exited', code: 0 } });
});

describe('a start', () => {
  const intent = async (): Promise<Parameters<typeof bench.runs.start>[1]> => ({
    script: await bench.script('waits.py', waits),
    args: [],
    log: true,
    task: null,
  });

  test('that meets an unexpected error does not hold the slot', async () => {
    bench.runs = bench.makeService({
      onBegin: () => {
        throw new Error('the log service was used after it was closed');
      },
    });
    await expect(bench.runs.start(bench.slot, await intent())).rejects.toThrow('log service');
    expect(bench.runs.activeRuns()).toEqual([]);
    expect(bench.latest).toMatchObject({ phase: 'done', outcome: { kind: 'lost' } });
  });

  test('during which the panel closes leaves the run to the next panel, and nothing open here', async () => {
    let begun = false;
    bench.runs = bench.makeService({
      onBegin: () => {
        begun = true;
      },
    });
    const starting = bench.runs.start(bench.slot, await intent());
    await until(() => begun, 'the start is under way');
    const [run] = bench.runs.activeRuns();
    await bench.runs.close();
    expect(await starting).toMatchObject({ ok: true });
    expect(process.getActiveResourcesInfo()).not.toContain('FSEventWrap');
    await bench.restart(run!);
    expect(bench.latest.phase).toBe('running');
  });
});

test('an interpreter that answers nonsense is a failure with a sentence, so that an abort goes on', async () => {
  const path = join(bench.folder, 'runs', 'some');
  await mkdir(path, { recursive: true });
  const folder = { run: runIdSchema.parse('20261123-120000-abc123'), path };
  const probed = await new LocalTransport(supervisor, '/bin/echo', path).probe(folder);
  expect(probed).toMatchObject({ ok: false, error: { code: 'supervisor-failed' } });
});
