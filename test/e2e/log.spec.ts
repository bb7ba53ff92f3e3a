import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type Panel } from './panel';

/** The log's controls, by the names that a screen reader says. */
function parts(panel: Panel): { find: Locator; matches: Locator; rows: Locator; selected: Locator } {
  const { page, log } = panel;
  return {
    find: page.getByRole('searchbox', { name: 'Find in log', exact: true }),
    matches: page.getByRole('status', { name: 'Matches', exact: true }),
    rows: log.locator('[data-row]'),
    selected: page.getByRole('status', { name: 'Selected lines' }),
  };
}

async function runToEnd(panel: Panel, script: string, args = ''): Promise<void> {
  await panel.slot('crate1slot2');
  await panel.run(script, args);
  await expect(panel.state).toHaveText('succeeded');
  await panel.tab('Log');
}

/** Lets every save dialog of the panel answer with this path. */
async function answerSaveDialogs(panel: Panel, path: string): Promise<void> {
  await panel.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

async function clipboard(panel: Panel): Promise<string> {
  return panel.app.evaluate(({ clipboard: board }) => board.readText());
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-saved-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('text is found with count, next and previous, around the ends, regex and case', async ({
  bench,
  panel,
}) => {
  await bench.script(
    'lines.py',
    `for i in range(2000): print('line', i, 'Resonator' if i % 500 == 7 else 'x', 'resonator resonator' if i == 8 else '')`,
  );
  await runToEnd(panel, 'lines.py');
  const { find, matches } = parts(panel);
  await panel.page.keyboard.press('Control+f');
  await expect(find).toBeFocused();
  await find.fill('resonator');
  await expect(matches).toHaveText('1 of 6');
  const current = panel.log.locator('mark[data-current]');
  await expect(current).toHaveText('Resonator');
  await expect(panel.log.getByText('line 7 Resonator')).toBeVisible();
  await panel.page.keyboard.press('Enter');
  await expect(matches).toHaveText('2 of 6');
  await panel.page.keyboard.press('F3');
  await expect(matches).toHaveText('3 of 6');
  await expect(panel.log.locator('mark')).toHaveCount(3);
  await panel.page.keyboard.press('Shift+Enter');
  await panel.page.keyboard.press('Shift+F3');
  await expect(matches).toHaveText('1 of 6');
  await panel.page.keyboard.press('Shift+F3');
  await expect(matches).toHaveText('6 of 6');
  await expect(panel.log.getByText('line 1507 Resonator')).toBeVisible();
  await panel.page.keyboard.press('Enter');
  await expect(matches).toHaveText('1 of 6');

  await panel.button('Match case').click();
  await expect(matches).toHaveText(/ of 2$/);
  await find.fill('absent');
  await expect(matches).toHaveText('no match');
  await panel.button('Regular expression').click();
  await find.fill('line 1\\d{3} R');
  await expect(matches).toHaveText(/ of 2$/);
  await find.fill('line (');
  await expect(matches).toHaveText('regex: Unterminated group');
  await find.focus();
  await panel.page.keyboard.press('Escape');
  await expect(find).toHaveValue('');
  await expect(matches).toHaveText('');
  await expect(panel.log).toBeFocused();
});

test('the count goes on while the log grows, and colours and overwritten text hide nothing', async ({
  bench,
  panel,
}) => {
  const script = await bench.script(
    'grow.py',
    `import os, sys, time
print('first reso\\x1b[31mnator\\x1b[0m')
print('hidden\\rresonator two')
n = 0
while not os.path.exists(sys.argv[0] + '.go'):
    time.sleep(0.02)
for i in range(5): print('late resonator', i)
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('grow.py');
  await expect(panel.log).toContainText('resonator two');
  const { find, matches } = parts(panel);
  await find.fill('resonator');
  await expect(matches).toHaveText('1 of 2');
  await writeFile(`${script}.go`, '');
  await expect(matches).toHaveText('1 of 7');
  await find.fill('hidden');
  await expect(matches).toHaveText('no match');
});

test('a regular expression that would take for ever is given up, and the panel goes on', async ({
  bench,
  panel,
}) => {
  await bench.script('as.py', `print('a' * 60 + '!')\nfor i in range(50): print('fine', i)`);
  await runToEnd(panel, 'as.py');
  const { find, matches } = parts(panel);
  await panel.button('Regular expression').click();
  await find.fill('(a+)+$');
  await expect(matches).toHaveText(/^regex: too slow: given up near line 1\b/);
  await expect(panel.log).toContainText('fine 49');
  await find.fill('fine 4\\d');
  await expect(matches).toHaveText('1 of 10');
});

test('filters leave lines out, numbers stay, and a line is found again in the whole log', async ({
  bench,
  panel,
}) => {
  await bench.script(
    'levels.py',
    `import sys
for i in range(3000):
    if i % 1000 == 500: print('WARNING: step', i, file=sys.stderr)
    elif i % 1000 == 501: print('ERROR: step', i)
    else: print('step', i)
    sys.stdout.flush(); sys.stderr.flush()
`,
  );
  await runToEnd(panel, 'levels.py');
  const { rows, find, matches } = parts(panel);
  await panel.button('stderr only').click();
  await expect(rows).toHaveText(['WARNING: step 500', 'WARNING: step 1500', 'WARNING: step 2500']);
  await expect(panel.page.getByText(/^3 of 3,0\d\d lines/)).toBeVisible();
  await panel.button('stderr only').click();
  await panel.page.getByRole('combobox', { name: 'Level' }).click();
  await panel.page.getByRole('option', { name: 'Warnings or worse' }).click();
  await expect(rows).toHaveCount(6);
  await find.fill('step 1500');
  await expect(matches).toHaveText('1 of 1');
  await panel.button('matches only').click();
  await expect(rows).toHaveText(['WARNING: step 1500']);
  // The two streams reach the supervisor in no fixed order, so that the number is the log's to say.
  const number = await rows.first().getAttribute('data-gutter');
  await rows.first().dblclick();
  await panel.button('Show in whole log').click();
  await expect(rows.nth(15)).toBeVisible();
  const selected = panel.log.locator('[data-selected]');
  await expect(selected).toHaveText('WARNING: step 1500');
  await expect(selected).toHaveAttribute('data-gutter', number ?? '');
});

test('a log is come back to as it was left: place, search, filter and selection', async ({
  bench,
  panel,
}) => {
  await bench.script(
    'long.py',
    `import sys
for i in range(5000): print('line', i, flush=i % 100 == 0)
sys.stdout.flush()
for i in range(500): print('problem', i, file=sys.stderr)`,
  );
  await runToEnd(panel, 'long.py');
  const { find, matches, selected } = parts(panel);
  await find.fill('line 3000');
  await expect(matches).toHaveText('1 of 1');
  await panel.log.getByText('line 3004', { exact: true }).click();
  await expect(selected).toHaveText('1 line selected');
  const place = panel.page.getByRole('scrollbar', { name: 'Position in the log' });
  const stood = await place.getAttribute('aria-valuenow');
  const comeBack = async (): Promise<void> => {
    await panel.tab('Messages');
    await expect(panel.log).toBeHidden();
    await panel.slot('crate1slot3');
    await panel.slot('crate1slot2');
    await panel.tab('Log');
  };
  await comeBack();
  await expect(find).toHaveValue('line 3000');
  await expect(matches).toHaveText('1 of 1');
  await expect(selected).toHaveText('1 line selected');
  await expect(panel.log.getByText('line 3004', { exact: true })).toBeVisible();
  await expect(panel.log.locator('mark[data-current]')).toHaveText('line 3000');
  await expect(place).toHaveAttribute('aria-valuenow', stood ?? '');

  await find.fill('');
  await panel.button('stderr only').click();
  await expect(panel.log.getByText('problem 0', { exact: true })).toBeVisible();
  await panel.log.focus();
  for (const key of ['Escape', 'Home', 'ArrowDown', 'ArrowDown']) await panel.page.keyboard.press(key);
  await expect(place).toHaveAttribute('aria-valuenow', '2');
  await comeBack();
  await expect(panel.button('stderr only')).toHaveAttribute('aria-pressed', 'true');
  await expect(panel.log.getByText('problem 2', { exact: true })).toBeVisible();
  await expect(place).toHaveAttribute('aria-valuenow', '2');
});

test('a line of 5 MB neither freezes nor lies: it is cut, said so, searched, and shown whole in parts', async ({
  bench,
  panel,
}) => {
  await bench.script('long.py', `print('x' * 5_000_000 + 'needle')\nprint('after')`);
  await runToEnd(panel, 'long.py');
  const { find, matches, rows } = parts(panel);
  await expect(rows.last()).toHaveText('after');
  await expect(rows.first()).toContainText('5.0 MB of this line left out');
  await find.fill('needle');
  await expect(matches).toHaveText('1 of 1');
  await rows.first().click();
  await panel.log.focus();
  await panel.page.keyboard.press('Enter');
  const detail = panel.page.getByRole('region', { name: 'Line 1', exact: true });
  await expect(detail).toContainText('5,000,007 bytes');
  const part = detail.getByRole('status', { name: 'Part of the line' });
  await expect(part).toHaveText('part 1 of 77');
  await detail.getByRole('button', { name: 'Next part of the line' }).click();
  await expect(part).toHaveText('part 2 of 77');
  await detail.getByRole('button', { name: 'Copy line' }).click();
  await expect.poll(async () => (await clipboard(panel)).length).toBe(5_000_006);
  expect((await clipboard(panel)).endsWith('xneedle')).toBe(true);
});

test('lines are selected over the whole log, copied, and saved byte for byte', async ({ bench, panel }) => {
  await bench.script(
    'bytes.py',
    `import sys
for i in range(3000): sys.stdout.buffer.write(b'line %d \\xff \\x1b[32mgreen\\x1b[0m\\n' % i)
`,
  );
  await runToEnd(panel, 'bytes.py');
  const { rows, selected } = parts(panel);
  const whole = await readFile(join(await bench.newestRun(), 'output.log'));
  const raw = whole.toString('latin1').split('\n');
  await panel.log.focus();
  await panel.page.keyboard.press('Home');
  await expect(rows.first()).toContainText('line 0');
  await rows.nth(2).click();
  await panel.page.keyboard.press('Shift+ArrowDown');
  await panel.page.keyboard.press('Shift+ArrowDown');
  await expect(selected).toHaveText('3 lines selected');
  await panel.page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(panel)).toBe('line 2 � green\nline 3 � green\nline 4 � green');
  await panel.page.keyboard.press('Shift+End');
  await expect(selected).toHaveText('2,998 lines selected');
  await inFolder(async (folder) => {
    const path = join(folder, 'part.log');
    await answerSaveDialogs(panel, path);
    await panel.button('Lines…').click();
    await panel.page.getByRole('menuitem', { name: 'Save byte for byte…' }).click();
    await expect(panel.page.getByText(`as ${path}`)).toBeVisible();
    expect((await readFile(path)).toString('latin1')).toBe(raw.slice(2).join('\n'));

    const all = join(folder, 'all.log');
    await answerSaveDialogs(panel, all);
    await panel.button('Lines…').click();
    await panel.page.getByRole('menuitem', { name: 'Save the log byte for byte…' }).click();
    await expect(panel.page.getByText(`as ${all}`)).toBeVisible();
    expect((await readFile(all)).equals(whole)).toBe(true);

    const shown = join(folder, 'shown.txt');
    await answerSaveDialogs(panel, shown);
    await panel.button('Lines…').click();
    await panel.page.getByRole('menuitem', { name: 'Save the log as shown…' }).click();
    await expect(panel.page.getByText(`as ${shown}`)).toBeVisible();
    expect(await readFile(shown, 'utf8')).toBe(
      Array.from({ length: 3000 }, (_, i) => `line ${i} � green\n`).join(''),
    );
    await answerSaveDialogs(panel, join(folder, 'absent', 'x.log'));
    await panel.button('Lines…').click();
    await panel.page.getByRole('menuitem', { name: 'Save the log byte for byte…' }).click();
    await expect(panel.page.getByText(/absent.* could not be written/)).toBeVisible();
  });
});

test('more than can be copied is offered to be saved', async ({ bench, panel }) => {
  await bench.script('much.py', `for i in range(100_000): print('x' * 99)`);
  await runToEnd(panel, 'much.py');
  await panel.log.focus();
  await panel.page.keyboard.press('Control+a');
  await expect(parts(panel).selected).toHaveText('100,000 lines selected');
  await panel.page.keyboard.press('Control+c');
  await expect(panel.page.getByText('More than 8 MB cannot be copied')).toBeVisible();
  await inFolder(async (folder) => {
    const path = join(folder, 'much.txt');
    await answerSaveDialogs(panel, path);
    await panel.button('Save selected lines…').click();
    await expect(panel.page.getByText(`as ${path}`)).toBeVisible();
    expect(await readFile(path, 'utf8')).toBe(`${'x'.repeat(99)}\n`.repeat(100_000));
  });
});

test('the progress bar that tqdm draws shows in the header, and goes when the run ends', async ({
  bench,
  panel,
}) => {
  const script = await bench.script(
    'bar.py',
    `import os, sys, time
for i in range(1, 38):
    sys.stderr.write('\\rband 4: %3d%%|%s| %d/100 [00:12<00:20,  3.10it/s]' % (i, '#' * 10, i)); sys.stderr.flush()
while not os.path.exists(sys.argv[0] + '.go'): time.sleep(0.02)
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('bar.py');
  const bar = panel.page.getByRole('progressbar', { name: 'Progress: band 4' });
  await expect(bar).toHaveAttribute('value', '37');
  await expect(panel.page.getByText('37 %, 37 of 100, 00:20 left')).toBeVisible();
  await writeFile(`${script}.go`, '');
  await expect(panel.state).toHaveText('succeeded');
  await expect(bar).toHaveCount(0);
});

test('everything is done by keyboard: find, filter, select, go to a line, details', async ({
  bench,
  panel,
}) => {
  await bench.script('keys.py', `for i in range(5000): print('line', i)`);
  await runToEnd(panel, 'keys.py');
  const { page } = panel;
  const { rows, selected, matches, find } = parts(panel);
  await page.keyboard.press('Control+g');
  await expect(page.getByRole('textbox', { name: 'Line' })).toBeFocused();
  await page.keyboard.type('9,999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A number from 1 to 5,000.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2,501');
  await page.keyboard.press('Enter');
  await expect(panel.log).toBeFocused();
  await expect(panel.log.locator('[data-selected]')).toHaveText('line 2500');
  await page.keyboard.press('Shift+PageDown');
  await expect(selected).toHaveText(/^[1-9]\d+ lines selected$/);
  await page.keyboard.press('Home');
  await expect(selected).toHaveText('1 line selected');
  await expect(rows.first()).toHaveText('line 0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Line 1', exact: true })).toContainText('line 0');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Line 2', exact: true })).toContainText('line 1');
  await page.keyboard.press('Escape');
  await expect(selected).toHaveText('');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('line 4321');
  await expect(matches).toHaveText('1 of 1');
  await expect(find).toBeFocused();
  await expect(rows.filter({ hasText: 'line 4321' })).toBeVisible();
});

test('a log of a million lines opens at its end, is jumped in and searched', async ({ bench, panel }) => {
  await bench.script(
    'million.py',
    `import sys
for start in range(0, 1_000_000, 10_000):
    sys.stdout.write(''.join('line %07d\\n' % i for i in range(start, start + 10_000)))
`,
  );
  await runToEnd(panel, 'million.py');
  const { find, matches, rows } = parts(panel);
  await expect(rows.last()).toHaveText('line 0999999');
  await panel.page.keyboard.press('Control+g');
  await expect(panel.page.getByRole('textbox', { name: 'Line' })).toBeFocused();
  await panel.page.keyboard.type('500001');
  await panel.page.keyboard.press('Enter');
  await expect(panel.log.locator('[data-selected]')).toHaveText('line 0500000');
  await find.fill('99999');
  await expect(matches).toHaveText(/ of 19$/);
  await find.fill('line');
  await expect(matches).toHaveText(/ of 1,000,000$/);
});
