import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test, type Panel } from './panel';

/** Prints the words that it was given, and what argparse made of them. */
const head = `import argparse, sys
print('WORDS', sys.argv[1:])
`;

const curve = `${head}
parser = argparse.ArgumentParser(description='Takes dc SQUID curves.')
parser.add_argument('--bands', '-b', nargs='+', type=int, default=[0, 1], choices=range(8), help='bands to take')
parser.add_argument('--wait-time', type=float, default=0.1, help='seconds between two steps')
parser.add_argument('--mode', choices=['coarse', 'fine'], default='coarse')
parser.add_argument('--note')
parser.add_argument('--no-plot', action='store_true')
parser.add_argument('-v', '--verbose', action='count', default=0)
parser.add_argument('--mask', action='append', type=int)
print(parser.parse_args())
`;

const commands = `${head}
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('-N', '--slot', type=int, required=True)
    either = parser.add_mutually_exclusive_group()
    either.add_argument('--quiet', action='store_true')
    either.add_argument('--log-level', choices=['debug', 'info'])
    steps = parser.add_subparsers(dest='command', required=True)
    steps.add_parser('tune').add_argument('--drive', type=int, default=12)
    iv = steps.add_parser('iv')
    iv.add_argument('bias_group', type=int)
    iv.add_argument('--high', type=float, default=18.0)
    print(parser.parse_args())
main()
`;

const form = (panel: Panel): Locator => panel.page.getByRole('group', { name: 'Argument form', exact: true });
const field = (panel: Panel, name: string): Locator => form(panel).getByLabel(name, { exact: true });
const commandLine = (panel: Panel): Locator =>
  panel.page.getByRole('textbox', { name: 'Command line', exact: true });
const args = (panel: Panel): Locator => panel.page.getByRole('textbox', { name: 'Arguments' });

async function choose(panel: Panel, script: string): Promise<void> {
  await panel.tab('Run');
  await panel.page.getByRole('textbox', { name: 'Script' }).fill(script);
  await panel.page.keyboard.press('Tab');
}

test('fields fill the command line, the script gets it to the letter, and it can be copied', async ({
  bench,
  panel,
}) => {
  const path = await bench.script('take_dc_squid_curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'take_dc_squid_curve.py');
  await expect(commandLine(panel)).toHaveValue(`python3 -u ${path}`);
  await expect(commandLine(panel)).not.toBeEditable();
  await field(panel, '--bands').fill('0 3');
  await field(panel, '--wait-time').fill('1e-1');
  await field(panel, '--mode').click();
  await panel.page.getByRole('option', { name: 'fine' }).click();
  await field(panel, '--note').fill('-5 V; $HOME');
  await field(panel, '--no-plot').check();
  await field(panel, '--verbose').fill('2');
  await field(panel, '--mask').fill('12');
  await form(panel).getByRole('button', { name: 'Add another --mask' }).click();
  await form(panel).getByLabel('--mask, 2', { exact: true }).fill('-7');
  await expect(commandLine(panel)).toHaveValue(
    `python3 -u ${path} --bands 0 3 --wait-time 1e-1 --mode fine '--note=-5 V; $HOME' --no-plot -vv --mask 12 --mask=-7`,
  );
  await panel.button('Copy the command line').click();
  const copied = await panel.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(await commandLine(panel).inputValue());
  await panel.button('Run').click();
  await expect(panel.state).toHaveText('succeeded');
  expect(await bench.log()).toContain(
    "Namespace(bands=[0, 3], wait_time=0.1, mode='fine', note='-5 V; $HOME', no_plot=True, verbose=2, mask=[12, -7])",
  );
});

test('a bad value is named at its field and in the hint of Run; mended, it runs', async ({
  bench,
  panel,
}) => {
  await bench.script('curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await field(panel, '--wait-time').fill('soon');
  await expect(field(panel, '--wait-time')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(panel, '--wait-time')).toHaveAccessibleDescription(/“soon” is not a number\./);
  await field(panel, '--bands').fill('1 9');
  await expect(field(panel, '--bands')).toHaveAttribute('aria-invalid', 'true');
  await expect(panel.button('Run')).toBeDisabled();
  await panel.button('Run').hover({ force: true });
  await expect(panel.page.getByRole('tooltip')).toContainText('--wait-time: “soon” is not a number.');
  await panel.button('Reset to defaults').click();
  await expect(field(panel, '--wait-time')).toHaveValue('');
  await expect(panel.button('Run')).toBeEnabled();
});

test('commands swap the fields, what is required is named, and one of a group is enough', async ({
  bench,
  panel,
}) => {
  const path = await bench.script('steps.py', commands);
  await panel.slot('crate1slot2');
  await choose(panel, 'steps.py');
  await expect(form(panel)).toContainText('Still needed: --slot, command');
  await expect(panel.button('Run')).toBeDisabled();
  await field(panel, '--slot').fill('2');
  await field(panel, 'command').click();
  await panel.page.getByRole('option', { name: 'tune' }).click();
  await field(panel, '--drive').fill('10');
  await field(panel, 'command').click();
  await panel.page.getByRole('option', { name: 'iv' }).click();
  await expect(field(panel, '--drive')).toHaveCount(0);
  await field(panel, 'bias_group').fill('-4');
  await field(panel, '--quiet').check();
  await field(panel, '--log-level').click();
  await panel.page.getByRole('option', { name: 'debug' }).click();
  await expect(form(panel).getByText('Only one of --quiet, --log-level can be given.').first()).toBeVisible();
  await field(panel, '--quiet').uncheck();
  await expect(commandLine(panel)).toHaveValue(`python3 -u ${path} --slot 2 --log-level debug iv -4`);
  await panel.button('Run').click();
  await expect(panel.state).toHaveText('succeeded');
  expect(await bench.log()).toContain("command='iv', bias_group=-4, high=18.0");
});

test('typed words come after those of the form, and a whole command line can be typed', async ({
  bench,
  panel,
}) => {
  await bench.script('steps.py', commands);
  await panel.slot('crate1slot2');
  await choose(panel, 'steps.py');
  await expect(form(panel)).toBeVisible();
  await args(panel).fill('-N 3 iv 5 --high=1');
  await panel.button('Run').click();
  await expect(panel.state).toHaveText('succeeded');
  expect(await bench.log()).toContain("WORDS ['-N', '3', 'iv', '5', '--high=1']");
  await panel.tab('Run');
  await args(panel).fill('iv 5');
  await field(panel, '--slot').fill('4');
  await panel.button('Run').click();
  await expect(panel.log).toContainText("WORDS ['--slot', '4', 'iv', '5']");
});

test('the fields can be left for text and taken up again with nothing lost', async ({ bench, panel }) => {
  await bench.script('curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await field(panel, '--note').fill('two words');
  await panel.button('Type them instead').click();
  await expect(form(panel)).toHaveCount(0);
  await expect(args(panel)).toHaveValue("--note 'two words'");
  await args(panel).fill("--note 'two words' -vvv --ban 4 --unknown 1");
  await panel.button('Use the form').click();
  await expect(field(panel, '--note')).toHaveValue('two words');
  await expect(field(panel, '--verbose')).toHaveValue('3');
  await expect(args(panel)).toHaveValue('--unknown 1');
  await expect(commandLine(panel)).toHaveValue(/--bands 4 --note 'two words' -vvv --unknown 1$/);
});

test('a script of another kind says so, and what could not be read is listed with its line', async ({
  bench,
  panel,
}) => {
  await bench.script('odd.py', `${curve}\nparser.add_argument(sys.argv[0] + '--x')\n`);
  await bench.script(
    'partly.py',
    `import argparse, os
parser = argparse.ArgumentParser()
parser.add_argument('--known')
parser.add_argument(os.environ['NAME'])
print(parser.parse_args())
`,
  );
  await bench.script(
    'clicked.py',
    "import click\n@click.command()\n@click.option('--band')\ndef main(band): pass\nmain()\n",
  );
  await panel.slot('crate1slot2');
  await choose(panel, 'partly.py');
  await expect(field(panel, '--known')).toBeVisible();
  const unread = panel.page.getByRole('region', { name: 'These could not be read' });
  await expect(unread).toContainText('line 4:');
  await choose(panel, 'clicked.py');
  await expect(form(panel)).toHaveCount(0);
  await expect(unread).toContainText('click');
  await expect(args(panel)).toBeEditable();
});

test('a changed script is read again; what is entered stays where there still is a field', async ({
  bench,
  panel,
}) => {
  const path = await bench.script('curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await field(panel, '--note').fill('kept');
  await field(panel, '--wait-time').fill('0.3');
  await writeFile(
    path,
    `${head}parser = argparse.ArgumentParser()\nparser.add_argument('--note')\nparser.add_argument('--new')\nparser.parse_args()\n`,
  );
  await panel.button('Read again').click();
  await expect(field(panel, '--new')).toBeVisible();
  await expect(field(panel, '--wait-time')).toHaveCount(0);
  await expect(field(panel, '--note')).toHaveValue('kept');
  await writeFile(path, curve);
  await panel.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(field(panel, '--wait-time')).toHaveValue('0.3');
});

test('presets are saved, loaded, overwritten, renamed and deleted, and outlive the panel', async ({
  bench,
  panel,
}) => {
  await bench.script('curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await field(panel, '--note').fill('warm');
  const save = async (name: string, confirm: string, forAll = false): Promise<void> => {
    await panel.button('Save as preset…').click();
    const dialog = panel.page.getByRole('dialog', { name: 'Save as preset' });
    await dialog.getByRole('textbox', { name: 'Preset name' }).fill(name);
    if (forAll) await dialog.getByRole('checkbox', { name: 'For all slots' }).check();
    await dialog.getByRole('button', { name: confirm }).click();
    await expect(dialog).toHaveCount(0);
  };
  await save('usual', 'Save');
  await field(panel, '--note').fill('cold');
  await save('usual', 'Overwrite');
  await save('everywhere', 'Save', true);
  await panel.button('Reset to defaults').click();
  const preset = panel.page.getByRole('combobox', { name: 'Preset', exact: true });
  await preset.click();
  await panel.page.getByRole('option', { name: 'usual' }).click();
  await expect(field(panel, '--note')).toHaveValue('cold');
  await panel.button('Rename…').click();
  await panel.page.getByRole('textbox', { name: 'New name' }).fill('cold note');
  await panel.button('Rename').click();
  await expect(preset).toHaveValue('cold note');
  await panel.app.close();

  const again = await bench.start();
  await again.slot('crate1slot3');
  await choose(again, 'curve.py');
  const offered = again.page.getByRole('combobox', { name: 'Preset', exact: true });
  await offered.click();
  await expect(again.page.getByRole('option')).toHaveText(['everywhere (all slots)']);
  await again.page.keyboard.press('Escape');
  await again.slot('crate1slot2');
  await expect(field(again, '--note')).toHaveValue('cold');
  await offered.click();
  await again.page.getByRole('option', { name: 'cold note' }).click();
  await again.button('Delete…').click();
  await again.button('Delete').click();
  await offered.click();
  await expect(again.page.getByRole('option')).toHaveText(['everywhere (all slots)']);
});

test('what was entered is there again for each script, and favourites and recent ones come first', async ({
  bench,
  panel,
}) => {
  await bench.script('curve.py', curve);
  await bench.script('another.py', "print('hello')");
  await bench.script('steps.py', commands);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await field(panel, '--note').fill('mine');
  await choose(panel, 'steps.py');
  await field(panel, '--slot').fill('2');
  await panel.button('Favourite').press('Enter');
  await expect(panel.button('Favourite')).toHaveAttribute('aria-pressed', 'true');
  await choose(panel, 'curve.py');
  await expect(field(panel, '--note')).toHaveValue('mine');
  await panel.button('Run').click();
  await expect(panel.state).toHaveText('succeeded');
  await choose(panel, 'steps.py');
  await expect(field(panel, '--slot')).toHaveValue('2');
  const script = panel.page.getByRole('textbox', { name: 'Script' });
  await script.fill('');
  await script.click();
  const options = panel.page.getByRole('listbox', { name: 'Scripts of this slot' }).getByRole('option');
  await expect(options).toHaveText([/^steps\.py/, /^curve\.py/, /^another\.py/]);
  await script.fill('scripts ANOTH');
  await expect(options).toHaveText([/^another\.py/]);
});

test('the form works by keyboard alone', async ({ bench, panel }) => {
  await bench.script('curve.py', curve);
  await panel.slot('crate1slot2');
  await choose(panel, 'curve.py');
  await expect(field(panel, '--bands')).toBeVisible();
  const { keyboard } = panel.page;
  await field(panel, '--bands').focus();
  await keyboard.type('3 5');
  await keyboard.press('Enter');
  await keyboard.press('Backspace');
  await keyboard.press('Tab');
  await expect(field(panel, '--wait-time')).toBeFocused();
  await keyboard.type('2');
  await keyboard.press('Tab');
  // As by hand: down until it is marked, and Enter. The list settles its mark a moment after it has opened.
  await expect(async () => {
    const fine = panel.page.getByRole('option', { name: 'fine' });
    while (!(await fine.evaluateAll((options) => options.some((it) => 'comboboxSelected' in it.dataset)))) {
      await keyboard.press('ArrowDown');
    }
    await keyboard.press('Enter');
    await expect(field(panel, '--mode')).toHaveValue('fine', { timeout: 1000 });
  }).toPass();
  await keyboard.press('Tab');
  await keyboard.type('by hand');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.press('ArrowUp');
  await keyboard.press('Control+Enter');
  await expect(panel.log).toContainText('WORDS');
  expect(await bench.log()).toContain(
    "WORDS ['--bands', '3', '--wait-time', '2', '--mode', 'fine', '--note', 'by hand', '--no-plot', '--verbose']",
  );
});

test('forty arguments can be searched and folded, and the page is accessible in both schemes', async ({
  bench,
  panel,
}) => {
  const many = Array.from(
    { length: 20 },
    (_, at) => `a.add_argument('--tone-${at}', type=float)\nb.add_argument('--limit-${at}', help='volts')`,
  ).join('\n');
  await bench.script(
    'many.py',
    `${head}parser = argparse.ArgumentParser()\na = parser.add_argument_group('Tones')\nb = parser.add_argument_group('Limits')\n${many}\nparser.parse_args()\n`,
  );
  await panel.slot('crate1slot2');
  await choose(panel, 'many.py');
  await expect(form(panel)).toContainText('40 arguments');
  await form(panel).getByRole('searchbox', { name: 'Find a field' }).fill('volts');
  await expect(form(panel)).toContainText('20 of 40 arguments');
  await expect(field(panel, '--tone-3')).toHaveCount(0);
  await form(panel).getByRole('searchbox').press('Escape');
  await form(panel)
    .getByRole('button', { name: /^Tones/ })
    .press('Enter');
  await expect(field(panel, '--tone-3')).toHaveCount(0);
  await field(panel, '--limit-3').fill('1');
  await expect(form(panel).getByRole('button', { name: /^Limits/ })).toContainText('1 of 20 changed');
  await choose(panel, 'many.py');
  for (const colorScheme of ['dark', 'light'] as const) {
    await panel.page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});
