import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChildTransport } from '../../../../electron/run/child-transport';
import { runStateWord } from '../../../../shared/domain/run';
import { until } from '../../../fixtures/until';
import { RunBench } from './run-bench';

/*
 * The transport of Windows, on whatever system the tests run: only how a tree of processes is ended is the system's.
 */

let bench: RunBench;
const ended: { pid: number; force: boolean }[] = [];

beforeEach(async () => {
  bench = await RunBench.open();
  const transport = new ChildTransport('python3', async (pid, force) => {
    ended.push({ pid, force });
    process.kill(pid, force ? 'SIGKILL' : 'SIGTERM');
  });
  bench.runs = bench.makeService({ transportOf: () => transport });
  ended.length = 0;
});
afterEach(async () => {
  await bench.close();
});

test('a child of the panel is recorded as the supervisor would: streams, times, exit', async () => {
  const source = `import os, sys
sys.stdout.write(os.environ['SMURFPUB_ID'] + ' ' + repr(sys.stdin.read()) + chr(10))
sys.stderr.write('trouble' + chr(10))
raise SystemExit(4)`;
  const id = await bench.start(await bench.script('child.py', source));
  const run = await bench.whenDone();
  expect(run.outcome).toEqual({ kind: 'exited', code: 4 });
  const log = await bench.log(id);
  expect(log).toContain("crate1slot2 ''\n");
  expect(log).toContain('trouble\n');
  const index = await readFile(join(bench.runs.folderOf(id), 'output.idx'));
  const records = Array.from({ length: index.length / 24 }, (_, at) => index.subarray(at * 24, at * 24 + 24));
  expect(new Set(records.map((record) => record.readUInt32LE(20)))).toEqual(new Set([1, 2]));
  expect(records.reduce((sum, record) => sum + record.readUInt32LE(16), 0)).toBe(log.length);
  await until(() => bench.over.length === 1, 'the run is over');
});

test('an abort ends its tree, asking first', async () => {
  const source = `import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('up')
time.sleep(600)`;
  const id = await bench.start(await bench.script('stubborn.py', source));
  await until(async () => (await bench.log(id)).includes('up'), 'the script is up');
  await bench.runs.abort(id, 'interrupt');
  const run = await bench.whenDone();
  expect(runStateWord(run)).toBe('aborted');
  expect(ended.map(({ force }) => force)).toEqual([false, false, true]);
});

test('a script or an interpreter that is not there is refused with a sentence', async () => {
  const missing = await bench.runs.start(bench.slot, {
    script: '/nowhere.py',
    args: [],
    log: true,
    task: null,
  });
  expect(missing).toMatchObject({ ok: false, error: { code: 'script-missing' } });
  const transport = { ...bench.slot.transport, python: 'python-of-another-world' };
  const script = await bench.script('ok.py', '');
  const started = await bench.runs.start(
    { ...bench.slot, transport },
    { script, args: [], log: true, task: null },
  );
  expect(started).toMatchObject({ ok: false, error: { code: 'interpreter-missing' } });
});
