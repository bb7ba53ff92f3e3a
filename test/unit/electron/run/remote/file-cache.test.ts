import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileCache } from '../../../../../electron/run/remote/file-cache';

const file = { host: 'smurf-srv27', path: '/data/plot.png', size: 300, mtime: 1_700_000_000.25, limit: 1000 };

describe('FileCache', () => {
  let folder: string;
  let cache: FileCache;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smurf-cache-'));
    cache = new FileCache(join(folder, 'files'), 1000);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives what was put, for exactly that file', async () => {
    expect(await cache.get(file)).toBeNull();
    await cache.put(file, Buffer.alloc(300, 1));
    expect(await cache.get(file)).toEqual(Buffer.alloc(300, 1));
    expect(await cache.get({ ...file, limit: 300 })).not.toBeNull();
    expect(await new FileCache(join(folder, 'files')).get(file)).not.toBeNull();
    const others = [
      { host: 'other' },
      { path: '/data/other' },
      { size: 301 },
      { mtime: 1_700_000_001 },
      { limit: 299 },
    ];
    for (const other of others) expect(await cache.get({ ...file, ...other })).toBeNull();
  });

  it('lets go of what was not used for longest', async () => {
    const files = ['a', 'b', 'c'].map((path) => ({ ...file, path }));
    for (const each of files) await cache.put(each, Buffer.alloc(300));
    const past = new Date(Date.now() - 60_000);
    for (const name of await readdir(join(folder, 'files')))
      await utimes(join(folder, 'files', name), past, past);
    expect(await cache.get(files[0]!)).not.toBeNull();
    expect(await cache.get(files[2]!)).not.toBeNull();
    await cache.put({ ...file, path: 'd' }, Buffer.alloc(300));
    expect(await cache.get(files[0]!)).not.toBeNull();
    expect(await cache.get(files[1]!)).toBeNull();
    expect(await cache.get(files[2]!)).not.toBeNull();
    expect((await readdir(join(folder, 'files'))).length).toBe(3);
  });

  it('does not keep what is too large for it', async () => {
    await cache.put(file, Buffer.alloc(1001));
    expect(await cache.get(file)).toBeNull();
  });
});
