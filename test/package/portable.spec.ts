import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { builtPackage } from './built';
import { isRoot, OrdinaryUser } from './ordinary-user';
import { PackagedPanel } from './packaged-panel';

const execute = promisify(execFile);

test.describe('packages that are not installed', () => {
  test.skip(!isRoot, 'making an ordinary user wants root');
  let user: OrdinaryUser;

  test.beforeEach(async () => {
    user = await OrdinaryUser.make();
  });
  test.afterEach(async () => {
    await user.remove();
  });

  test('the .tar.gz unpacks to a program that runs the demo script', async () => {
    const archive = builtPackage('.tar.gz');
    test.skip(archive === null, 'no .tar.gz was built here');
    await execute('tar', ['-xzf', archive!, '-C', user.home, '--strip-components=1']);
    expect(existsSync(join(user.home, 'resources', 'package-type'))).toBe(false);
    await runsDemo(user, join(user.home, 'smurf-panel'));
  });

  test('the AppImage unpacks to a program that runs the demo script', async () => {
    const image = builtPackage('.AppImage');
    test.skip(image === null, 'no AppImage was built here');
    // A container has no FUSE to mount it with: the image unpacks itself.
    const own = join(user.home, 'panel.AppImage');
    await copyFile(image!, own);
    await execute('chmod', ['755', own]);
    await execute(own, ['--appimage-extract'], { cwd: user.home });
    await execute('chmod', ['-R', 'a+rX', join(user.home, 'squashfs-root')]);
    await runsDemo(user, join(user.home, 'squashfs-root', 'AppRun'));
  });

  test('the installer for Windows unpacks to a complete application', async () => {
    const installer = builtPackage('.exe');
    test.skip(installer === null, 'no installer for Windows was built here');
    const folder = join(user.home, 'windows');
    await execute('7z', ['x', '-y', `-o${folder}`, installer!]);
    const files = await readdir(folder, { recursive: true });
    for (const name of [
      'smurf-panel.exe',
      'resources/app.asar',
      'resources/supervisor/smurf_supervisor.py',
      'resources/stand-ins/sodetlib/det_config.py',
    ]) {
      expect(files).toContain(name);
    }
  });
});

async function runsDemo(user: OrdinaryUser, program: string): Promise<void> {
  const home = join(user.home, 'panel home');
  const panel = await PackagedPanel.start(user, program, '--home', home);
  expect(await panel.windowConfinement(user)).toBe('2');
  await panel.runDemo('take_iv.py');
  expect(await panel.quit()).toBe(0);
  expect(await readdir(join(home, 'runs'))).toHaveLength(1);
}
