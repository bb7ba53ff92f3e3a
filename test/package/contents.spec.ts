import { execFile } from 'node:child_process';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { Archive, dist } from './built';

const execute = promisify(execFile);
const application = join(dist, 'linux-unpacked');
const archive = () => Archive.read(join(application, 'resources', 'app.asar'));

/** What the fuse wire holds for a fuse that is off, and for one that is on: the characters 0 and 1. */
const off = '0'.charCodeAt(0);
const on = '1'.charCodeAt(0);

test('the fuses are set as they were meant', async () => {
  const wire = await getCurrentFuseWire(join(application, 'smurf-panel'));
  expect({
    runAsNode: wire[FuseV1Options.RunAsNode],
    nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
    cookies: wire[FuseV1Options.EnableCookieEncryption],
    onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: off,
    nodeOptions: off,
    inspect: off,
    cookies: on,
    onlyAsar: on,
    fileProtocol: off,
  });
});

test('the archive holds the built program and nothing else', async () => {
  const files = (await archive()).files();
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'package.json',
      'out/main/main.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
    ]),
  );
  const known =
    /^(package\.json|out\/(main\/[\w-]+\.js|preload\/preload\.cjs|renderer\/(index\.html|assets\/[\w.-]+)))$/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.map$|test|node_modules/.test(path))).toEqual([]);
});

test('the manifest says what Electron the package carries', async () => {
  const manifest = JSON.parse(await (await archive()).text('package.json')) as Record<string, unknown>;
  const carried = (await readFile(join(application, 'version'), 'utf8')).trim().replace(/^v/, '');
  const { stdout } = await execute(join(application, 'smurf-panel'), ['--version', '--no-sandbox']);
  expect(stdout).toContain(`SMuRF Panel ${String(manifest['version'])} (Electron ${carried}`);
  const isStandIn = manifest['electronSource'] !== 'official';
  expect(String(manifest['version']).endsWith('+standin')).toBe(isStandIn);
  expect(stdout.includes('stand-in')).toBe(manifest['electronSource'] === 'fallback');
  expect(manifest).not.toHaveProperty('scripts');
  expect(manifest).not.toHaveProperty('devDependencies');
});

test('the panel adds little to an empty Electron', async () => {
  const whole = await sizeOf(application);
  const own = (await stat(join(application, 'resources', 'app.asar'))).size;
  test.info().annotations.push({
    type: 'size',
    description: `${(whole / 1e6).toFixed(1)} MB, of which the panel ${(own / 1e6).toFixed(1)} MB`,
  });
  // An empty Electron is all the rest: the panel's own part has to stay a small share of what an operator installs.
  expect(own / whole).toBeLessThan(0.05);
});

test('what is read as a file stands beside the archive', async () => {
  const files = await readdir(join(application, 'resources'), { recursive: true });
  expect(files).toEqual(
    expect.arrayContaining([
      'supervisor/smurf_supervisor.py',
      'demo/scripts/take_iv.py',
      'stand-ins/sodetlib/det_config.py',
    ]),
  );
});

test('nothing of a development runtime is left', async () => {
  const files = await readdir(application, { recursive: true });
  expect(files.filter((name) => /default_app\.asar|panel-runtime\.json|__pycache__/.test(name))).toEqual([]);
});

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await lstat(join(folder, name));
    if (found.isFile()) bytes += found.size;
  }
  return bytes;
}
