import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test, type Panel } from './panel';

const execute = promisify(execFile);

/** Prints the audited actions, oldest first: Playwright's own Node may have no SQLite. */
const readAudit = `
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute('SELECT action FROM audit ORDER BY rowid'): print(row[0])
`;

const waiting = "import time; print('up', flush=True); time.sleep(600)";

/** Puts recorders in the place of the desktop, which the tests have none of. */
async function watchDesktop(panel: Panel, isFocused: boolean): Promise<void> {
  await panel.app.evaluate(({ Notification, BrowserWindow, shell }, focused) => {
    const desktop = { shown: [] as Electron.Notification[], beeps: 0, flashes: [] as boolean[], focused: 0 };
    Object.assign(globalThis, { desktop });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      desktop.shown.push(this);
    };
    shell.beep = () => {
      desktop.beeps += 1;
    };
    BrowserWindow.prototype.isFocused = () => focused;
    BrowserWindow.prototype.flashFrame = (flag: boolean) => {
      desktop.flashes.push(flag);
    };
    BrowserWindow.prototype.focus = () => {
      desktop.focused += 1;
    };
  }, isFocused);
}

interface Desktop {
  readonly shown: Electron.Notification[];
  readonly beeps: number;
  readonly flashes: boolean[];
  readonly focused: number;
}

/** What the desktop was asked to show. */
function desktopOf(panel: Panel) {
  return panel.app.evaluate(() => {
    const { desktop } = globalThis as unknown as { desktop: Desktop };
    const { beeps, flashes, focused } = desktop;
    return { shown: desktop.shown.map(({ title, body }) => ({ title, body })), beeps, flashes, focused };
  });
}

async function choosePreference(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Configuration' })
    .getByRole('button', { name: 'This panel' })
    .click();
}

test('the end of a run is told by the desktop while the window is not in front, and a click leads to the slot', async ({
  bench,
  panel,
}) => {
  await bench.script('fail.py', 'raise SystemExit(3)');
  await watchDesktop(panel, false);
  await panel.slot('crate1slot3');
  await panel.run('fail.py');
  await expect(panel.state).toHaveText('failed');
  await expect
    .poll(async () => (await desktopOf(panel)).shown)
    .toEqual([
      {
        title: 'crate1slot3: fail.py failed',
        body: expect.stringMatching(/^Script has finished with exit code 3, after \d+ s\.$/),
      },
    ]);
  expect(await desktopOf(panel)).toMatchObject({ beeps: 0, flashes: [true] });

  await panel.slot('crate1slot2');
  await panel.button('History').click();
  await panel.app.evaluate(() => {
    const { desktop } = globalThis as unknown as { desktop: Desktop };
    desktop.shown[0]!.emit('click');
  });
  await expect(panel.page.getByRole('heading', { name: 'crate1slot3' })).toBeVisible();
  expect((await desktopOf(panel)).focused).toBe(1);
  // Once: where the operator goes afterwards, they stay, also when the window is loaded anew.
  await panel.slot('crate1slot2');
  await panel.page.reload();
  await expect(panel.page.getByRole('heading', { name: 'crate1slot2' })).toBeVisible();
});

test('the desktop tells only what was chosen, and nothing while the window is in front', async ({
  bench,
  panel,
}) => {
  await bench.script('ok.py', '');
  await bench.script('fail.py', 'raise SystemExit(3)');
  await choosePreference(panel.page);
  await panel.page.getByRole('combobox', { name: 'Tell when' }).selectOption('failures');
  await panel.page.getByRole('checkbox', { name: 'With the system’s sound' }).click();
  await expect(panel.page.getByRole('checkbox', { name: 'With the system’s sound' })).toBeChecked();
  await watchDesktop(panel, true);
  await panel.slot('crate1slot2');
  await panel.run('fail.py');
  await expect(panel.state).toHaveText('failed');
  expect((await desktopOf(panel)).shown).toEqual([]);
  await watchDesktop(panel, false);
  await panel.run('ok.py');
  await expect(panel.state).toHaveText('succeeded');
  await panel.run('fail.py');
  await expect(panel.state).toHaveText('failed');
  await expect.poll(async () => (await desktopOf(panel)).shown.length).toBe(1);
  expect(await desktopOf(panel)).toMatchObject({
    shown: [{ title: 'crate1slot2: fail.py failed' }],
    beeps: 1,
  });

  // The choices are there after a restart.
  await panel.kill();
  const again = await bench.start();
  await choosePreference(again.page);
  await expect(again.page.getByRole('combobox', { name: 'Tell when' })).toHaveValue('failures');
  await expect(again.page.getByRole('checkbox', { name: 'With the system’s sound' })).toBeChecked();
});

test('locked, main refuses what changes anything even if the page asks, and the lock outlives a restart', async ({
  bench,
  panel,
}) => {
  await bench.script('wait.py', waiting);
  await panel.slot('crate1slot2');
  await panel.fill('wait.py');
  await panel.button('Lock the controls').click();
  const banner = (page: Page) => page.getByRole('status', { name: 'Controls' });
  await expect(banner(panel.page)).toContainText('Controls locked since');
  await expect(panel.button('Run')).toBeDisabled();
  // A click into the form is answered: where the button is, nothing else would say why it does nothing.
  const place = await panel.page.getByText('Add to queue').boundingBox();
  await panel.page.mouse.click((place?.x ?? 0) + 5, (place?.y ?? 0) + 5);
  const question = panel.page.getByRole('dialog', { name: 'Controls are locked' });
  await expect(question).toBeVisible();
  await panel.page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  const refused = { ok: false, error: { code: 'controls-locked' } };
  const request = { slot: 'crate1slot2', script: 'wait.py', args: [], log: true, task: null };
  expect(await panel.call('run.start', request)).toMatchObject(refused);
  expect(await panel.call('config.write', { text: '', basedOn: '' })).toMatchObject({ ok: false });
  expect(await panel.call('preferences.write', { lockAfter: 5 })).toMatchObject(refused);
  expect(await panel.call('panel.quit', { choice: 'abort' })).toMatchObject(refused);
  expect(await panel.call('scripts.list', { slot: 'crate1slot2' })).toMatchObject({ ok: true });

  await panel.kill();
  const again = await bench.start();
  await expect(banner(again.page)).toContainText('Controls locked since');
  expect(await again.call('run.start', request)).toMatchObject(refused);
  // By keyboard: refused, and the way out is offered.
  await again.slot('crate1slot2');
  await again.page.keyboard.press('Control+Shift+L');
  await again.button('Unlock the controls').click();
  const dialog = again.page.getByRole('dialog', { name: 'Controls are locked' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await again.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(banner(again.page)).toBeVisible();
  await again.button('Unlock the controls').click();
  await dialog.getByRole('button', { name: 'Unlock' }).click();
  await expect(banner(again.page)).toBeHidden();
  await again.run('wait.py');
  await expect(again.state).toHaveText('running');
});

test('an abort by keyboard asks first, and goes through the lock in one step', async ({ bench, panel }) => {
  await bench.script('wait.py', waiting);
  await panel.slot('crate1slot2');
  await panel.run('wait.py');
  await expect(panel.log).toContainText('up');
  const dialog = panel.page.getByRole('dialog', { name: 'Abort run' });
  await panel.page.keyboard.press('Control+.');
  await expect(dialog).toContainText(/Abort wait\.py on crate1slot2\? It has run for 0:\d\d/);
  await expect(dialog).toContainText('What still runs after 1 s gets SIGTERM');
  await panel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(panel.state).toHaveText('running');

  await panel.page.keyboard.press('Control+Shift+L');
  await expect(panel.page.getByRole('status', { name: 'Controls' })).toBeVisible();
  await panel.button('History').click();
  await panel.page.keyboard.press('Control+.');
  await dialog.getByRole('button', { name: 'Unlock and abort' }).click();
  await panel.slot('crate1slot2');
  await expect(panel.state).toHaveText('aborted');
  await expect(panel.page.getByRole('status', { name: 'Controls' })).toBeHidden();

  await panel.kill();
  const { stdout } = await execute('python3', ['-c', readAudit, join(bench.home, 'panel.sqlite')]);
  expect(stdout.trim().split('\n')).toEqual([
    'panel.start',
    'run.start',
    'controls.lock',
    'controls.unlock',
    'run.abort',
  ]);
});

test('a locked form is looked at to its end with the wheel', async ({ bench, panel }) => {
  await bench.script(
    'options.py',
    `import argparse
parser = argparse.ArgumentParser()
for n in range(40):
    parser.add_argument('--option-%d' % n)
parser.parse_args()
`,
  );
  await panel.slot('crate1slot2');
  await panel.fill('options.py');
  const last = panel.page.getByRole('textbox', { name: '--option-39' });
  await expect(last).toBeAttached();
  await panel.button('Lock the controls').click();
  await expect(panel.page.getByRole('status', { name: 'Controls' })).toBeVisible();
  // What is locked is hidden from whoever goes by names.
  const label = panel.page.getByText('--option-39');
  await expect(label).not.toBeInViewport();
  await panel.page.getByText('--option-1', { exact: true }).hover({ force: true });
  await panel.page.mouse.wheel(0, 10_000);
  await expect(label).toBeInViewport();
});

test('the controls lock themselves after the chosen time without input', async ({ panel }) => {
  await panel.page.clock.install();
  await choosePreference(panel.page);
  const minutes = panel.page.getByRole('textbox', { name: 'Lock after minutes without input' });
  await minutes.fill('2');
  await minutes.press('Enter');
  // The window counts from when it was told of the choice, which is not yet when main has kept it.
  await expect(panel.button('Lock the controls')).toHaveAccessibleDescription(
    'by themselves after 2 minutes without input',
  );
  await panel.page.clock.fastForward('01:30');
  await panel.page.keyboard.press('Shift');
  await panel.page.clock.fastForward('01:30');
  await expect(panel.button('Lock the controls')).toBeVisible();
  await panel.page.clock.fastForward('02:00');
  await expect(panel.page.getByRole('status', { name: 'Controls' })).toContainText(
    'after a time without input',
  );
});

test('the window comes back as it was left: its place, its zoom, its page and its tab', async ({
  bench,
  panel,
}) => {
  await panel.slot('crate1slot3');
  await panel.tab('Messages');
  await panel.slot('crate1slot2');
  await panel.button('History').click();
  await panel.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window!.setBounds({ x: 40, y: 50, width: 1210, height: 780 });
    window!.webContents.setZoomLevel(1);
  });
  await expect
    .poll(() => readFile(join(bench.home, 'window.json'), 'utf8').catch(() => ''))
    .toContain('"width":1210');
  const stood = await panel.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.getBounds(),
  );
  const ended = panel.ended();
  await panel.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
  expect(await ended).toBe(0);

  const again = await bench.start();
  expect(
    await again.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      return { bounds: window.getBounds(), zoom: window.webContents.getZoomLevel() };
    }),
  ).toEqual({ bounds: stood, zoom: 1 });
  await expect(again.page.getByRole('heading', { name: 'History' })).toBeVisible();
  await again.slot('crate1slot3');
  await expect(again.page.getByRole('tab', { name: 'Messages' })).toHaveAttribute('aria-selected', 'true');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`the lock, its question and the preferences have no accessibility faults in ${scheme}`, async ({
    panel,
  }) => {
    await panel.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const faults = async (): Promise<string[]> => {
      const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id} ${nodes.map((node) => node.html).join(' ')}`);
    };
    await choosePreference(panel.page);
    expect(await faults()).toEqual([]);
    await panel.button('Lock the controls').click();
    await panel.button('Unlock the controls').click();
    await expect(panel.page.getByRole('dialog', { name: 'Controls are locked' })).toBeVisible();
    expect(await faults()).toEqual([]);
    await panel.page.keyboard.press('Escape');
    await panel.slot('crate1slot2');
    expect(await faults()).toEqual([]);
  });
}
