import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLeftRuns } from '../../../../electron/run/left-runs';
import { until } from '../../../fixtures/until';
import { RunBench } from './run-bench';

let bench: RunBench;
const runs = (): string => join(bench.folder, 'runs');

beforeEach(async () => {
  bench = await RunBench.open();
});
afterEach(async () => {
  await bench.close();
});

test('a panel without its database finds what is still running, as it began, and can take it up', async () => {
  await bench.start(await bench.script('ended.py', ''));
  await until(() => bench.over.length === 1, 'the first run is over');
  const script = await bench.script('wait.py', 'import time; time.sleep(600)');
  const id = await bench.start(script, ['--band', '3']);
  await mkdir(join(runs(), 'not a run'));

  const left = await findLeftRuns(runs());
  expect(left).toMatchObject([{ id, slot: 'crate1slot2', script, args: ['--band', '3'], phase: 'starting' }]);
  await bench.restart(left[0]!);
  expect(bench.latest.phase).toBe('running');
});

test('folders that tell nothing are passed over', async () => {
  expect(await findLeftRuns(join(bench.folder, 'nowhere'))).toEqual([]);
  const folder = join(runs(), '20261123-120000-abc123');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'status.json'), '{ "version": 1');
  await writeFile(join(folder, 'run.json'), 'no JSON');
  expect(await findLeftRuns(runs())).toEqual([]);
  await rm(folder, { recursive: true });
});
