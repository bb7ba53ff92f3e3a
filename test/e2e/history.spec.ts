import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { cratesYaml, expect, publishing, test, type Bench, type Panel } from './panel';

const execute = promisify(execFile);

/** A script that publishes what differs from run to run by its arguments, with NaN, and waits only if told to. */
const measuring = `${publishing}
print('measuring', sys.argv[1:])
bias = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
publish('session_data', {'bias': bias, 'fixed': [1, 2, 3], 'broken': float('nan'),
                         'noise': [bias, float('nan'), 2.0], 'nested': {'q': 7}})
publish('session_log', 'measured')
if '--wait' in sys.argv:
    while not os.path.exists(sys.argv[0] + '.go'): time.sleep(0.02)
sys.exit(3 if '--fail' in sys.argv else 0)
`;

async function runs(
  panel: Panel,
  slot: string,
  ...commands: [script: string, args: string, state: string][]
) {
  await panel.slot(slot);
  for (const [script, args, state] of commands) {
    const before = await listed(panel);
    await panel.run(script, args);
    await expect.poll(() => listed(panel)).toBe(before + 1);
    await expect(panel.state).toHaveText(state);
  }
}

async function listed(panel: Panel): Promise<number> {
  const reply = (await panel.call('history.list', { slot: null, before: null, limit: 1 })) as {
    value: { total: number };
  };
  return reply.value.total;
}

async function openHistory(panel: Panel): Promise<void> {
  await panel.page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: 'History' })
    .click();
  await expect(panel.page.getByRole('heading', { name: 'History' })).toBeVisible();
}

function rows(panel: Panel): Locator {
  return panel.page
    .getByRole('grid', { name: 'Runs' })
    .getByRole('row')
    .filter({ hasNotText: 'Started (UTC)' });
}

function scriptFilter(panel: Panel): Locator {
  return panel.page.getByRole('search').getByLabel('Script');
}

/** The save dialog answers this path. */
async function answerSaveDialog(panel: Panel, path: string): Promise<void> {
  await panel.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
  }, path);
}

async function makeScripts(bench: Bench): Promise<void> {
  await bench.script('measure.py', measuring);
  await bench.script('tune.py', measuring);
}

test('the history is filtered by each of its filters, and cleared', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1.5', 'succeeded'], ['tune.py', '2 --fail', 'failed']);
  await runs(panel, 'crate1slot3', ['measure.py', "2 'two words'", 'succeeded']);
  await openHistory(panel);
  const { page } = panel;
  const found = page.getByRole('status', { name: 'Runs found' });
  await expect(found).toHaveText('3 runs');
  await expect(rows(panel)).toHaveCount(3);
  await expect(rows(panel).first()).toContainText('crate1slot3');

  const clear = panel.button('Clear all');
  const text = page.getByRole('textbox', { name: 'Arguments or note' });
  await text.fill('two words');
  await expect(found).toHaveText('1 run found');
  await expect(rows(panel)).toContainText(["2 'two words'"]);
  await clear.click();

  await scriptFilter(panel).fill('tun');
  await expect(found).toHaveText('1 run found');
  await expect(rows(panel)).toContainText(['exit code 3']);
  await clear.click();
  await expect(found).toHaveText('3 runs');

  for (const [name, option, count] of [
    ['Outcome', 'failed', '1 run found'],
    ['Slots', 'crate1slot2', '2 runs found'],
  ] as const) {
    await page.getByRole('search').getByLabel(name, { exact: true }).first().click();
    await page.getByRole('option', { name: option, exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(found).toHaveText(count);
    await clear.click();
    await expect(found).toHaveText('3 runs');
  }
  await page.getByLabel('To (UTC)').fill('2020-01-01');
  await expect(page.getByText('No run fits the filters')).toBeVisible();
  await panel.button('Clear all filters').click();
  await page.getByLabel('From (UTC)').fill('2020-01-01');
  await expect(found).toHaveText('3 runs found');
});

test('a note and a pin outlive the panel, and are searched', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1', 'succeeded']);
  await openHistory(panel);
  await rows(panel).first().click();
  await panel.page.getByRole('textbox', { name: 'Note', exact: true }).fill('fridge at 100 mK\nband 3 noisy');
  await expect(panel.page.getByRole('status', { name: 'Note state' })).toHaveText('Saved');
  await panel.button('Pin').click();
  await expect(panel.button('Unpin')).toBeVisible();
  await panel.kill();

  const again = await bench.start();
  await openHistory(again);
  await again.page.getByRole('textbox', { name: 'Arguments or note' }).fill('band 3');
  await expect(again.page.getByRole('status', { name: 'Runs found' })).toHaveText('1 run found');
  await expect(again.page.getByText('has a note')).toBeAttached();
  await expect(again.page.getByText('pinned', { exact: true })).toBeAttached();
  await rows(again).first().click();
  await expect(again.page.getByRole('textbox', { name: 'Note', exact: true })).toHaveValue(
    'fridge at 100 mK\nband 3 noisy',
  );
});

test('a note that is typed as the panel’s window closes is kept', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1', 'succeeded']);
  await openHistory(panel);
  await rows(panel).first().click();
  await panel.page.getByRole('textbox', { name: 'Note', exact: true }).pressSequentially('late');
  // Leaves the page before the note was kept by itself.
  await panel.slot('crate1slot3');
  await openHistory(panel);
  await expect(panel.page.getByText('has a note')).toBeAttached();
});

test('a run is run again with edits, from the page and from the slot’s tab', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', "1.5 'two words'", 'succeeded']);
  await panel.slot('crate1slot3');
  await openHistory(panel);
  await rows(panel).first().click();
  await panel.button('Re-run').click();
  await expect(panel.page.getByRole('heading', { name: 'crate1slot2' })).toBeVisible();
  const args = panel.page.getByRole('textbox', { name: 'Arguments' });
  await expect(panel.page.getByRole('textbox', { name: 'Script' })).toHaveValue(/measure\.py$/);
  await expect(args).toHaveValue("1.5 'two words'");
  await args.fill("9 'two words'");
  await panel.button('Run').click();
  await expect(panel.log).toContainText("measuring ['9', 'two words']");
  await expect(panel.state).toHaveText('succeeded');

  await panel.tab('History');
  await panel.page.getByRole('grid', { name: 'Runs' }).focus();
  await panel.page.keyboard.press('End');
  await panel.button('Re-run').click();
  await expect(args).toHaveValue("1.5 'two words'");
});

test('an exported run is read by Python, whole', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1.5', 'succeeded']);
  await openHistory(panel);
  await rows(panel).first().click();
  const archive = join(bench.home, 'run.zip');
  await answerSaveDialog(panel, archive);
  await panel.button('Export').click();
  await expect(panel.page.getByText(`to ${archive}`)).toBeVisible();
  const read = `
import json, math, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
session = json.loads(archive.read('session.json'))
assert session['data']['bias'] == 1.5 and math.isnan(session['data']['broken']), session
assert [m['text'] for m in session['messages']].count('measured') == 1, session
messages = [json.loads(line) for line in archive.open('messages.jsonl')]
assert [m['type'] for m in messages] == ['start', 'session_data', 'session_log'], messages
assert math.isnan(messages[1]['payload']['broken'])
run = json.loads(archive.read('run.json'))
assert run['args'] == ['1.5'] and run['state'] == 'succeeded', run
assert archive.read('log.txt') == b"measuring ['1.5']\\n", archive.read('log.txt')
assert archive.read('log-times.csv').startswith(b'offset,length,stream,time,time_utc\\r\\n0,')
print(' '.join(archive.namelist()))`;
  const { stdout } = await execute('python3', ['-c', read, archive]);
  expect(stdout.trim()).toBe('log.txt log-times.csv session.json messages.jsonl run.json README.txt');
});

test('an active run is exported up to now, and says so', async ({ bench, panel }) => {
  await makeScripts(bench);
  await panel.slot('crate1slot2');
  await panel.run('measure.py', '4 --wait');
  await expect(panel.log).toContainText('measuring');
  await openHistory(panel);
  await rows(panel).first().click();
  const archive = join(bench.home, 'live.zip');
  await answerSaveDialog(panel, archive);
  await panel.button('Export').click();
  await expect(panel.page.getByText('The run was still active')).toBeVisible();
  const { stdout } = await execute('python3', [
    '-c',
    'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("README.txt").decode())',
    archive,
  ]);
  expect(stdout).toContain('THE RUN WAS STILL ACTIVE');
});

test('two runs of two slots are compared: NaN equals NaN, numbers say by how much', async ({
  bench,
  panel,
}) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '2', 'succeeded']);
  await runs(panel, 'crate1slot3', ['measure.py', '3', 'succeeded']);
  await openHistory(panel);
  await rows(panel).first().click();
  await panel.page.getByRole('grid', { name: 'Runs' }).focus();
  await panel.page.keyboard.press('Shift+ArrowDown');
  await expect(
    panel.page.getByRole('grid', { name: 'Runs' }).getByRole('row', { selected: true }),
  ).toHaveCount(2);
  await panel.button('Compare').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Compare runs' });
  await expect(dialog.getByRole('status', { name: 'Differences' })).toHaveText('2 of 5 values differ');
  const values = dialog.getByRole('grid', { name: 'Compared values' });
  await expect(values.getByRole('row').nth(1)).toContainText('bias');
  await expect(values.getByRole('row').nth(1)).toContainText('+1 (+50 %)');
  await expect(values.getByRole('row').nth(2)).toContainText('1 of 3 differ, at most by 1 at [0]');
  await expect(dialog.getByRole('table', { name: 'What ran' })).toContainText('crate1slot2');
  await values.getByRole('row').nth(2).click();
  await expect(dialog.getByRole('figure', { name: 'noise' })).toBeVisible();

  await dialog.getByRole('switch', { name: 'Only differences' }).click();
  await expect(values.getByRole('row', { name: /broken/ })).toContainText('same');
  await dialog.getByRole('textbox', { name: 'Find in the comparison' }).fill('nested');
  await expect(values.getByRole('row')).toHaveCount(2);
  await dialog.getByRole('textbox', { name: 'Find in the comparison' }).fill('');
  await dialog.getByLabel('Tolerance, %').fill('50');
  await expect(dialog.getByRole('status', { name: 'Differences' })).toHaveText('No difference in 5 values');
  await panel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the list is saved as CSV as it is filtered, safe for spreadsheets', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1', 'succeeded'], ['tune.py', '1', 'succeeded']);
  await openHistory(panel);
  await rows(panel).first().click();
  await panel.page.getByRole('textbox', { name: 'Note', exact: true }).fill('=HYPERLINK("x")\nsecond, line');
  await expect(panel.page.getByRole('status', { name: 'Note state' })).toHaveText('Saved');
  await scriptFilter(panel).fill('tune');
  await expect(panel.page.getByRole('status', { name: 'Runs found' })).toHaveText('1 run found');
  const path = join(bench.home, 'runs.csv');
  await answerSaveDialog(panel, path);
  await panel.button('Save list as CSV…').click();
  await expect(panel.page.getByText(`1 run saved in ${path}`)).toBeVisible();
  const read =
    'import csv, json, sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))))';
  const { stdout } = await execute('python3', ['-c', read, path]);
  expect(JSON.parse(stdout)).toMatchObject([
    { script: 'tune.py', state: 'succeeded', note: `'=HYPERLINK("x")\nsecond, line`, slot: 'crate1slot2' },
  ]);
});

test('an active run says how long it usually takes', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1', 'succeeded']);
  await panel.run('measure.py', '2 --wait');
  await expect(panel.log).toContainText('measuring');
  await expect(panel.page.getByText(/^usually/)).toBeVisible();
  await expect(panel.page.getByRole('progressbar', { name: 'Usual time' })).toBeVisible();
});

test('retention removes what its preview said, and nothing else', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(
    panel,
    'crate1slot2',
    ['measure.py', '1', 'succeeded'],
    ['measure.py', '2', 'succeeded'],
    ['measure.py', '3', 'succeeded'],
    ['measure.py', '4', 'succeeded'],
  );
  await openHistory(panel);
  await rows(panel).nth(2).click();
  await panel.button('Pin').click();
  await expect(panel.button('Unpin')).toBeVisible();
  await panel.button('Settings').click();
  await panel.button('Listener and storage').click();
  await panel.page.getByRole('textbox', { name: 'Runs', exact: true }).fill('1');
  const preview = panel.page.getByRole('status', { name: 'What would go' });
  await expect(preview).toContainText('2 runs of 4 would go now, with 2 folders of');
  await expect(preview).toContainText('staying: 1 with a note or a pin');
  expect(await readdir(join(bench.home, 'runs'))).toHaveLength(4);
  await expect(panel.button('Remove now…')).toBeDisabled();
  await panel.button('Save').click();
  await expect(preview).toContainText('It goes within the hour.');
  expect(await readFile(join(bench.home, 'crates.yaml'), 'utf8')).toMatch(
    /runs:\s+count: 1|runs: \{ count: 1 \}/,
  );
  expect(await readdir(join(bench.home, 'runs'))).toHaveLength(4);
  await panel.button('Remove now…').click();
  await panel.page
    .getByRole('dialog', { name: 'Remove old runs' })
    .getByRole('button', { name: 'Remove 2 runs' })
    .click();
  await expect(panel.page.getByText(/^Last removed: 2 runs/)).toBeVisible();
  expect(await readdir(join(bench.home, 'runs'))).toHaveLength(2);
  await openHistory(panel);
  await expect(panel.page.getByRole('status', { name: 'Runs found' })).toHaveText('2 runs');
});

test('the history is accessible in both schemes', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot2', ['measure.py', '1', 'succeeded'], ['measure.py', '2 --fail', 'failed']);
  await openHistory(panel);
  await rows(panel).first().click();
  await expect(panel.page.getByRole('textbox', { name: 'Note', exact: true })).toBeVisible();
  const check = async (where: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.html).join(' ')}`),
    ).toEqual([]);
  };
  for (const scheme of ['dark', 'light']) {
    await panel.page.evaluate((wanted) => {
      document.documentElement.dataset['mantineColorScheme'] = wanted;
    }, scheme);
    await check(`history, ${scheme}`);
  }
  await panel.button('Compare').click();
  await expect(panel.page.getByRole('grid', { name: 'Compared values' })).toBeVisible();
  await check('comparison');
});

test('a script’s name that no crate offers any more still has its run', async ({ bench, panel }) => {
  await makeScripts(bench);
  await runs(panel, 'crate1slot3', ['measure.py', '1', 'succeeded']);
  await panel.kill();
  await bench.crates(cratesYaml(bench.scripts).split('      - slot: 3')[0] ?? '');
  const again = await bench.start();
  await openHistory(again);
  await rows(again).first().click();
  await expect(again.button('Re-run')).toBeDisabled();
  await expect(again.button('Open')).toBeDisabled();
  await expect(again.button('Export')).toBeEnabled();
});
