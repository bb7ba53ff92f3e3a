import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cratesYaml, expect, isOver, keptMessages, publishing, test } from './panel';

/** What the panel answers of a session. */
interface SessionReply {
  readonly value: {
    readonly session: { readonly data: object; readonly messages: readonly { from: string; text: string }[] };
  };
}

const numbered = `${publishing}
number = 0
while not os.path.exists(sys.argv[0] + '.go'):
    print('line', number)
    publish('session_data', {'number': number, 'key%d' % (number % 7): number})
    publish('session_log', 'message %d' % number)
    number += 1
    time.sleep(0.01)
publish('session_data', {'total': number})
`;

test.beforeEach(({ bench }) =>
  bench.crates(cratesYaml(bench.scripts).replace('slot: 2', 'slot: 2\n        relay: true')),
);

test('a database that cannot be read when the panel starts loses nothing of what it keeps', async ({
  bench,
}) => {
  const script = await bench.script('numbered.py', numbered);
  const first = await bench.start();
  await first.slot('crate1slot2');
  await first.run('numbered.py');
  await expect(first.session).toContainText('key6');
  await first.kill();

  const database = join(bench.home, 'panel.sqlite');
  const aside = join(bench.home, 'aside');
  await mkdir(aside);
  for (const part of ['', '-wal', '-shm']) await rename(database + part, join(aside, `panel.sqlite${part}`));
  await mkdir(database);
  const second = await bench.start();
  await second.slot('crate1slot2');
  await expect(second.state).toHaveText('running');
  await expect(second.page.getByText('waits in its folder')).toBeVisible();
  await writeFile(`${script}.go`, '');
  await expect(second.state).toHaveText('succeeded');

  await rmdir(database);
  for (const part of ['', '-wal', '-shm']) await rename(join(aside, `panel.sqlite${part}`), database + part);
  await expect(second.session).toContainText('total');
  const run = (await bench.newestRun()).split('/').at(-1)!;
  const reply = (await second.call('session.watch', { run })) as SessionReply;
  const { total } = reply.value.session.data as { total: number };
  const numbers = Array.from({ length: total }, (_, number) => `message ${number}`);
  const said = ({ value }: SessionReply): string[] =>
    value.session.messages.filter(({ from }) => from === 'script').map(({ text }) => text);
  expect(said(reply)).toEqual(numbers);
  await expect.poll(() => keptMessages(bench.home, run)).toBe(total * 2 + 2);

  // What was kept says the same to the next panel.
  await second.kill();
  const third = await bench.start();
  expect(said((await third.call('session.watch', { run })) as SessionReply)).toEqual(numbers);
});

test('a run that began while the database could not be written is found again, with its exit', async ({
  bench,
}) => {
  await bench.script('short.py', "print('short')");
  const script = await bench.script('wait.py', waits);
  const first = await bench.start();
  await first.slot('crate1slot2');
  await first.run('short.py');
  await expect(first.state).toHaveText('succeeded');
  await expect.poll(async () => isOver(bench.home, (await bench.newestRun()).split('/').at(-1)!)).toBe(true);
  const unlock = await lockDatabase(bench.home);
  await first.run('wait.py');
  await expect(first.log).toContainText('up');
  await first.kill();
  await unlock();

  const second = await bench.start();
  await second.slot('crate1slot2');
  await expect(second.state).toHaveText('running');
  await writeFile(`${script}.go`, '');
  await expect(second.state).toHaveText('failed');
  await expect(second.page.getByText('exit code 7').first()).toBeVisible();
  const run = (await bench.newestRun()).split('/').at(-1)!;
  await expect.poll(() => isOver(bench.home, run)).toBe(true);
});

const waits = `
import os, sys, time
print('up')
while not os.path.exists(sys.argv[0] + '.go'): time.sleep(0.01)
sys.exit(7)
`;

/** Keeps the database from being written, as another program that locks it does. Returns how to end that. */
async function lockDatabase(home: string): Promise<() => Promise<void>> {
  const holding = `import sqlite3, sys
other = sqlite3.connect(sys.argv[1], timeout=60)
other.execute('BEGIN IMMEDIATE')
print('locked', flush=True)
sys.stdin.read()`;
  const child = spawn('python3', ['-c', holding, join(home, 'panel.sqlite')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    const ended = once(child, 'close');
    child.stdin.end();
    await ended;
  };
}

/** Ends at once, and leaves a process behind that goes on printing and publishing until it is told to end. */
const leaves = `${publishing}
if len(sys.argv) == 1:
    import subprocess
    subprocess.Popen([sys.executable, '-u', sys.argv[0], 'left'], start_new_session=True)
    sys.exit(0)
number = 0
while not os.path.exists(sys.argv[0] + '.go'):
    print('line', number)
    publish('session_data', {'number': number, 'key%d' % (number % 7): number})
    number += 1
    time.sleep(0.01)
print('last')
publish('session_data', {'finished': True})
`;

test('what a run leaves behind is followed by the next panel, too', async ({ bench }) => {
  const script = await bench.script('leaves.py', leaves);
  const first = await bench.start();
  await first.slot('crate1slot2');
  await first.run('leaves.py');
  await expect(first.state).toHaveText('succeeded');
  await expect(first.session).toContainText('key6');
  await first.kill();

  const second = await bench.start();
  await second.slot('crate1slot2');
  await expect(second.state).toHaveText('succeeded');
  await second.tab('Log');
  const run = (await bench.newestRun()).split('/').at(-1)!;
  expect(await isOver(bench.home, run)).toBe(false);
  await writeFile(`${script}.go`, '');
  await expect(second.log).toContainText('last');
  await expect(second.session).toContainText('finished');
  await expect.poll(() => isOver(bench.home, run)).toBe(true);
});
