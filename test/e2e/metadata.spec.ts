import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { datagram, expect, publishing, test, type Panel } from './panel';

/** A server that publishes what it is told to, and 200 registers a second until it is stopped. */
const server = `${publishing}
value = 0
while True:
    value += 1
    for number in range(20):
        publish('metadata', {'path': 'AMCc.Bay[%d].Counter' % number, 'value': value, 'type': 'int'})
    publish('session_data', {'noise': {'medians': [value, value / 2]}, 'step': value})
    time.sleep(0.1)
`;

function metadata(path: string, value: string, type = 'float', id = 'crate1slot2'): string {
  return datagram(id, 0, 'metadata', `{"path": "${path}", "value": ${value}, "type": "${type}"}`);
}

const grid = (panel: Panel): Locator => panel.page.getByRole('grid', { name: 'Registers' });
const rowOf = (panel: Panel, path: string): Locator => grid(panel).getByRole('row').filter({ hasText: path });
const rules = (panel: Panel): Locator => panel.page.getByRole('table', { name: 'Alarm rules' });

async function part(panel: Panel, name: string): Promise<void> {
  await panel.page.getByRole('radiogroup', { name: 'Part of the metadata' }).getByText(name).click();
}

async function openRegisters(panel: Panel): Promise<void> {
  await panel.slot('crate1slot2');
  await panel.tab('Metadata');
}

async function quit(panel: Panel): Promise<void> {
  const ended = panel.ended();
  await panel.call('panel.quit', { choice: 'leave-running' });
  await panel.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
  await ended;
}

test('registers are listed with their newest values, found by words, and read whole', async ({ panel }) => {
  await panel.publish(
    metadata('AMCc.FpgaTopLevel.AppTop.Temperature', '41.5'),
    metadata('AMCc.FpgaTopLevel.AppTop.Enable', 'true', 'bool'),
    metadata(
      'AMCc.FpgaTopLevel.Bay[0].Gains',
      `[${Array.from({ length: 3000 }, (_, i) => i).join(', ')}]`,
      'ndarray',
    ),
    metadata('AMCc.Weird.Noise', 'NaN'),
    metadata('AMCc.FpgaTopLevel.AppTop.Temperature', '42.25'),
    datagram('crate1slot2', 0, 'metadata', '{"no": "path"}'),
  );
  await openRegisters(panel);
  await expect(grid(panel).getByRole('row')).toHaveCount(5);
  await expect(rowOf(panel, 'Temperature')).toContainText('42.25');
  await expect(rowOf(panel, 'Gains')).toContainText('3000 values');
  await expect(rowOf(panel, 'Noise')).toContainText('NaN');
  await expect(panel.page.getByText('1 metadata message named no path and value.')).toBeVisible();

  await panel.page.getByRole('searchbox', { name: 'Find registers' }).fill('apptop temp');
  await expect(grid(panel).getByRole('row')).toHaveCount(2);
  await expect(panel.page.getByRole('status', { name: 'Registers shown' })).toHaveText('1 of 4');
  await panel.page.getByRole('searchbox', { name: 'Find registers' }).fill('bay[0]');
  await rowOf(panel, 'Gains').click();
  await expect(panel.page.getByRole('region', { name: 'Value of the register' })).toContainText('2999');
  // A list cannot be charted, and the button says so by being off.
  await expect(panel.button('Pin to chart')).toBeDisabled();
  await panel.page.getByRole('searchbox', { name: 'Find registers' }).fill('');
  await panel.page.getByRole('switch', { name: 'Changed only' }).click({ force: true });
  await expect(panel.page.getByText('No register fits')).toBeVisible();
  await panel.publish(
    metadata('AMCc.FpgaTopLevel.AppTop.Enable', 'true', 'bool'),
    metadata('AMCc.Weird.Noise', '3'),
  );
  await expect(grid(panel).getByRole('row')).toHaveCount(2);
  await expect(rowOf(panel, 'Noise')).toContainText('3');
});

test('rows stand still while 200 messages a second come, and order is asked for', async ({
  bench,
  panel,
}) => {
  await bench.script('server.py', server);
  await panel.slot('crate1slot2');
  await panel.run('server.py');
  // A start shows the log.
  await expect(panel.state).toContainText('running');
  await expect(panel.page.getByRole('tab', { name: 'Log', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await panel.tab('Metadata');
  await expect(grid(panel).getByRole('row')).toHaveCount(21);
  const paths = (): Promise<string[]> =>
    grid(panel).getByRole('gridcell').filter({ hasText: 'Counter' }).allInnerTexts();
  const first = await paths();
  expect(first).toEqual(first.toSorted());
  const count = async (): Promise<number> =>
    Number(await rowOf(panel, 'Bay[7].Counter').getByRole('gridcell').nth(1).innerText());
  const before = await count();
  await expect.poll(count).toBeGreaterThan(before + 20);
  expect(await paths()).toEqual(first);
  await panel.page.getByRole('radiogroup', { name: 'Order of the registers' }).getByText('Newest').click();
  await panel.button('Sort again').click();
  const sorted = await paths();
  const later = await count();
  await expect.poll(count).toBeGreaterThan(later + 10);
  expect(await paths()).toEqual(sorted);
});

test('a pinned register is charted, and a restart keeps pins, history and newest values', async ({
  bench,
  panel,
}) => {
  const script = await bench.script('server.py', server);
  await panel.slot('crate1slot2');
  await panel.run('server.py');
  // A start shows the log.
  await expect(panel.state).toContainText('running');
  await expect(panel.page.getByRole('tab', { name: 'Log', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await panel.tab('Metadata');
  await rowOf(panel, 'Bay[3].Counter').click();
  // Wholly by keyboard: the row's own button is for the pointer.
  await panel.button('Pin to chart').press('Enter');
  await rowOf(panel, 'Bay[4].Counter').hover();
  await panel.page.getByRole('button', { name: 'Pin AMCc.Bay[4].Counter', exact: true }).click();
  expect(
    await panel.call('values.pin', {
      watched: { source: 'session', slot: 'crate1slot2', path: ['noise', 'medians', 1] },
    }),
  ).toMatchObject({ ok: true });
  await part(panel, 'Charts');
  const chart = panel.page.getByRole('region', { name: 'Chart of AMCc.Bay[3].Counter' });
  await expect(chart.getByRole('listitem')).toContainText(/^\d+, (just now|.* ago); \d+ … \d+ in this span/);
  await expect(panel.page.getByRole('region', { name: 'Chart of noise.medians[1]' })).toBeVisible();
  // As often as a tenth of a second, for each of the three.
  const points = async (): Promise<number> => {
    const reply = await panel.call('values.series', { pins: [1, 2, 3], span: 60_000, points: 600 });
    const { series } = (reply as { value: { series: { at: Record<string, number> }[] } }).value;
    return Math.min(...series.map(({ at }) => Object.keys(at).length));
  };
  await expect.poll(points).toBeGreaterThan(20);

  await panel.button('Actions for AMCc.Bay[4].Counter').click();
  await panel.page.getByRole('menuitem', { name: 'Draw with AMCc.Bay[3].Counter' }).click();
  await expect(
    panel.page.getByRole('region', { name: 'Chart of AMCc.Bay[3].Counter, AMCc.Bay[4].Counter' }),
  ).toBeVisible();
  await panel.abort();
  await expect(panel.state).toContainText('aborted');
  await quit(panel);

  expect(script).toContain('server.py');
  const again = await bench.start();
  await openRegisters(again);
  await part(again, 'Charts');
  const joined = again.page.getByRole('region', {
    name: 'Chart of AMCc.Bay[3].Counter, AMCc.Bay[4].Counter',
  });
  await expect(joined.getByRole('listitem').first()).toContainText(/\d+ … \d+ in this span/);
  await part(again, 'Registers');
  await expect(rowOf(again, 'Bay[19].Counter').getByRole('gridcell').nth(1)).toHaveText(/^\d+$/);
  await part(again, 'Charts');
  await again.button('Actions for noise.medians[1]').click();
  await again.page.getByRole('menuitem', { name: 'Unpin' }).click();
  await expect(again.page.getByRole('region', { name: 'Chart of noise.medians[1]' })).toHaveCount(0);
});

test('a number in session data is pinned from its tree', async ({ bench, panel }) => {
  await bench.script('server.py', server);
  await panel.slot('crate1slot2');
  await panel.run('server.py');
  const step = panel.session.getByRole('treeitem').filter({ hasText: 'step' });
  await step.click();
  await step.getByRole('button', { name: 'Pin to plot' }).click();
  await panel.tab('Metadata');
  await part(panel, 'Charts');
  const chart = panel.page.getByRole('region', { name: 'Chart of step' });
  await expect(chart).toContainText('session data');
  await expect(chart.getByRole('listitem')).toContainText(/^\d+, (just now|.* ago); \d+ … \d+ in this span/);
});

test('an alarm is raised, marked, acknowledged and cleared; bad limits are named at their field', async ({
  panel,
}) => {
  await panel.publish(metadata('AMCc.Temperature', '20'));
  await openRegisters(panel);
  await rowOf(panel, 'Temperature').click();
  await panel.button('Add alarm…').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Add alarm' });
  await dialog
    .getByRole('combobox', { name: 'Raise it when the value' })
    .selectOption('is outside two limits');
  await dialog.getByRole('textbox', { name: 'Lower limit' }).fill('10');
  await dialog.getByRole('textbox', { name: 'Upper limit' }).fill('warm');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const upper = dialog.getByRole('textbox', { name: 'Upper limit' });
  await expect(upper).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByText('Enter a number')).toBeVisible();
  await upper.fill('5');
  await expect(dialog.getByText('Must not be below the lower limit')).toBeVisible();
  await upper.fill('30');
  await dialog.getByText('Alarm', { exact: true }).click();
  await upper.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(panel.button('No alarms')).toBeVisible();

  await panel.publish(metadata('AMCc.Temperature', 'NaN'));
  await expect(panel.button('1 alarm')).toBeVisible();
  await expect(panel.crates).toContainText('1 alarm');
  await panel.button('1 alarm').click();
  const list = panel.page.getByRole('dialog', { name: 'Alarms' });
  await expect(list).toContainText('AMCc.Temperature');
  await expect(list).toContainText('outside 10 … 30');
  await expect(list).toContainText('by NaN');
  await list.getByRole('button', { name: 'Acknowledge AMCc.Temperature' }).click();
  await expect(panel.button('1 alarm, acknowledged')).toBeVisible();
  await expect(list).toContainText(/seen by \S+/);
  await panel.publish(metadata('AMCc.Temperature', '25'));
  await expect(panel.button('No alarms')).toBeVisible();
  await expect(panel.crates).not.toContainText('1 alarm');

  // Over before anybody saw it: it stays until somebody has, also across a restart.
  await panel.publish(metadata('AMCc.Temperature', '99'), metadata('AMCc.Temperature', '21'));
  await expect(panel.button('1 alarm')).toBeVisible();
  await quit(panel);
  const again = await panel.bench.start();
  await openRegisters(again);
  await part(again, 'Alarms');
  await expect(rules(again)).toContainText('over, not acknowledged');
  await rules(again).getByRole('button', { name: 'Acknowledge AMCc.Temperature' }).click();
  await expect(rules(again)).toContainText('normal');
  await rules(again).getByRole('button', { name: 'Remove the alarm on AMCc.Temperature' }).click();
  await again.page
    .getByRole('dialog', { name: 'Remove alarm' })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(again.page.getByText('No alarms on this slot')).toBeVisible();
});

test('a value that is not updated any more raises an alarm', async ({ panel }) => {
  await panel.slot('crate1slot2');
  await panel.tab('Metadata');
  await part(panel, 'Alarms');
  await panel.button('Add alarm…').click();
  const dialog = panel.page.getByRole('dialog', { name: 'Add alarm' });
  await dialog.getByRole('textbox', { name: 'Register of crate1slot2' }).fill('AMCc.Heartbeat');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Server is silent');
  await dialog.getByRole('combobox', { name: 'Raise it when the value' }).selectOption('is not updated');
  await dialog.getByRole('textbox', { name: 'For seconds', exact: true }).fill('2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(rules(panel)).toContainText('not updated for 2 s');
  await expect(rules(panel)).toContainText('active');
  await panel.publish(metadata('AMCc.Heartbeat', '1', 'int'));
  await expect(rules(panel)).toContainText('over, not acknowledged');
  await panel.button('1 alarm').click();
  await panel.button('Acknowledge all').click();
  await panel.page.keyboard.press('Escape');
  // Silent again: it comes again.
  await expect(panel.button('1 alarm')).toBeVisible();
});

test('the Metadata tab and the editor are accessible in both schemes', async ({ panel }) => {
  await panel.publish(metadata('AMCc.Temperature', '20'), metadata('AMCc.Name', '"x"', 'str'));
  await openRegisters(panel);
  const watched = { source: 'register', slot: 'crate1slot2', path: 'AMCc.Temperature' };
  await panel.call('values.pin', { watched });
  const rule = {
    name: '',
    watched,
    condition: { kind: 'above', limit: 5 },
    delay: 0,
    severity: 'alarm',
    enabled: true,
  };
  await panel.call('alarms.save', { id: null, rule });
  await rowOf(panel, 'Temperature').click();
  const faults = async (): Promise<string[]> => {
    const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  };
  for (const scheme of ['dark', 'light']) {
    await panel.page.evaluate((wanted) => {
      document.documentElement.dataset['mantineColorScheme'] = wanted;
    }, scheme);
    await part(panel, 'Registers');
    expect(await faults(), `registers, ${scheme}`).toEqual([]);
    await part(panel, 'Charts');
    await expect(panel.page.getByRole('region', { name: 'Chart of AMCc.Temperature' })).toBeVisible();
    expect(await faults(), `charts, ${scheme}`).toEqual([]);
    await part(panel, 'Alarms');
    await expect(rules(panel)).toContainText('active');
    await panel.button('1 alarm').click();
    await expect(panel.page.getByRole('dialog', { name: 'Alarms' })).toBeVisible();
    expect(await faults(), `alarms, ${scheme}`).toEqual([]);
    await panel.page.keyboard.press('Escape');
    await panel.button('Change the alarm on AMCc.Temperature').click();
    await expect(panel.page.getByRole('dialog', { name: 'Change alarm' })).toBeVisible();
    expect(await faults(), `editor, ${scheme}`).toEqual([]);
    await panel.page.keyboard.press('Escape');
    await expect(panel.page.getByRole('dialog', { name: 'Change alarm' })).toHaveCount(0);
  }
});
