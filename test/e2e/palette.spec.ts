import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { windowShortcuts, type WindowShortcutId } from '../../renderer/shell/shortcut-table';
import { Bench, expect, test, type Panel } from './panel';

const waiting = 'import time\nprint("waiting", flush=True)\ntime.sleep(600)\n';

/** Types into the palette and does what it finds first. */
async function command(panel: Panel, typed: string): Promise<void> {
  await panel.page.keyboard.press('Control+k');
  await panel.page.getByRole('combobox', { name: 'Find a command' }).fill(typed);
  await panel.page.keyboard.press('Enter');
  await expect(panel.page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
}

test('the palette does everything with the keyboard alone, and says why it cannot', async ({
  bench,
  panel,
}) => {
  await bench.script('first_light.py', waiting);
  const { page } = panel;
  await command(panel, 'slot3');
  await expect(page.getByRole('heading', { level: 1, name: 'crate1slot3' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('abort');
  const abort = page.getByRole('option', { name: /Abort/ });
  await expect(abort).toHaveAttribute('aria-disabled', 'true');
  await expect(abort).toContainText('Nothing runs on crate1slot3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // Letters in their order are enough.
  await command(panel, 'slot2');
  await command(panel, 'fill frstlght');
  await expect(page.getByRole('textbox', { name: 'Script' })).toHaveValue(/first_light\.py$/);
  await command(panel, 'run');
  await expect(panel.state).toHaveText('running');

  await command(panel, 'abort');
  const dialog = page.getByRole('dialog', { name: 'Abort run' });
  await expect(dialog).toContainText('first_light.py');
  await expect(dialog.getByRole('button', { name: 'Abort', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.state).toHaveText('aborted');

  await command(panel, 'history every');
  await command(panel, 'first_light on crate1slot2');
  await expect(panel.log).toContainText('waiting');
});

/** What each key of the whole window does, seen in the window. The panel shows crate1slot2 first. */
const effects: Record<WindowShortcutId, (panel: Panel) => Promise<void>> = {
  palette: async ({ page }) => {
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    await page.keyboard.press('Escape');
  },
  shortcuts: async ({ page }) => {
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const { does } of Object.values(windowShortcuts)) await expect(sheet.getByText(does)).toBeVisible();
    await page.keyboard.press('Escape');
  },
  run: async (panel) => expect(panel.state).toHaveText('running'),
  abort: async ({ page }) => {
    await expect(page.getByRole('dialog', { name: 'Abort run' })).toBeVisible();
    await page.keyboard.press('Escape');
  },
  lock: async ({ page }) => expect(page.getByText(/controls locked/i).first()).toBeVisible(),
  'slot-below': ({ page }) => expect(page.getByRole('heading', { level: 1 })).toHaveText('crate1slot3'),
  'slot-above': ({ page }) => expect(page.getByRole('heading', { level: 1 })).toHaveText('crate1slot2'),
  'tab-run': (panel) => tabIsOpen(panel, 'Run'),
  'tab-log': (panel) => tabIsOpen(panel, 'Log'),
  'tab-session': ({ page }) => expect(page.locator('#session-beside')).toBeFocused(),
  'tab-files': (panel) => tabIsOpen(panel, 'Files'),
  'tab-messages': (panel) => tabIsOpen(panel, 'Messages'),
  'tab-metadata': (panel) => tabIsOpen(panel, 'Metadata'),
  'tab-history': (panel) => tabIsOpen(panel, 'History'),
  'page-overview': ({ page }) =>
    expect(page.getByRole('button', { name: 'Overview', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    ),
  'page-queue': ({ page }) =>
    expect(page.getByRole('button', { name: 'Queue', exact: true })).toHaveAttribute('aria-current', 'page'),
  'page-history': ({ page }) => expect(page.getByRole('heading', { level: 1 })).toHaveText('History'),
  'page-audit': ({ page }) => expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit'),
  settings: ({ page }) => expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings'),
};

async function tabIsOpen(panel: Panel, name: string): Promise<void> {
  await expect(panel.page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
}

test('every key of the list of shortcuts does what the list says, typing or not', async ({
  bench,
  panel,
}) => {
  await bench.script('waiting.py', waiting);
  await panel.slot('crate1slot2');
  await panel.fill('waiting.py');
  await panel.page.getByRole('textbox', { name: 'Arguments' }).focus();
  const press = async (id: WindowShortcutId): Promise<void> => {
    await panel.page.keyboard.press(
      windowShortcuts[id].hotkey.replace('mod', 'Control').replace('alt', 'Alt').replace('shift', 'Shift'),
    );
    await effects[id](panel);
  };
  const slotIds: WindowShortcutId[] = ['palette', 'shortcuts', 'tab-files', 'tab-messages', 'tab-metadata'];
  slotIds.push(
    'tab-history',
    'tab-session',
    'tab-log',
    'tab-run',
    'run',
    'abort',
    'slot-below',
    'slot-above',
  );
  const pageIds: WindowShortcutId[] = [
    'page-overview',
    'page-queue',
    'page-history',
    'page-audit',
    'settings',
    'lock',
  ];
  expect([...slotIds, ...pageIds].toSorted()).toEqual(Object.keys(windowShortcuts).toSorted());
  for (const id of [...slotIds, ...pageIds]) await press(id);
});

test('the audit tells who started and who aborted what, narrows it down, and saves it', async ({
  bench,
  panel,
}) => {
  await bench.script('waiting.py', waiting);
  const { page } = panel;
  await panel.slot('crate1slot3');
  await panel.slot('crate1slot2');
  await panel.run('waiting.py');
  await expect(panel.state).toHaveText('running');
  await panel.abort();
  await expect(panel.state).toHaveText('aborted');
  await panel.button('Audit').click();

  const rows = page.getByRole('grid', { name: 'Audit' }).getByRole('row');
  const operator = userInfo().username;
  const row = (what: string) => rows.filter({ hasText: what }).filter({ hasText: operator });
  await expect(row('Aborted a run')).toContainText('crate1slot2');
  await expect(row('Started a run')).toContainText('waiting.py');
  await expect(row('Started the panel')).toHaveCount(1);

  const found = page.getByRole('status', { name: 'Entries found' });
  await page.getByRole('textbox', { name: 'Details, run or slot' }).fill('waiting.py');
  await expect(found).toHaveText('1 entry');
  await row('Started a run').click();
  const detail = page.getByRole('region', { name: 'Entry' });
  await expect(detail).toContainText('run.start');

  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-audit-'));
  const file = join(folder, 'audit.csv');
  await panel.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await panel.button('Save list as CSV…').click();
  await expect(page.getByText(/1 entry saved in/)).toBeVisible();
  expect(await readFile(file, 'utf8')).toContain(`${operator},run.start,crate1slot2`);
  await rm(folder, { recursive: true });

  await detail.getByRole('button', { name: 'Open run' }).click();
  await expect(panel.log).toContainText('waiting');
});

test('the connection of a slot is checked from its page', async ({ bench, panel }) => {
  await bench.script('words.py', 'print(1)');
  await panel.slot('crate1slot2');
  const action = panel.button('Check connection of crate1slot2');
  await action.click();
  const dialog = panel.page.getByRole('dialog', { name: 'Connection of crate1slot2' });
  await dialog.getByRole('button', { name: 'Check connection' }).click();
  await expect(dialog.getByRole('status', { name: 'Connection check' })).toContainText(
    'All is well: runs can start on this slot.',
  );
  await panel.page.keyboard.press('Escape');
  await expect(action).toBeFocused();
});

test('the guide leads through the first run on the demo crate once, and comes back when asked for', async () => {
  const bench = await Bench.make();
  try {
    const first = await bench.start();
    const guide = first.page.getByRole('region', { name: 'Guide' });
    await expect(guide).toContainText('Choose a slot');
    for (const title of ['Choose a script', 'Run it', 'Abort it', 'Describe your own crates']) {
      await guide.getByRole('button', { name: 'Next' }).click();
      await expect(guide).toContainText(title);
    }
    await guide.getByRole('button', { name: 'Done' }).click();
    await expect(guide).toHaveCount(0);
    await command(first, 'show the guide');
    await expect(guide).toContainText('Choose a slot');
    await guide.getByRole('button', { name: 'Close the guide' }).click();
    await first.app.close();
    const again = await bench.start();
    await expect(again.crates).toBeVisible();
    await expect(again.page.getByRole('region', { name: 'Guide' })).toHaveCount(0);
  } finally {
    await bench.close();
  }
});

test('no guide comes where crates are configured', async ({ panel }) => {
  await panel.slot('crate1slot2');
  await expect(panel.page.getByRole('region', { name: 'Guide' })).toHaveCount(0);
});
