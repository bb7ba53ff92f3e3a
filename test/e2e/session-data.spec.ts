import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { datagram, expect, publishing, test, type Panel } from './panel';

const execute = promisify(execFile);

const measuring = `${publishing}
import math
nan = float('nan')
publish('session_data', {'df': float('-inf'), 'noise': [math.sin(i / 100) if i % 50 else nan for i in range(2000)]})
publish('session_data', {'iv': {'v_bias': [2.0, 1.0, 0.0], 'resistance': [5.0, 4.0, 3.0]}, 'bands': {'b0': {'chi2': 1.5}}})
publish('session_data', {'live': {'step': 0, 'same': 'x'}, 'note': 'first line\\n' + 'y' * 3000 + 'END'})
publish('session_log', 'band 0 done')
publish('session_log', 'band 1 done')
publish('session_data', 'no dict')
print('published', flush=True)
for step in range(1, 100000):
    publish('session_data', {'live': {'step': step, 'same': 'x'}})
    time.sleep(0.1)
`;

async function measure(panel: Panel): Promise<void> {
  await panel.bench.script('measure.py', measuring);
  await panel.slot('crate1slot2');
  await panel.run('measure.py');
  await expect(panel.session.getByRole('treeitem', { name: /^note/ })).toBeVisible();
}

test('nested values are marked as they change, and stay unfolded', async ({ panel }) => {
  await measure(panel);
  await panel.session.getByRole('treeitem', { name: /^live/ }).click();
  const step = panel.session.getByRole('treeitem', { name: /^step/ });
  const first = await step.innerText();
  await expect(step).not.toHaveText(first);
  await expect(step.locator('[data-fresh="true"]')).toBeVisible();
  await expect(
    panel.session.getByRole('treeitem', { name: /^same/ }).locator('[data-fresh]'),
  ).toHaveAttribute('data-fresh', 'false');
});

test('a key deep inside is found, unfolded, and its path copied for Python', async ({ panel }) => {
  await measure(panel);
  await panel.session.getByRole('searchbox', { name: 'Find in session data' }).fill('CHI2');
  await expect(panel.session.getByRole('status', { name: 'Found in session data' })).toHaveText('1');
  await panel.page.keyboard.press('Enter');
  await expect(panel.session.getByRole('treeitem', { selected: true })).toContainText('chi2');
  const name = "Copy the path data['bands']['b0']['chi2']";
  await panel.session.getByRole('button', { name }).click();
  await expect
    .poll(() => panel.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe("data['bands']['b0']['chi2']");
});

test('the tree is walked by keyboard alone, and a long text opens beside it', async ({ panel }) => {
  await measure(panel);
  await panel.session.getByRole('tree', { name: 'Values' }).focus();
  await panel.page.keyboard.press('End');
  await expect(panel.session.getByRole('treeitem', { selected: true })).toContainText('note');
  await panel.page.keyboard.press('Enter');
  await expect(panel.session.getByRole('region', { name: 'Whole text' })).toContainText('yyyEND');
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('ArrowRight');
  await expect(panel.session.getByRole('treeitem', { selected: true })).toContainText('0 … 99');
});

test('numbers are plotted with readout and zoom by keyboard', async ({ panel }) => {
  await measure(panel);
  await panel.session.getByRole('treeitem', { name: /^noise/ }).click();
  await panel.session.getByRole('button', { name: 'Plot', exact: true }).click();
  const dialog = panel.page.getByRole('dialog', { name: "Plot of data['noise']" });
  const figure = dialog.getByRole('figure', { name: "data['noise']" });
  await expect(figure).toContainText('value: 2,000 values, least -0.9999992, greatest 0.9999997');
  await expect(figure).toContainText('40 NaN');
  const readout = figure.getByRole('slider');
  await readout.focus();
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('ArrowRight');
  await expect(readout).toHaveAttribute('aria-valuetext', 'x 1, value: 0.009999833');
  await panel.page.keyboard.press('ArrowLeft');
  await expect(readout).toHaveAttribute('aria-valuetext', 'x 0, value: no value');
  await expect(figure.getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
  await panel.page.keyboard.press('+');
  await expect(figure.getByRole('button', { name: 'Reset zoom' })).toBeEnabled();
  await panel.page.keyboard.press('0');
  await expect(figure.getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
  const box = await readout.boundingBox();
  if (box === null) throw new Error('the plot has no place');
  // At its upper edge too, the pointer stays on the plot: showing the readout moves nothing.
  await panel.page.mouse.move(box.x + 300, box.y + 30);
  await expect(readout).not.toHaveAttribute('aria-valuetext', 'No position chosen');
  expect(await readout.boundingBox()).toEqual(box);
  await panel.page.mouse.move(box.x + 200, box.y + 80);
  await panel.page.mouse.down();
  await panel.page.mouse.move(box.x + 400, box.y + 80, { steps: 4 });
  await panel.page.mouse.up();
  await expect(figure.getByRole('button', { name: 'Reset zoom' })).toBeEnabled();
});

test('one list is plotted over another, and copied as a table', async ({ panel }) => {
  await measure(panel);
  await panel.session.getByRole('treeitem', { name: /^iv/ }).click();
  await panel.session.getByRole('button', { name: 'Plot', exact: true }).click();
  const dialog = panel.page.getByRole('dialog', { name: "Plot of data['iv']" });
  await dialog.getByRole('combobox', { name: 'Horizontal axis' }).selectOption('v_bias');
  await dialog.getByRole('slider').focus();
  await panel.page.mouse.move(0, 0);
  await panel.page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('slider')).toHaveAttribute('aria-valuetext', 'x 0, resistance: 3');
  await dialog.getByRole('button', { name: 'Copy table' }).click();
  await expect
    .poll(() => panel.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe('position\tv_bias\tresistance\n0\t2\t5\n1\t1\t4\n2\t0\t3');
});

test('all of it is saved as JSON that Python reads, also of a run that is over', async ({ bench, panel }) => {
  await measure(panel);
  await panel.abort();
  await expect(panel.state).toContainText(/aborted/i);
  const path = join(bench.home, 'saved session.json');
  await panel.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await panel.session.getByRole('button', { name: 'Show as JSON' }).click();
  await expect(panel.session.getByRole('region', { name: 'JSON' })).toContainText('"df": -Infinity');
  await panel.session.getByRole('button', { name: 'Save JSON…' }).click();
  await expect(panel.page.getByText(`Session data saved as ${path}.`)).toBeVisible();
  const program =
    'import json, math, sys; d = json.load(open(sys.argv[1])); ' +
    'print(math.isnan(d["noise"][0]), d["df"], len(d["noise"]), d["iv"]["v_bias"] == [2.0, 1.0, 0.0], d["note"][-3:])';
  const { stdout } = await execute('python3', ['-c', program, path]);
  expect(stdout.trim()).toBe('True -inf 2000 True END');
});

test('session messages are found by text and by whose they are', async ({ panel }) => {
  await measure(panel);
  const region = panel.page.getByRole('region', { name: 'Session messages' });
  await region.getByRole('searchbox', { name: 'Find in session messages' }).fill('band 1');
  await expect(region.getByRole('listitem')).toHaveCount(1);
  await region.getByRole('searchbox', { name: 'Find in session messages' }).fill('');
  await region.getByRole('combobox', { name: 'Whose messages' }).selectOption('Warnings');
  await expect(region.getByRole('listitem')).toHaveText(/Session data not passed as a dict/);
  await region.getByRole('combobox', { name: 'Whose messages' }).selectOption('Panel');
  await expect(region.getByText('Status is now "running".')).toBeVisible();
  await expect(region.getByText('band 1 done')).toHaveCount(0);
});

test('a long session message does not bury the others, and shows whole by keyboard', async ({ panel }) => {
  await panel.bench.script(
    'trace.py',
    `${publishing}
publish('session_log', 'before')
publish('session_log', '\\n'.join('frame ' + str(i) for i in range(60)))
publish('session_log', 'after')
`,
  );
  await panel.page.setViewportSize({ width: 1280, height: 1000 });
  await panel.slot('crate1slot2');
  await panel.run('trace.py');
  await expect(panel.state).toHaveText('succeeded');
  const list = panel.page.getByRole('region', { name: 'List of the messages' });
  await expect(list.getByText('after', { exact: true })).toBeInViewport();
  await expect(list.getByText('before', { exact: true })).toBeInViewport();
  const long = list.getByRole('listitem').filter({ hasText: 'frame 59' });
  const height = async (): Promise<number> => (await long.boundingBox())?.height ?? 0;
  await expect.poll(height).toBeLessThan(200);

  await list.getByRole('button', { name: 'Show all' }).focus();
  await panel.page.keyboard.press('Enter');
  await expect.poll(height).toBeGreaterThan(1000);
  const less = list.getByRole('button', { name: 'Show less' });
  await expect(less).toBeFocused();
  await panel.page.keyboard.press('Enter');
  await expect.poll(height).toBeLessThan(200);
});

test('a flood of keys is bounded with a warning, and the panel works on', async ({ bench, panel }) => {
  await bench.script(
    'flood.py',
    `${publishing}
for part in range(22):
    publish('session_data', {f'key {part} {i}': i for i in range(500)})
    time.sleep(0.02)
print('sent', flush=True)
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('flood.py');
  const messages = panel.page.getByRole('region', { name: 'Session messages' });
  await expect(messages.getByText(/1000 further values were not kept here/)).toBeVisible();
  await expect(panel.session.getByRole('treeitem')).not.toHaveCount(0);
  await expect(panel.state).toContainText(/succeeded|finished|done/i);
});

test('messages are told apart by type, publisher and time; nothing is lost while paused', async ({
  panel,
}) => {
  await panel.slot('crate1slot2');
  await panel.tab('Messages');
  await panel.publish(
    ...Array.from({ length: 30 }, (_, index) =>
      datagram('crate1slot2', index, index % 3 === 0 ? 'metadata' : 'general', `{"number": ${index}}`),
    ),
    datagram('STREAMER:crate1slot2', 0, 'g3_file', '{"path": "/data/a.g3"}'),
  );
  const grid = panel.page.getByRole('grid', { name: 'Messages' });
  await expect(grid.getByRole('row', { name: /g3_file/ })).toBeVisible();
  await expect(panel.page.getByRole('checkbox', { name: 'metadata' })).toHaveAttribute(
    'aria-description',
    '10 messages kept',
  );
  await panel.page.getByRole('combobox', { name: 'Part of the publisher id' }).fill('streamer');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await panel.page.getByRole('combobox', { name: 'Part of the publisher id' }).fill('');
  await panel.page.getByRole('textbox', { name: /older than this time/ }).fill('2020-01-01 00:00');
  await expect(panel.page.getByText('No message fits')).toBeVisible();
  await panel.page.getByRole('textbox', { name: /older than this time/ }).fill('');
  await expect(grid).toHaveAttribute('aria-rowcount', '32');

  await panel.button('Pause').click();
  await panel.publish(
    ...Array.from({ length: 5 }, (_, index) => datagram('crate1slot2', index, 'log', `{"late": ${index}}`)),
  );
  await expect(panel.button('Go live · 5 new')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '32');
  await panel.button('Go live · 5 new').click();
  await expect(grid).toHaveAttribute('aria-rowcount', '37');
});

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds no serious fault in the session, its plots and the messages (${scheme})`, async ({
    panel,
  }) => {
    const check = async (): Promise<void> => {
      const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    };
    await panel.page.emulateMedia({ colorScheme: scheme });
    await measure(panel);
    await panel.session.getByRole('treeitem', { name: /^note/ }).click();
    await panel.session.getByRole('searchbox', { name: 'Find in session data' }).fill('chi2');
    await panel.page.keyboard.press('Enter');
    await check();
    await panel.session.getByRole('button', { name: 'Show as JSON' }).click();
    await panel.tab('Messages');
    await panel.page.getByRole('grid', { name: 'Messages' }).getByRole('row').nth(1).click();
    await check();
    await panel.session.getByRole('button', { name: 'Show as JSON' }).click();
    await panel.session.getByRole('treeitem', { name: /^iv/ }).click();
    await panel.session.getByRole('button', { name: 'Plot', exact: true }).click();
    await expect(panel.page.getByRole('dialog').getByRole('slider')).toBeVisible();
    await check();
  });
}
