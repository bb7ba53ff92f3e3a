import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Bench, cratesYaml, expect, test } from './panel';

test('without a crates.yaml the panel starts on the demo crate', async () => {
  const bench = await Bench.make();
  try {
    const panel = await bench.start();
    await expect(panel.crates.getByRole('button', { name: 'demo-slot2', exact: true })).toBeVisible();
    await expect(panel.page.getByText(/demo crate/i).first()).toBeVisible();
  } finally {
    await bench.close();
  }
});

test('a broken crates.yaml is reported with line and column, and the last good state stays in force', async ({
  bench,
  panel,
}) => {
  await expect(panel.crates.getByRole('button', { name: 'crate1slot2', exact: true })).toBeVisible();
  const file = join(bench.home, 'crates.yaml');
  await writeFile(
    file,
    cratesYaml(bench.scripts).replace('publisher-id: crate1slot3', 'publisher-idd: crate1slot3'),
  );
  await expect(panel.page.getByText(/fault/i).first()).toBeVisible();
  await expect(panel.crates.getByRole('button', { name: 'crate1slot3', exact: true })).toBeVisible();
  await panel.page.getByText(/fault/i).first().click();
  await expect(panel.page.getByText(/publisher-idd/).first()).toBeVisible();
  await expect(panel.page.getByText(/12/).first()).toBeVisible();
  await writeFile(file, cratesYaml(bench.scripts).replace('crate1slot3', 'crate1slot5'));
  await expect(panel.crates.getByRole('button', { name: 'crate1slot5', exact: true })).toBeVisible();
});

test('a crates.yaml that is broken from the start is shown with its fault', async ({ bench }) => {
  await bench.crates('crates:\n  - name: crate1\n    slots: [\n');
  const panel = await bench.start();
  await expect(panel.page.getByText(/crates\.yaml/).first()).toBeVisible();
  await expect(panel.page.getByText(/fault/i).first()).toBeVisible();
});

test('settings change the file and keep its comments', async ({ bench, panel }) => {
  await panel.page.getByRole('button', { name: /settings/i }).click();
  const contents = panel.page.getByRole('navigation', { name: 'Configuration' });
  await contents.getByRole('button', { name: /crate1slot3/ }).click();
  await panel.page.getByRole('textbox', { name: /^publisher id/i }).fill('crate1slot7');
  await panel.page.getByRole('button', { name: 'Save' }).click();
  await expect(panel.crates.getByRole('button', { name: 'crate1slot7', exact: true })).toBeVisible();
  const text = await readFile(join(bench.home, 'crates.yaml'), 'utf8');
  expect(text).toBe(cratesYaml(bench.scripts).replace('crate1slot3', 'crate1slot7'));
});

test('the site is named in the settings, and tells the panel from others', async ({ bench, panel }) => {
  await expect(panel.page.getByText(/^disk .*free$/)).toBeVisible();
  await panel.button('Settings').click();
  await panel.button('Listener and storage').click();
  await panel.page.getByRole('textbox', { name: 'Name of the site' }).fill('SAT1');
  await panel.button('Save').click();
  await expect(panel.button('SAT1, site')).toBeVisible();
  await expect(panel.page).toHaveTitle('SAT1 – SMuRF Panel');
  const text = await readFile(join(bench.home, 'crates.yaml'), 'utf8');
  expect(text).toBe(`${cratesYaml(bench.scripts)}site: SAT1\n`);
});
