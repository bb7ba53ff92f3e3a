import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Bench, expect, publishing, test } from './panel';

const counting = `${publishing}
for i in range(1_000_000):
    print('count', i)
    publish('session_data', {'count': i, 'key%d' % (i % 5): i})
    if os.path.exists(sys.argv[0] + '.go'): break
    time.sleep(0.01)
print('last', i)
publish('session_data', {'finished': True})
`;

for (const loss of ['reload', 'crash'] as const) {
  test(`a ${loss} of the window's process during a run loses nothing`, async ({ bench, panel }) => {
    const script = await bench.script('counting.py', counting);
    await panel.slot('crate1slot2');
    await panel.run('counting.py');
    await expect(panel.session).toContainText('key4');
    if (loss === 'reload') {
      await panel.page.reload();
    } else {
      await panel.app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
      });
      // Playwright's page went with the process; the window shows the same page in a new one.
      await expect
        .poll(() =>
          panel.app.evaluate(({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.isCrashed(),
          ),
        )
        .toBe(false);
    }
    const text = (): Promise<string> =>
      panel.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents?.executeJavaScript('document.body.innerText') as Promise<string>;
      });
    await expect.poll(text).toContain('running');
    await expect.poll(text).toContain('key4');
    await writeFile(`${script}.go`, '');
    await expect.poll(text).toContain('succeeded');
    await expect.poll(text).toContain('finished');
    const lines = (await bench.log()).trim().split('\n');
    const last = Number(lines.at(-1)!.split(' ')[1]);
    expect(lines.slice(0, -1)).toEqual(Array.from({ length: last + 1 }, (_, i) => `count ${i}`));
  });
}

test('a panel that is killed finds its run again, with every line and the true exit code', async ({
  bench,
  panel,
}) => {
  const script = await bench.script('counting.py', `${counting}raise SystemExit(7)\n`);
  await panel.slot('crate1slot2');
  await panel.run('counting.py');
  await expect(panel.log).toContainText('count 20');
  await panel.kill();
  const again = await bench.start();
  await again.slot('crate1slot2');
  await expect(again.state).toHaveText('running');
  await expect(again.session).toContainText('key4');
  await writeFile(`${script}.go`, '');
  await expect(again.state).toHaveText('failed');
  await expect(again.page.getByText('exit code 7').first()).toBeVisible();
  await again.tab('Log');
  await again.log.focus();
  await again.page.keyboard.press('Home');
  await expect(again.log).toContainText('count 0');
});

test('quitting while a run is active asks, and leaves the run as the operator says', async ({
  bench,
  panel,
}) => {
  await bench.script('wait.py', "import time; print('up'); time.sleep(600)");
  await panel.slot('crate1slot2');
  await panel.run('wait.py');
  await expect(panel.log).toContainText('up');
  const close = (): Promise<void> =>
    panel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await close();
  const dialog = panel.page.getByRole('dialog', { name: 'Runs are active' });
  await expect(dialog).toContainText('crate1slot2');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.state).toHaveText('running');

  await close();
  await dialog.getByRole('button', { name: 'Leave them running and quit' }).click();
  expect(await panel.ended()).toBe(0);
  const again = await bench.start();
  await again.slot('crate1slot2');
  await expect(again.state).toHaveText('running');

  await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await again.page.getByRole('button', { name: 'Abort all and quit' }).click();
  expect(await again.ended()).toBe(0);
  const third = await bench.start();
  await third.slot('crate1slot2');
  await expect(third.state).toHaveText('aborted');
});

test('a second panel on the same home says so and leaves; the first one is told', async ({
  bench,
  panel,
}) => {
  const executable = await panel.app.evaluate(() => process.execPath);
  const root = resolve(import.meta.dirname, '../..');
  const second = spawn(executable, [root, '--no-sandbox', '--disable-gpu'], {
    env: { ...process.env, SMURF_PANEL_HOME: bench.home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(second, 'close')) as [number];
  expect(code).toBe(2);
  expect(said).toContain('already open');
  expect(said).toContain(bench.home);
  await expect(panel.page.getByText(/was started again/)).toBeVisible();
});

test('a home folder that cannot be used is named, with the cause', async () => {
  const bench = await Bench.make();
  try {
    await writeFile(join(bench.home, 'runs'), 'a file in the way');
    await expect(bench.start()).rejects.toThrow();
  } finally {
    await bench.close();
  }
});
