import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import electron from 'electron';
import { needCommands } from '../fixtures/debian-packages';
import { DetachedPanel } from './detached-panel';
import { Bench, expect, panelEnvironment, publishing, root, stubborn, test } from './panel';

const execute = promisify(execFile);

const counting = `${publishing}
for i in range(1_000_000):
    print('count', i)
    publish('session_data', {'count': i, 'key%d' % (i % 5): i})
    if os.path.exists(sys.argv[0] + '.go'): break
    time.sleep(0.01)
print('last', i)
publish('session_data', {'finished': True})
`;

const everyCount = (log: string): void => {
  const lines = log.trim().split('\n');
  const last = Number(lines.at(-1)!.split(' ')[1]);
  expect(lines.slice(0, -1)).toEqual(Array.from({ length: last + 1 }, (_, i) => `count ${i}`));
};

test('a reload of the window during a run loses nothing', async ({ bench, panel }) => {
  const script = await bench.script('counting.py', counting);
  await panel.slot('crate1slot2');
  await panel.run('counting.py');
  await expect(panel.session).toContainText('key4');
  await panel.page.reload();
  await expect(panel.state).toHaveText('running');
  await expect(panel.session).toContainText('key4');
  await writeFile(`${script}.go`, '');
  await expect(panel.state).toHaveText('succeeded');
  await expect(panel.session).toContainText('finished');
  everyCount(await bench.log());
});

test("the end of the window's own process during a run loses nothing", async ({ bench }) => {
  const script = await bench.script('counting.py', counting);
  const panel = await DetachedPanel.start(bench.home);
  try {
    const before = await panel.page();
    await before.getByRole('button', { name: 'crate1slot2', exact: true }).click();
    await before.getByRole('tab', { name: 'Run', exact: true }).click();
    await before.getByRole('textbox', { name: 'Script' }).fill('counting.py');
    await before.getByRole('button', { name: 'Run', exact: true }).click();
    const shown = (page: Page): Locator => page.getByRole('region', { name: 'Session data' });
    await expect(shown(before)).toContainText('key4');
    await panel.killRenderer();
    const after = await panel.page();
    await expect(after.getByRole('status', { name: 'Run state' })).toHaveText('running');
    await expect(after.getByText(/started again/)).toBeVisible();
    await expect(shown(after)).toContainText('key4');
    await writeFile(`${script}.go`, '');
    await expect(after.getByRole('status', { name: 'Run state' })).toHaveText('succeeded');
    await expect(shown(after)).toContainText('finished');
    everyCount(await bench.log());
  } finally {
    await panel.close();
  }
});

test('a panel that is killed finds its run again, with every line and the true exit code', async ({
  bench,
  panel,
}) => {
  const script = await bench.script('counting.py', `${counting}raise SystemExit(7)\n`);
  await panel.slot('crate1slot2');
  await panel.run('counting.py');
  await expect(panel.log).toContainText('count 20');
  await panel.kill();
  const again = await bench.start();
  await again.slot('crate1slot2');
  await expect(again.state).toHaveText('running');
  await expect(again.session).toContainText('key4');
  await writeFile(`${script}.go`, '');
  await expect(again.state).toHaveText('failed');
  await expect(again.page.getByText('exit code 7').first()).toBeVisible();
  await again.tab('Log');
  await again.log.focus();
  await again.page.keyboard.press('Home');
  await expect(again.log).toContainText('count 0');
});

test('quitting while a run is active asks, and leaves the run as the operator says', async ({
  bench,
  panel,
}) => {
  await bench.script('wait.py', "import time; print('up'); time.sleep(600)");
  await panel.slot('crate1slot2');
  await panel.run('wait.py');
  await expect(panel.log).toContainText('up');
  const close = (): Promise<void> =>
    panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await close();
  const dialog = panel.page.getByRole('dialog', { name: 'Runs are active' });
  await expect(dialog).toContainText('crate1slot2');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.state).toHaveText('running');

  await close();
  await dialog.getByRole('button', { name: 'Leave them running and quit' }).click();
  expect(await panel.ended()).toBe(0);
  const again = await bench.start();
  await again.slot('crate1slot2');
  await expect(again.state).toHaveText('running');

  await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await again.page.getByRole('button', { name: 'Abort all and quit' }).click();
  expect(await again.ended()).toBe(0);
  const third = await bench.start();
  await third.slot('crate1slot2');
  await expect(third.state).toHaveText('aborted');
});

test('aborting all to quit shows how far it is, and a panel that was told to stay open stays', async ({
  bench,
  panel,
}) => {
  await bench.script('stubborn.py', stubborn);
  await panel.slot('crate1slot3');
  await panel.run('stubborn.py');
  await expect(panel.log).toContainText('pids');
  await panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await panel.button('Abort all and quit').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Aborting all runs' });
  await expect(dialog).toContainText('stopping');
  await dialog.getByRole('button', { name: 'Stay open' }).click();
  await expect(dialog).toBeHidden();
  await panel.button('Send SIGTERM now').click();
  await panel.button('Send SIGKILL now').click();
  await expect(panel.state).toHaveText('aborted');
  // An abort that still meant to quit would have done so by the time that another run has come and gone.
  await bench.script('short.py', "print('short')");
  await panel.run('short.py');
  await expect(panel.state).toHaveText('succeeded');
});

test('a second panel on the same home says so and leaves; the first one is told', async ({
  bench,
  panel,
}) => {
  const executable = await panel.app.evaluate(() => process.execPath);
  const second = spawn(executable, [root, '--no-sandbox', '--disable-gpu'], {
    env: { ...process.env, SMURF_PANEL_HOME: bench.home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(second, 'close')) as [number];
  expect(code).toBe(2);
  expect(said).toContain('already open');
  expect(said).toContain(bench.home);
  await expect(panel.page.getByText(/was started again/)).toBeVisible();
});

test('the panel that an update starts waits for the old one to end', async ({ bench, panel }) => {
  const starting = DetachedPanel.start(bench.home, { APPIMAGE_SILENT_INSTALL: 'true' });
  // It has come, and not left.
  await expect(panel.page.getByText(/was started again/).first()).toBeVisible();
  await panel.app.evaluate(({ app }) => app.quit());
  expect(await panel.ended()).toBe(0);
  const updated = await starting;
  try {
    await expect((await updated.page()).getByRole('status', { name: 'Listener' })).toBeVisible();
  } finally {
    await updated.close();
  }
});

test('a home folder that cannot be used is named, with the cause, where there is no terminal too', async () => {
  const reason = await needCommands({ xdotool: 'xdotool' });
  test.skip(reason !== null, reason ?? '');
  const bench = await Bench.make();
  const way = join(bench.home, 'a file in the way');
  await writeFile(way, '');
  const panel = spawn(electron as unknown as string, [root, '--no-sandbox', '--disable-gpu'], {
    // Chromium's own files go to the user's folder where there is no home.
    env: { ...panelEnvironment(join(way, 'home')), XDG_CONFIG_HOME: bench.home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let said = '';
    panel.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = once(panel, 'close');
    const named = ['search', '--onlyvisible', '--name', 'SMuRF Panel cannot start'];
    const dialog = (): Promise<string> =>
      execute('xdotool', named).then(
        ({ stdout }) => stdout.trim(),
        () => '',
      );
    await expect.poll(dialog, { timeout: 30_000 }).toMatch(/^\d+$/);
    expect(said).toContain(
      `The home folder ${join(way, 'home')} cannot be used: what should be a folder on its way is a file`,
    );
    const focus = ['windowfocus', await dialog(), 'key', 'Return'];
    // Another panel of these tests may take the keys for a moment.
    await expect
      .poll(async () => {
        await execute('xdotool', focus).catch(() => undefined);
        return panel.exitCode;
      })
      .toBe(1);
    await ended;
  } finally {
    panel.kill('SIGKILL');
    await bench.close();
  }
});
