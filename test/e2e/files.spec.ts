import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { cratesYaml, datagram, expect, root, test, type Bench, type Panel } from './panel';

const demo = join(root, 'build/resources/demo/scripts');
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

/** A slot whose path map leads from /data to this folder. */
function mappedCrates(bench: Bench, folder: string): string {
  return cratesYaml(bench.scripts).replace(
    `        abort: { interrupt: 1, terminate: 1 }`,
    `        abort: { interrupt: 1, terminate: 1 }\n        paths: [{ from: /data, to: ${folder} }]`,
  );
}

/** Registers files as pysmurf does. */
async function register(panel: Panel, ...paths: readonly string[]): Promise<void> {
  const payload = (path: string): string =>
    JSON.stringify({
      path,
      type: 'test_file',
      format: '',
      timestamp: 1584402012.5,
      action: 'take_test',
      action_ts: '1584402012',
      plot: path.includes('plot'),
      pysmurf_version: '7',
    });
  await panel.publish(...paths.map((path, seq) => datagram('crate1slot2', seq, 'data_file', payload(path))));
}

async function openFiles(panel: Panel): Promise<{ plots: Locator; files: Locator }> {
  await panel.slot('crate1slot2');
  await panel.tab('Files');
  return {
    plots: panel.page.getByRole('region', { name: 'Plots', exact: true }),
    files: panel.page.getByRole('grid', { name: 'Files', exact: true }),
  };
}

test('the newest plots of a run stand under its session, come as they are registered, and open', async ({
  bench,
}) => {
  await bench.crates(cratesYaml(demo));
  bench.environment['SMURF_DEMO_DATA'] = join(bench.home, 'data');
  const panel = await bench.start();
  await panel.slot('crate1slot2');
  await panel.run('take_noise.py', '--duration 0 --plots 9');
  await panel.tab('Log');
  const newest = panel.page.getByRole('region', { name: 'Newest plots' });
  await expect(newest.getByRole('img', { name: /noise_levels\.svg$/ })).toBeVisible();
  await expect(newest).toContainText(/take_noise\d\d:\d\d:\d\d/);
  // In the least window that the panel has, values are still in reach.
  await panel.page.setViewportSize({ width: 1280, height: 560 });
  await expect(panel.session.getByRole('treeitem').first()).toBeInViewport();
  await panel.page.setViewportSize({ width: 1280, height: 800 });
  await expect(panel.session.getByRole('treeitem').first()).toBeInViewport();
  await newest.getByRole('img', { name: /noise_levels\.svg$/ }).click();
  const dialog = panel.page.getByRole('dialog', { name: /noise_levels\.svg/ });
  await expect(dialog.getByRole('img', { name: /noise_levels\.svg$/ })).toBeVisible();
  await panel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await newest.getByRole('button', { name: 'All plots' }).click();
  await expect(panel.page.getByRole('region', { name: 'Plots', exact: true })).toBeVisible();

  // A run without plots has no box for them.
  await panel.run('health_check.py');
  await expect(panel.state).toHaveText('succeeded');
  await expect(newest).toBeHidden();
});

/** Opens a file from the list and gives the viewer. */
async function view(panel: Panel, files: Locator, name: string): Promise<Locator> {
  await files.getByRole('row', { name: new RegExp(`^${name.replace('.', '\\.')} `) }).click();
  return panel.page.getByRole('dialog', { name });
}

test('plots of a real script appear with their names; the viewer zooms, goes on, and puts two side by side', async ({
  bench,
}) => {
  await bench.crates(cratesYaml(demo));
  bench.environment['SMURF_DEMO_DATA'] = join(bench.home, 'data');
  const panel = await bench.start();
  await panel.slot('crate1slot2');
  await panel.run('take_noise.py', '--duration 0 --plots 9 --tag one');
  await expect(panel.state).toHaveText('succeeded');
  await panel.run('take_noise.py', '--duration 0 --plots 9 --tag two');
  await expect(panel.state).toHaveText('succeeded');
  const { plots, files } = await openFiles(panel);
  const noisy = plots.getByRole('img', { name: /noise_two_channel_007\.png$/ });
  await noisy.scrollIntoViewIfNeeded();
  await expect(noisy).toBeVisible();
  await expect.poll(() => noisy.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(420);
  await expect(plots).toContainText('take_noise');
  // Told by its first bytes: neither its name nor what was registered says that it is a picture.
  await expect(plots.getByRole('img', { name: /noise_two_overview$/ })).toBeAttached();
  await expect(files.getByRole('row', { name: /_raw\.dat/ })).toContainText('missing');

  await noisy.click();
  const dialog = panel.page.getByRole('dialog', { name: /noise_two_channel_007\.png/ });
  const zoom = dialog.getByRole('status', { name: 'Zoom' });
  await expect(zoom).toHaveText(/\d+ %/);
  await dialog.getByRole('button', { name: '100 %' }).click();
  await expect(zoom).toHaveText('100 %');
  await panel.page.keyboard.press('+');
  await expect(zoom).not.toHaveText('100 %');
  const enlarged = await zoom.innerText();
  await panel.page.keyboard.press('0');
  await expect(zoom).not.toHaveText(enlarged);

  await panel.page.keyboard.press('ArrowRight');
  await expect(panel.page.getByRole('dialog', { name: /channel_006\.png/ })).toBeVisible();
  await panel.page.keyboard.press('ArrowLeft');
  await expect(dialog).toBeVisible();

  // Beside the plot of the earlier run.
  await dialog.getByRole('button', { name: 'Side by side' }).click();
  await dialog.getByRole('textbox', { name: 'Find a file to put beside' }).fill('one_channel_007');
  await dialog
    .getByRole('grid', { name: 'Files to choose from' })
    .getByRole('row', { name: /one_channel_007/ })
    .click();
  const pair = panel.page.getByRole('dialog', { name: /two_channel_007\.png beside .*one_channel_007\.png/ });
  await expect(pair.getByRole('img', { name: /two_channel_007/ })).toBeVisible();
  await expect(pair.getByRole('img', { name: /one_channel_007/ })).toBeVisible();
  await panel.page.keyboard.press('Escape');
  await expect(pair).toBeHidden();

  await files.getByRole('row', { name: /two_levels\.npy/ }).click();
  const array = panel.page.getByRole('dialog', { name: /two_levels\.npy/ });
  await expect(array).toContainText('(64,)');
  await expect(array).toContainText('<f8 (64-bit floating point)');
  await expect(array.getByRole('figure', { name: /Plot of .*two_levels\.npy/ })).toBeVisible();
  await panel.page.keyboard.press('Escape');
  // Registered without its ending, as callers of np.save do.
  await panel.page.getByRole('textbox', { name: 'Find files' }).fill('noise_timestream');
  await expect(panel.page.getByRole('status', { name: 'Number of files' })).toHaveText('1 file');
  await files.getByRole('row', { name: /_noise_two/ }).click();
  await expect(panel.page.getByRole('dialog')).toContainText('(200, 2)');
  await panel.page.keyboard.press('Escape');
  await panel.page.getByRole('textbox', { name: 'Find files' }).fill('');
  await panel.page.getByText('All of the slot').click();
  await expect(panel.page.getByRole('status', { name: 'Number of files' })).toHaveText('30 files');
});

test('files in sight stay where they are while others are registered', async ({ panel }) => {
  const { files } = await openFiles(panel);
  const paths = (from: number): string[] =>
    Array.from({ length: 60 }, (_, index) => `/data/table ${from + index}.txt`);
  const count = panel.page.getByRole('status', { name: 'Number of files' });
  await register(panel, ...paths(100), ...paths(200));
  await expect(count).toHaveText('120 files');
  const name = files.getByText('table 125.txt', { exact: true });
  const placeOf = async (): Promise<number | undefined> => (await name.boundingBox())?.y;
  await files.hover();
  await panel.page.mouse.wheel(0, 24 * 90);
  await expect(name).toBeInViewport();
  const place = await placeOf();
  await register(panel, ...paths(300));
  await expect(count).toHaveText('180 files');
  await expect.poll(placeOf).toBe(place);
});

test('what is missing, unmapped, too large, cut or being written is said', async ({ bench }) => {
  const folder = join(bench.home, 'mapped');
  await mkdir(folder);
  await bench.crates(mappedCrates(bench, folder));
  await writeFile(join(folder, 'cut plot.png'), onePixel.subarray(0, 50));
  execFileSync('touch', ['-d', '2020-01-01', join(folder, 'cut plot.png')]);
  await writeFile(join(folder, 'large.pdf'), '%PDF-1.4\n');
  execFileSync('truncate', ['-s', '70000000', join(folder, 'large.pdf')]);
  await writeFile(join(folder, 'notes.txt'), `first line\n${'x'.repeat(400_000)}`);
  await writeFile(join(folder, 'other.bin'), Buffer.from([0, 1, 2, 3]));
  const panel = await bench.start();
  const { plots, files } = await openFiles(panel);
  const names = ['gone.png', 'cut plot.png', 'large.pdf', 'notes.txt', 'other.bin'];
  await register(panel, ...names.map((name) => `/data/${name}`), '/elsewhere/plot.png');
  await expect(files.getByRole('row', { name: 'gone.png' })).toContainText('missing');
  await expect(files.getByRole('row', { name: 'cut plot.png' })).toContainText('damaged');
  await expect(files.getByRole('row', { name: 'large.pdf' })).toContainText('too large');
  await expect(files.getByRole('row', { name: /^plot\.png / })).toContainText('not mapped');
  // Written on, until it is whole. Not before now: what is not written on for 5 s counts as damaged.
  await writeFile(join(folder, 'growing plot.png'), onePixel.subarray(0, 50));
  await register(panel, '/data/growing plot.png');
  await expect(files.getByRole('row', { name: 'growing plot.png' })).toContainText('being written');
  await appendFile(join(folder, 'growing plot.png'), onePixel.subarray(50));
  await expect(files.getByRole('row', { name: 'growing plot.png' })).toContainText('ready');
  await expect(plots.getByRole('img', { name: 'growing plot.png' })).toBeVisible();

  const large = await view(panel, files, 'large.pdf');
  await expect(large).toContainText('large.pdf has 70.0 MB; up to 64.0 MB of such a file are shown.');
  await panel.app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => {
      Object.assign(globalThis, { shown: path });
    };
  });
  await large.getByRole('button', { name: 'Open folder' }).click();
  await expect
    .poll(() => panel.app.evaluate(() => (globalThis as { shown?: string }).shown))
    .toBe(join(folder, 'large.pdf'));
  await panel.page.keyboard.press('Escape');
  const text = await view(panel, files, 'notes.txt');
  await expect(text).toContainText('first line');
  await expect(text).toContainText('The first 262 kB of 400 kB are shown.');
  await panel.page.keyboard.press('Escape');
  const binary = await view(panel, files, 'other.bin');
  await expect(binary).toContainText('No preview of this kind of file');
  await panel.page.keyboard.press('Escape');

  const unmapped = await view(panel, files, 'plot.png');
  await expect(unmapped).toContainText('/elsewhere/plot.png is in no folder of the path map');
  await panel.button('Open Settings at the path map').click();
  await expect(unmapped).toBeHidden();
  await expect(panel.page.getByRole('textbox', { name: 'Path for the script 1' })).toHaveValue('/data');
});

test('a row of the path map can be tried before it is saved', async ({ bench }) => {
  const folder = join(bench.home, 'mapped');
  await mkdir(folder);
  await bench.crates(mappedCrates(bench, folder));
  await writeFile(join(folder, 'plot.png'), onePixel);
  const panel = await bench.start();
  const { files } = await openFiles(panel);
  await register(panel, '/data/plot.png', '/data/gone.png', '/else/x');
  await expect(files.getByRole('row', { name: 'gone.png' })).toBeVisible();
  await panel.page.getByRole('button', { name: /settings/i }).click();
  const verdict = panel.page.getByRole('status', { name: 'Test of row 1' });
  await panel.page.getByRole('button', { name: 'Test this' }).click();
  await expect(verdict).toHaveText(
    `${folder} is there, and holds 1 of the 2 newest registered files below /data.`,
  );
  await panel.page.getByRole('textbox', { name: 'Path here 1' }).fill('/no/such/folder');
  await expect(verdict).toHaveText('');
  await panel.page.getByRole('button', { name: 'Test this' }).click();
  await expect(verdict).toHaveText('There is no folder /no/such/folder on this machine.');
});

test('nothing but drawable registered files inside the mapped folders is served', async ({ bench }) => {
  const folder = join(bench.home, 'mapped');
  await mkdir(folder);
  await bench.crates(mappedCrates(bench, folder));
  await writeFile(join(bench.home, 'secret.png'), onePixel);
  await symlink(join(bench.home, 'secret.png'), join(folder, 'link plot.png'));
  await symlink('/etc/passwd', join(folder, 'passwd.txt'));
  await writeFile(join(folder, 'good plot.png'), onePixel);
  await writeFile(join(folder, 'page.html'), '<script>alert(1)</script>');
  const panel = await bench.start();
  const { plots, files } = await openFiles(panel);
  await register(
    panel,
    '/data/good plot.png',
    '/data/../secret.png',
    '/data/link plot.png',
    '/data/passwd.txt',
    '../../etc/passwd',
    '/data/page.html',
  );
  await expect(plots.getByRole('img', { name: 'good plot.png' })).toBeVisible();
  await expect(files.getByRole('row', { name: 'secret.png' })).toContainText('refused');
  await expect(files.getByRole('row', { name: 'link plot.png' })).toContainText('refused');
  await expect(files.getByRole('row', { name: 'passwd.txt' })).toContainText('refused');
  await expect(files.getByRole('row', { name: /^passwd test_file/ })).toContainText('not mapped');
  const address = await plots.getByRole('img', { name: 'good plot.png' }).getAttribute('src');
  const good = Number(/panel:\/\/file\/(\d+)/.exec(address ?? '')?.[1]);
  const answers = await panel.page.evaluate(async (first) => {
    const paths = [1, 2, 3, 4, 5].map((more) => String(first + more));
    const others = ['0', '-1', '99999', `${first}/..`, `${first}/x`, '', 'etc/passwd', '%2e%2e%2f1', '1e3'];
    const asked = [String(first), ...paths, ...others].map(
      async (path) => (await fetch(`panel://file/${path}`)).status,
    );
    return Promise.all(asked);
  }, good);
  expect(answers).toEqual([200, ...Array.from({ length: 14 }, () => 404)]);
  const reply = await panel.page.evaluate(async (id) => {
    const response = await fetch(`panel://file/${id}`);
    return Object.fromEntries(response.headers);
  }, good);
  expect(reply['content-type']).toBe('image/png');
});

test('an SVG is drawn, and its script, links and styles reach nothing', async ({ bench }) => {
  const folder = join(bench.home, 'mapped');
  await mkdir(folder);
  await bench.crates(mappedCrates(bench, folder));
  await writeFile(
    join(folder, 'hostile plot.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="200"
      onload="top.hacked = true"><script>top.hacked = true; window.panel.call('panel.quit', {choice: 'abort'})</script>
      <image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/><rect width="300" height="200" fill="red"/>
      <foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="panel://app/index.html"/></foreignObject></svg>`,
  );
  const panel = await bench.start();
  const requests: string[] = [];
  panel.page.on('request', (request) => requests.push(request.url()));
  const { plots } = await openFiles(panel);
  await register(panel, '/data/hostile plot.svg');
  const picture = plots.getByRole('img', { name: 'hostile plot.svg' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300);
  await picture.click();
  await expect(panel.page.getByRole('dialog').getByRole('img', { name: 'hostile plot.svg' })).toBeVisible();
  expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(requests.filter((url) => !url.startsWith('panel://'))).toEqual([]);
});

test('a page of a PDF is drawn within the content policy', async ({ bench }) => {
  const folder = join(bench.home, 'mapped');
  await mkdir(folder);
  await bench.crates(mappedCrates(bench, folder));
  await writeFile(join(folder, 'plot.pdf'), twoPages);
  const panel = await bench.start();
  await panel.page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Object.assign(window, { violation: event.violatedDirective });
    });
  });
  const { files } = await openFiles(panel);
  await register(panel, '/data/plot.pdf');
  const dialog = await view(panel, files, 'plot.pdf');
  const page = dialog.getByRole('img', { name: 'plot.pdf, page 1 of 2' });
  await expect(page).toHaveAttribute('data-drawn', 'true');
  // Red, as the document says.
  const colour = await page.evaluate((canvas: HTMLCanvasElement) => [
    ...canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data,
  ]);
  expect(colour).toEqual([255, 0, 0, 255]);
  await dialog.getByRole('button', { name: 'Next page' }).click();
  await expect(dialog.getByRole('img', { name: 'plot.pdf, page 2 of 2' })).toHaveAttribute(
    'data-drawn',
    'true',
  );
  expect(await panel.page.evaluate(() => 'violation' in window)).toBe(false);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds no serious fault in the files and the viewer (${scheme})`, async ({ bench }) => {
    const folder = join(bench.home, 'mapped');
    await mkdir(folder);
    await bench.crates(mappedCrates(bench, folder));
    await writeFile(join(folder, 'good plot.png'), onePixel);
    await writeFile(join(folder, 'notes.txt'), 'words');
    const panel = await bench.start();
    await panel.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const check = async (where: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page: panel.page }).setLegacyMode().analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.html).join(' ')}`),
      ).toEqual([]);
    };
    const { plots, files } = await openFiles(panel);
    await check('empty');
    await register(panel, '/data/good plot.png', '/data/gone plot.png', '/data/notes.txt', '/else/x.npy');
    await expect(plots.getByRole('img', { name: 'good plot.png' })).toBeVisible();
    await expect(files.getByRole('row', { name: 'x.npy' })).toContainText('not mapped');
    await check('Files');
    // By keyboard alone: to the plots, to the next one, and into the viewer.
    await plots.getByRole('button').first().focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.keyboard.press('Enter');
    const dialog = panel.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await check('viewer');
    await dialog.getByRole('button', { name: 'Side by side' }).click();
    await dialog.getByRole('textbox').fill('notes');
    await dialog.getByRole('grid', { name: 'Files to choose from' }).focus();
    await expect(dialog.getByRole('row', { name: /notes\.txt/ })).toBeVisible();
    await check('chooser');
    await panel.page.keyboard.press('Home');
    await panel.page.keyboard.press('Enter');
    await expect(dialog).toContainText('words');
    await check('side by side');
  });
}

/** Two pages of 200 × 100 points: one red, one blue. */
const twoPages = `%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R 4 0 R] /Count 2>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 5 0 R>> endobj
4 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 6 0 R>> endobj
5 0 obj <</Length 27>> stream
1 0 0 rg 0 0 200 100 re f  
endstream endobj
6 0 obj <</Length 27>> stream
0 0 1 rg 0 0 200 100 re f  
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
`;
