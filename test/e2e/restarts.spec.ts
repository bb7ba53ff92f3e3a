import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import electron from 'electron';
import { until } from '../fixtures/until';
import { cratesYaml, expect, keptMessages, panelEnvironment, publishing, root, test } from './panel';

const restarts = 50;

/** Prints and publishes numbered lines until it is told to end, and says how many there were. */
const numbered = `${publishing}
number = 0
while not os.path.exists(sys.argv[0] + '.go'):
    print('line', number)
    if number % 3 == 0: print('error', number, file=sys.stderr)
    publish('session_data', {'number': number, 'key%d' % (number % 7): number})
    publish('session_log', 'message %d' % number)
    number += 1
    time.sleep(0.004)
publish('session_data', {'total': number})
print('total', number)
raise SystemExit(7)
`;

test(`a panel that is killed ${restarts} times in a run loses no line and no message`, async ({ bench }) => {
  test.setTimeout(300_000);
  const relayed = cratesYaml(bench.scripts).replace('slot: 2', 'slot: 2\n        relay: true');
  await bench.crates(relayed);
  const script = await bench.script('numbered.py', numbered);
  const first = await bench.start();
  await first.slot('crate1slot2');
  await first.run('numbered.py');
  await expect(first.session).toContainText('key6');
  await first.kill();

  for (let count = 0; count < restarts; count += 1) {
    const journal = await readFile(join(bench.home, 'panel.log'), 'utf8').catch(() => '');
    // In plain Node the package is the path of the executable.
    const child = spawn(electron as unknown as string, [root, '--no-sandbox', '--disable-gpu'], {
      env: panelEnvironment(bench.home),
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // Every fifth dies while it starts; the others at some moment after they have taken the run up.
    if (count % 5 !== 0) {
      const starts = journal.split('started with home folder').length;
      await until(
        async () =>
          (await readFile(join(bench.home, 'panel.log'), 'utf8')).split('started with').length > starts,
        'the panel has started',
      );
    }
    await pause(Math.random() * 400);
    child.kill('SIGKILL');
    await ended;
  }

  const last = await bench.start();
  await last.slot('crate1slot2');
  await expect(last.state).toHaveText('running');
  await writeFile(`${script}.go`, '');
  await expect(last.state).toHaveText('failed');
  await expect(last.page.getByText('exit code 7').first()).toBeVisible();

  const log = await bench.log();
  const total = Number(/^total (\d+)$/m.exec(log)![1]);
  const numbers = Array.from({ length: total }, (_, number) => number);
  const lines = log.trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('line'))).toEqual(numbers.map((number) => `line ${number}`));
  expect(lines.filter((line) => line.startsWith('error'))).toEqual(
    numbers.filter((number) => number % 3 === 0).map((number) => `error ${number}`),
  );

  await expect(last.session).toContainText(`total`);
  const run = (await bench.newestRun()).split('/').at(-1)!;
  const reply = (await last.call('session.watch', { run })) as SessionReply;
  expect(reply.value.session.data).toMatchObject({ total, number: total - 1 });
  const said = reply.value.session.messages.filter(({ from }) => from === 'script').map(({ text }) => text);
  expect(said).toEqual(numbers.map((number) => `message ${number}`));
  expect(await keptMessages(bench.home, run)).toBe(total * 2 + 2);
});

interface SessionReply {
  readonly value: {
    readonly session: { readonly data: object; readonly messages: readonly { from: string; text: string }[] };
  };
}
