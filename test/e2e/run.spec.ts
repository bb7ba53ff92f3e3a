import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, publishing, stubborn, test } from './panel';

test('a script runs, its output and its session data arrive, and it stays in the history', async ({
  bench,
  panel,
}) => {
  const script = await bench.script(
    'take_iv.py',
    `${publishing}
print('Taking IV on band', sys.argv[1:])
print('caget timeout, retry', file=sys.stderr)
publish('session_log', 'Starting IV')
publish('session_data', {'datafile': '/data/1584402020.dat', 'noise': [62.1, float('nan'), float('inf')]})
while not os.path.exists(sys.argv[0] + '.go'): time.sleep(0.02)
publish('stop', {})
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('take_iv.py', '--band "0 1" --note \'$HOME\'');
  await expect(panel.state).toHaveText('running');
  await expect(panel.log).toContainText(`Taking IV on band ['--band', '0 1', '--note', '$HOME']`);
  await expect(panel.log).toContainText('caget timeout, retry');
  await expect(panel.session).toContainText('/data/1584402020.dat');
  await expect(panel.session).toContainText('NaN');
  await expect(panel.session).toContainText('Infinity');
  await expect(panel.page.getByText('Starting IV', { exact: true })).toBeVisible();
  await expect(panel.crates).toContainText('take_iv, Starting IV');
  await expect(panel.button('Run')).toBeDisabled();

  await writeFile(`${script}.go`, '');
  await expect(panel.crates).toContainText('take_iv, succeeded');
  await expect(panel.state).toHaveText('succeeded');
  await expect(panel.page.getByText('Script has finished with exit code 0').first()).toBeVisible();
  expect(await bench.log()).toContain('Taking IV');

  await panel.tab('Messages');
  await expect(panel.page.getByText('session_data').first()).toBeVisible();
  await panel.tab('History');
  await panel.page.getByRole('row', { name: /take_iv\.py/ }).dblclick();
  await expect(panel.log).toContainText('caget timeout, retry');
});

test('a script that fails says its exit code, and its traceback is in the log', async ({ bench, panel }) => {
  await bench.script('fail.py', 'raise RuntimeError("no resonators found")');
  await panel.slot('crate1slot2');
  await panel.run('fail.py');
  await expect(panel.state).toHaveText('failed');
  await expect(panel.log).toContainText('RuntimeError: no resonators found');
  await expect(panel.page.getByText('exit code 1').first()).toBeVisible();
});

test('a script that is not there is refused with a sentence, and nothing typed is lost', async ({
  panel,
}) => {
  await panel.slot('crate1slot2');
  await panel.run('/nowhere/tune.py', '--band 3');
  await expect(panel.page.getByRole('alert')).toContainText('/nowhere/tune.py');
  await expect(panel.page.getByRole('textbox', { name: 'Script' })).toHaveValue('/nowhere/tune.py');
  await expect(panel.page.getByRole('textbox', { name: 'Arguments' })).toHaveValue('--band 3');
});

test('an unbalanced quote is named at the arguments and nothing is started', async ({ bench, panel }) => {
  await bench.script('ok.py', '');
  await panel.slot('crate1slot2');
  await panel.fill('ok.py', '--note "half');
  await expect(panel.page.getByRole('textbox', { name: 'Arguments' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(panel.button('Run')).toBeDisabled();
});

test('an abort goes through every stage and leaves no process alive, grandchildren included', async ({
  bench,
  panel,
}) => {
  await bench.script('stubborn.py', stubborn);
  await panel.slot('crate1slot2');
  await panel.run('stubborn.py');
  await expect(panel.log).toContainText('pids');
  const pids = /pids (\d+) (\d+)/
    .exec(await bench.log())!
    .slice(1)
    .map(Number);
  await panel.abort();
  await expect(panel.state).toHaveText('stopping');
  await expect(panel.page.getByText(/SIGTERM in \d/).first()).toBeVisible();
  await expect(panel.page.getByText(/SIGKILL in \d/).first()).toBeVisible();
  await expect(panel.state).toHaveText('aborted');
  for (const pid of pids) expect(await isRunning(pid)).toBe(false);
});

test('an abort can skip ahead, and a tidy script gets to clean up', async ({ bench, panel }) => {
  await bench.script('stubborn.py', stubborn);
  await bench.script(
    'tidy.py',
    `import time
try:
    print('up')
    time.sleep(600)
finally:
    print('bias lines set to 0 V')
`,
  );
  await panel.slot('crate1slot2');
  await panel.run('tidy.py');
  await expect(panel.log).toContainText('up');
  await panel.abort();
  await expect(panel.state).toHaveText('aborted');
  await expect(panel.log).toContainText('bias lines set to 0 V');

  await panel.slot('crate1slot3');
  await panel.run('stubborn.py');
  await expect(panel.log).toContainText('pids');
  await panel.abort();
  await panel.button('Send SIGTERM now').click();
  await panel.button('Send SIGKILL now').click();
  await expect(panel.state).toHaveText('aborted');
});

test('a busy slot refuses a second run with the words of the reference; another slot runs beside it', async ({
  bench,
  panel,
}) => {
  await bench.script(
    'wait.py',
    "import time; print('slot', __import__('os').environ['SLOT']); time.sleep(600)",
  );
  await panel.slot('crate1slot2');
  await panel.run('wait.py');
  await expect(panel.log).toContainText('slot 2');
  const request = { slot: 'crate1slot2', script: 'wait.py', args: [], log: true };
  expect(await panel.call('run.start', { ...request, task: null })).toEqual({
    ok: false,
    error: { code: 'slot-busy', message: 'Operation "run" already in progress.' },
  });
  expect(await panel.call('run.start', { ...request, task: 'tune_squids' })).toMatchObject({
    error: { message: 'The requested script cannot be run because script wait.py is already running' },
  });
  await panel.slot('crate1slot3');
  await panel.run('wait.py');
  await expect(panel.log).toContainText('slot 3');
  await expect(panel.crates.getByText('2 of 2 running')).toBeVisible();
});

test('a log opened late is whole, from its first line to its last', async ({ bench, panel }) => {
  await bench.script('flood.py', "for i in range(200_000): print('line', i)");
  await panel.slot('crate1slot2');
  await panel.run('flood.py');
  await expect(panel.state).toHaveText('succeeded');
  await panel.tab('Run');
  await panel.tab('Log');
  await expect(panel.log).toContainText('line 199999');
  await panel.log.focus();
  await panel.page.keyboard.press('Home');
  await expect(panel.log).toContainText('line 0');
  await panel.page.keyboard.press('End');
  await expect(panel.log).toContainText('line 199999');
  expect((await bench.log()).length).toBe(
    Array.from({ length: 200_000 }, (_, i) => `line ${i}\n`).join('').length,
  );
});

test('a task of the slot fills in the form', async ({ bench, panel }) => {
  await panel.slot('crate1slot2');
  await panel.tab('Run');
  await panel.page.getByRole('button', { name: /tune_squids/ }).click();
  await expect(panel.page.getByRole('textbox', { name: 'Script' })).toHaveValue(
    '/config/scripts/pysmurf/tune_squids.py',
  );
  await panel.button('Run').click();
  await expect(panel.page.getByRole('alert')).toContainText('/config/scripts/pysmurf/tune_squids.py');
  expect(await readFile(join(await bench.newestRun(), 'run.json'), 'utf8')).toContain('tune_squids.py');
});

/** Whether a process lives; a zombie does not. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}
