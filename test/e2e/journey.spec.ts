import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, root, test } from './panel';

const execute = promisify(execFile);
const demoScripts = join(root, 'build', 'resources', 'demo', 'scripts');

/** Three slots with the demo crate's scripts, on any free port. */
const crates = (data: string): string => `listener: { host: 127.0.0.1, port: 0 }
crates:
  - name: crate1
    slots:
${[2, 3, 4]
  .map(
    (slot) => `      - slot: ${slot}
        publisher-id: crate1slot${slot}
        scripts: [${demoScripts}]
        transport: { kind: local, env: { SMURF_DEMO_DATA: "${data}" } }
        paths: [{ from: "${data}", to: "${data}" }]
`,
  )
  .join('')}`;

test('SQUID curves on three slots; the noisy channel found, compared with an earlier run, and exported', async ({
  bench,
}) => {
  test.setTimeout(180_000);
  const data = join(bench.home, 'data');
  await bench.crates(crates(data));
  const panel = await bench.start();
  const { page } = panel;
  const goTo = (name: string): Promise<void> =>
    page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

  await test.step('one script on all three slots, by its form', async () => {
    await panel.slot('crate1slot2');
    await panel.fill('take_dc_squid_curve.py');
    const form = page.getByRole('group', { name: 'Argument form' });
    await form
      .getByRole('combobox', { name: '--bias-group' })
      .or(form.getByRole('textbox', { name: '--bias-group' }))
      .click();
    await page.getByRole('option', { name: '2', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Command line' })).toHaveValue(/--bias-group 2$/);
    await panel.button('Run on slots…').click();
    const dialog = page.getByRole('dialog', { name: 'Run on slots' });
    await dialog.getByRole('checkbox', { name: 'crate1', exact: true }).check();
    await dialog.getByRole('button', { name: 'Start on 3 slots' }).click();
    await goTo('Overview');
    await expect(page.getByRole('button', { name: /^succeeded 3$/ })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('two runs of another script, with other seeds', async () => {
    await panel.slot('crate1slot3');
    for (const seed of ['1', '2']) {
      await panel.run('take_noise.py', `--seed ${seed}`);
      await expect(panel.state).toHaveText('running');
      await expect(panel.state).toHaveText('succeeded', { timeout: 60_000 });
    }
  });

  await test.step('the noisy channel’s plot', async () => {
    await panel.tab('Files');
    const noisy = page
      .getByRole('region', { name: 'Plots', exact: true })
      .getByRole('img', { name: /channel_007\.png$/ });
    await noisy.click();
    const viewer = page.getByRole('dialog', { name: /channel_007\.png$/ });
    await expect(viewer.getByRole('img', { name: /channel_007\.png$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(viewer).toBeHidden();
  });

  await goTo('History');
  await page
    .getByRole('row', { name: /take_noise\.py/ })
    .first()
    .click();
  await test.step('compared with the run before it, plots beside each other', async () => {
    await panel.button('Compare').click();
    const dialog = page.getByRole('dialog', { name: 'Compare runs' });
    await expect(dialog.getByRole('grid', { name: 'Compared values' })).toContainText('median_noise_pA_rtHz');
    await expect(dialog.getByText('--seed')).not.toHaveCount(0);
    const plots = dialog.getByRole('region', { name: 'Plots' });
    await expect(plots.getByRole('img', { name: /channel_007\.png$/ })).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('exported as an archive that Python reads', async () => {
    const archive = join(bench.home, 'noise.zip');
    await panel.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, archive);
    await panel.button('Export').click();
    await expect(page.getByText(`to ${archive}`)).toBeVisible();
    const { stdout } = await execute('python3', [
      '-c',
      `import json, math, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
noise = json.loads(archive.read('session.json'))['data']['noise_pA_rtHz']
names = [name for name in archive.namelist() if name.endswith('channel_007.png')]
print(len(noise), sum(map(math.isnan, noise)), len(names), archive.read(names[0])[1:4].decode())`,
      archive,
    ]);
    expect(stdout.trim()).toBe('64 1 1 PNG');
  });
});
