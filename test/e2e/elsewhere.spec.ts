import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { needSshd, sshHostName, TestSshd } from '../fixtures/sshd';
import { expect, publishing, test, type Bench } from './panel';

/** Prints and publishes without pause until it is told to end, and says how many lines there were. */
const flood = `${publishing}
number = 0
while not os.path.exists(sys.argv[0] + '.go'):
    print('line', number)
    publish('session_data', {'number': number})
    number += 1
    if number % 50 == 0: time.sleep(0.01)
publish('session_data', {'total': number})
print('total', number)
raise SystemExit(3)
`;

/** Lets the panel's `ssh` read the test's configuration, as an operator's would stand in the home folder. */
async function useConfig(bench: Bench, configFile: string): Promise<void> {
  const folder = join(bench.home, 'bin');
  await mkdir(folder);
  await writeFile(join(folder, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${configFile}' "$@"\n`);
  await chmod(join(folder, 'ssh'), 0o755);
  bench.environment['PATH'] = `${folder}:${process.env['PATH'] ?? ''}`;
}

function sshYaml(scripts: string, runs: string): string {
  return `listener: { host: 127.0.0.1, port: 0 }
crates:
  - name: crate1
    publisher-id: crate1
    transport: { kind: ssh, host: ${sshHostName}, runs: ${runs} }
    scripts: [${scripts}]
`;
}

test('a run on another machine survives a cut connection and a killed panel, and nothing of it is lost', async ({
  bench,
}) => {
  test.setTimeout(180_000);
  const reason = await needSshd();
  test.skip(reason !== null, reason ?? '');
  const sshd = await TestSshd.open();
  try {
    await useConfig(bench, sshd.configFile);
    await bench.crates(sshYaml(bench.scripts, join(sshd.home, 'runs')));
    const script = await bench.script('flood.py', flood);
    const first = await bench.start();
    await first.slot('crate1');
    await first.run('flood.py');
    await expect(first.state).toHaveText('running');
    await expect(first.session).toContainText('number');

    await sshd.goDown();
    await expect(first.page.getByText(/connection lost/i).first()).toBeVisible();
    await expect(first.state).toHaveText('running');
    await first.kill();
    await sshd.start();

    const again = await bench.start();
    await again.slot('crate1');
    await expect(again.state).toHaveText('running');
    await writeFile(`${script}.go`, '');
    await expect(again.state).toHaveText('failed', { timeout: 60_000 });
    await expect(again.page.getByText('exit code 3').first()).toBeVisible();
    await expect(again.session).toContainText('total');

    const log = await bench.log();
    const total = Number(/^total (\d+)$/m.exec(log)![1]);
    expect(log).toBe(
      `${Array.from({ length: total }, (_, number) => `line ${number}\n`).join('')}total ${total}\n`,
    );
    const run = (await bench.newestRun()).split('/').at(-1)!;
    expect(await readFile(join(sshd.home, 'runs', run, 'output.log'), 'utf8')).toBe(log);
  } finally {
    await sshd.close();
  }
});

test('a run whose machine is out of reach can be given up on, and stays so when the machine is back', async ({
  bench,
}) => {
  test.setTimeout(240_000);
  const reason = await needSshd();
  test.skip(reason !== null, reason ?? '');
  const sshd = await TestSshd.open();
  const script = await bench.script('flood.py', flood);
  try {
    await useConfig(bench, sshd.configFile);
    await bench.crates(sshYaml(bench.scripts, join(sshd.home, 'runs')));
    const first = await bench.start();
    await first.slot('crate1');
    await first.run('flood.py');
    await expect(first.state).toHaveText('running');

    await sshd.goDown();
    await first.button('Give up on this run…').click({ timeout: 120_000 });
    await first.button('Give up').click();
    await expect(first.state).toHaveText('lost');
    await expect(first.page.getByText('The script may go on running there.').first()).toBeVisible();
    await first.kill();
    await sshd.start();

    const again = await bench.start();
    await again.slot('crate1');
    await expect(again.state).toHaveText('lost');
    await again.run('flood.py');
    await expect(again.state).toHaveText('running');
    await writeFile(`${script}.go`, '');
    await expect(again.state).toHaveText('failed', { timeout: 60_000 });
  } finally {
    await writeFile(`${script}.go`, '');
    await sshd.close();
  }
});

test('the connection check says what is wrong with a machine that cannot be reached', async ({ bench }) => {
  await bench.crates(sshYaml(bench.scripts, '/tmp/never').replace(sshHostName, 'no-such-machine.invalid'));
  const panel = await bench.start();
  await panel.button('Settings').click();
  const contents = panel.page.getByRole('navigation', { name: 'Configuration' });
  await contents
    .getByRole('button', { name: /crate1/ })
    .last()
    .click();
  await panel.button('Check connection').click();
  await expect(panel.page.getByText(/no-such-machine\.invalid/).last()).toBeVisible();
  await expect(panel.page.getByText('failed').first()).toBeVisible();
});
