import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exclusively } from '../../../build/setup/exclusively.mjs';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smurf-lock-'));
  lock = join(folder, 'deep', 'work.lock');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('two at once take turns', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all([exclusively(lock, 'working', work), exclusively(lock, 'working', work)]);
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

test('work that fails gives the lock back', async () => {
  const failing = exclusively(lock, 'working', () => Promise.reject(new Error('no network')));
  await expect(failing).rejects.toThrow('no network');
  expect(await exclusively(lock, 'working', () => Promise.resolve('done'))).toBe('done');
});

test('the lock of a process that is gone is taken over', async () => {
  const gone = spawn(process.execPath, ['--version'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  await once(gone, 'exit');
  await exclusively(lock, 'working', () => Promise.resolve());
  await writeFile(lock, String(gone.pid));
  expect(await exclusively(lock, 'working', () => Promise.resolve('done'))).toBe('done');
});
