import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { until } from '../fixtures/until';
import { builtPackage } from './built';
import { isRoot, OrdinaryUser } from './ordinary-user';
import { PackagedPanel } from './packaged-panel';

const execute = promisify(execFile);

/** What the feed offers as version 99: a program that says on which home folder it was started. */
const newer = '#!/bin/sh\necho "$SMURF_PANEL_HOME" >"$(dirname "$0")/started"\n';

test('an AppImage updates itself on request: checked, not while a run is active, and then for real', async () => {
  test.skip(!isRoot, 'making an ordinary user wants root');
  const image = builtPackage('.AppImage');
  test.skip(image === null, 'no AppImage was built here');
  const user = await OrdinaryUser.make();
  const feed = await Feed.open();
  try {
    const own = join(user.home, 'panel.AppImage');
    const home = join(user.home, 'panel');
    const scripts = join(user.home, 'scripts');
    await copyFile(image!, own);
    await chmod(own, 0o755);
    await execute(own, ['--appimage-extract'], { cwd: user.home });
    await mkdir(home);
    await mkdir(scripts);
    await writeFile(
      join(scripts, 'wait.py'),
      'import os, time\nwhile not os.path.exists(__file__ + ".go"): time.sleep(0.05)\n',
    );
    await writeFile(
      join(home, 'crates.yaml'),
      `listener: { port: 0 }\nupdates: { feed: "${feed.address}" }\ncrates:\n  - { name: crate1, publisher-id: crate1, scripts: [${scripts}] }\n`,
    );
    await execute('chown', ['-R', `${user.name}:`, user.home]);
    const panel = await PackagedPanel.start(
      user,
      'env',
      `APPIMAGE=${own}`,
      join(user.home, 'squashfs-root', 'AppRun'),
      '--home',
      home,
    );
    const { page } = panel;
    const state = page.getByRole('status', { name: 'Update state' });
    const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
    const about = async (): Promise<void> => page.getByRole('button', { name: /^About version/ }).click();

    await test.step('a file that is not what the feed says is refused', async () => {
      feed.sha512 = createHash('sha512').update('something else').digest('base64');
      await about();
      await press('Check for updates');
      await expect(state).toContainText('Version 99.0.0 is there.');
      await press('Fetch version 99.0.0');
      await expect(state).toContainText(/could not be fetched.*checksum/i);
      expect((await stat(own)).size).toBeGreaterThan(newer.length);
    });

    await test.step('the right one is fetched, and waits for the run', async () => {
      feed.sha512 = createHash('sha512').update(newer).digest('base64');
      await press('Check for updates');
      await press('Fetch version 99.0.0');
      await expect(state).toContainText('Version 99.0.0 is fetched');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Run', exact: true }).click();
      await page.getByRole('textbox', { name: 'Script' }).fill('wait.py');
      await page.keyboard.press('Tab');
      await press('Run');
      await expect(page.getByRole('status', { name: 'Run state' })).toHaveText('running');
      const refused = await page.evaluate(() => window.panel.call('update.install', {}));
      expect(refused).toMatchObject({ ok: false, error: { code: 'runs-active' } });
      await about();
      await expect(page.getByRole('button', { name: 'Install and restart' })).toBeDisabled();
      await writeFile(join(scripts, 'wait.py.go'), '');
    });

    await test.step('when nothing runs it replaces the program and starts it', async () => {
      await press('Install and restart');
      expect(await panel.ended()).toBe(0);
      expect(await readFile(own, 'utf8')).toBe(newer);
      await until(
        () =>
          readFile(join(user.home, 'started'), 'utf8').then(
            (text) => text === `${home}\n`,
            () => false,
          ),
        'the new program was started on the same home folder',
      );
    });
  } finally {
    await feed.close();
    await user.remove();
  }
});

/** A lab's own feed: a folder of files behind a web server. */
class Feed {
  sha512 = '';

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async open(): Promise<Feed> {
    let feed: Feed | null = null;
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://feed').pathname;
      if (path === '/latest-linux.yml') response.end(feed?.description());
      else if (path === '/smurf-panel.AppImage') response.end(newer);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    feed = new Feed(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return feed;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private description(): string {
    const file = `url: smurf-panel.AppImage\n    sha512: ${this.sha512}\n    size: ${newer.length}`;
    return `version: 99.0.0\nfiles:\n  - ${file}\npath: smurf-panel.AppImage\nsha512: ${this.sha512}\nreleaseDate: '2026-11-23T00:00:00.000Z'\n`;
  }
}
