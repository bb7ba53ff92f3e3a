import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { builtPackage } from './built';
import { isRoot, OrdinaryUser } from './ordinary-user';
import { PackagedPanel } from './packaged-panel';

const execute = promisify(execFile);

test('the .deb installs, starts, upgrades and leaves, and the operator’s data stays', async () => {
  test.skip(!isRoot, 'installing a package wants root');
  const deb = builtPackage('.deb');
  test.skip(deb === null, 'no .deb was built here');
  const user = await OrdinaryUser.make();
  try {
    await test.step('install', async () => {
      await execute('dpkg', ['--install', deb!]);
      await execute('desktop-file-validate', ['/usr/share/applications/smurf-panel.desktop']);
      const entry = await readFile('/usr/share/applications/smurf-panel.desktop', 'utf8');
      expect(entry).toContain('Name=SMuRF Panel');
      expect(entry).toMatch(/^Exec=.*smurf-panel/m);
      expect(entry).toContain('Categories=Science;Engineering;Utility;');
      expect(entry).toContain('StartupWMClass=smurf-panel');
      expect((await user.run('smurf-panel', '--version')).stdout).toMatch(/^SMuRF Panel \d+\.\d+\.\d+/);
      expect((await user.run('smurf-panel', '--help')).stdout).toContain('--home DIR');
    });

    await test.step('run the demo script as an ordinary user, in the sandbox', async () => {
      const panel = await PackagedPanel.start(user, 'smurf-panel');
      expect(await panel.windowConfinement(user)).toBe('2');
      await panel.runDemo('take_iv.py');
      expect(await panel.quit()).toBe(0);
    });

    const home = join(user.home, '.config', 'SMuRF Panel');
    const runs = await readdir(join(home, 'runs'));
    expect(runs).toHaveLength(1);

    await test.step('upgrade: the history is still there', async () => {
      const newer = await newerPackage(deb!);
      try {
        await execute('dpkg', ['--install', newer]);
      } finally {
        await rm(newer);
      }
      const panel = await PackagedPanel.start(user, 'smurf-panel');
      await panel.page.getByRole('navigation', { name: 'Crates' }).getByRole('button').first().click();
      await panel.page.getByRole('tab', { name: 'History', exact: true }).click();
      await expect(panel.page.getByRole('row', { name: /take_iv\.py/ })).toBeVisible();
      expect(await panel.quit()).toBe(0);
    });

    await test.step('remove and purge: the program is gone, the data is not', async () => {
      const { stdout } = await execute('dpkg', ['--purge', 'smurf-panel']);
      expect(stdout).toContain('~/.config/SMuRF Panel');
      for (const path of [
        '/opt/SMuRF Panel',
        '/usr/bin/smurf-panel',
        '/etc/alternatives/smurf-panel',
        '/etc/apparmor.d/smurf-panel',
        '/usr/share/applications/smurf-panel.desktop',
        '/usr/share/icons/hicolor/256x256/apps/smurf-panel.png',
        '/usr/share/doc/smurf-panel',
      ]) {
        expect(existsSync(path), path).toBe(false);
      }
      expect(await readdir(join(home, 'runs'))).toEqual(runs);
      expect(existsSync(join(home, 'panel.sqlite'))).toBe(true);
    });
  } finally {
    await execute('dpkg', ['--purge', 'smurf-panel']);
    await user.remove();
  }
});

/** The same package with a later version. */
async function newerPackage(deb: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-newer-'));
  const root = join(folder, 'root');
  try {
    await execute('dpkg-deb', ['--raw-extract', deb, root]);
    const control = join(root, 'DEBIAN', 'control');
    const text = await readFile(control, 'utf8');
    await writeFile(control, text.replace(/^Version: (.*)$/m, 'Version: $1.1'));
    const newer = join(tmpdir(), `smurf-panel-newer-${process.pid}.deb`);
    await execute('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, newer]);
    return newer;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
