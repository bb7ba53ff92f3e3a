import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunFolder } from '../../../../../electron/run/run-folder';
import { SshHost } from '../../../../../electron/run/remote/ssh-host';
import { childProcesses } from '../../../../fixtures/processes';
import { needSshd, sshHostName, TestSshd } from '../../../../fixtures/sshd';
import { until } from '../../../../fixtures/until';
import {
  familyScript,
  floodScript,
  FollowRecord,
  RemoteBench,
  sizeOf,
  untilWhole,
  waitingScript,
} from './support';
import { eventually } from '../../../../fixtures/eventually';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const reason = await needSshd();
if (reason !== null) console.warn(`SKIPPED: the tests over a real sshd, because it cannot be had: ${reason}`);

describe.skipIf(reason !== null)('over a real sshd', () => {
  let sshd: TestSshd;
  let bench: RemoteBench;
  let control: string;

  beforeAll(async () => {
    sshd = await TestSshd.open();
    control = sshd.path('control sockets');
  });
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.close();
    await sshd.cut();
    await rm(sshd.path('home/.bashrc'), { force: true });
  });
  afterAll(() => sshd.close());

  function openBench(host = sshHostName, python = 'python3'): Promise<RemoteBench> {
    return RemoteBench.open(new SshHost({ host, controlFolder: control, configFile: sshd.configFile }), {
      python,
    });
  }

  /** Tries to start a script on a host; the failure that it ends with. */
  async function failure(host: string, python = 'python3') {
    const other = await openBench(host, python);
    try {
      const script = await other.script('never.py', '');
      const { folder, request } = await other.prepare(script);
      const started = await other.transport.start(folder, request);
      return started.ok ? null : started.error;
    } finally {
      await other.close();
    }
  }

  it('removes the folder of a run there once that is over, and not before', async () => {
    const go = join(bench.folder, 'go');
    const run = await bench.start(await bench.script('waits.py', waitingScript), [go]);
    const record = new FollowRecord();
    bench.follow(run, record);
    expect(await bench.transport.remove(run)).toMatchObject({ ok: false, error: { code: 'run-kept' } });
    await writeFile(go, '');
    await untilWhole(record);
    expect(await bench.transport.remove(run)).toMatchObject({ ok: true });
    expect(existsSync(join(bench.runs, run.run))).toBe(false);
    expect(existsSync(run.path)).toBe(true);
    expect(await bench.transport.remove(run)).toMatchObject({ ok: true });
  });

  it('runs a script and brings everything here', async () => {
    const script = await bench.script(
      "it's a script.py",
      `import os, sys\nprint(os.environ['OWN_VARIABLE'], sys.argv[1:])\nsys.exit(4)\n`,
    );
    const run = await bench.start(script, ["a 'b'", '$(c)', '']);
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    expect(await readFile(join(run.path, 'output.log'), 'utf8')).toBe(`it's $HOME ["a 'b'", '$(c)', '']\n`);
    expect(record.last?.exit).toMatchObject({ code: 4, signal: null });
    expect(record.connections).toEqual([]);
    await bench.expectSame(run);
    // Told first, written then: a full disk must not keep it from the screen.
    const kept = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(run.path, 'status.json'), 'utf8'));
    await eventually(async () =>
      expect(await kept()).toMatchObject({ outputEnded: true, exit: { code: 4 } }),
    );
    const remembered: unknown = JSON.parse(await readFile(join(run.path, 'remote.json'), 'utf8'));
    expect(remembered).toEqual({ version: 1, host: sshHostName, folder: join(bench.runs, run.run) });
  });

  it('shares one connection, in a folder that only this user can enter', async () => {
    await bench.transport.listScripts([bench.folder]);
    const first = (await sshd.sessions()).length;
    await bench.transport.listScripts([bench.folder]);
    expect(first).toBeGreaterThan(0);
    expect((await sshd.sessions()).length).toBe(first);
    expect((await stat(control)).mode & 0o777).toBe(0o700);
  });

  it('does without sharing where the folder for the sockets is too long for one', async () => {
    const long = sshd.path('x'.repeat(100));
    const other = await RemoteBench.open(
      new SshHost({ host: sshHostName, controlFolder: long, configFile: sshd.configFile }),
    );
    expect(await other.transport.listScripts([other.folder])).toMatchObject({ ok: true });
    await expect(stat(long)).rejects.toThrow('ENOENT');
    await other.close();
  });

  it('survives connections that are cut in mid-flood', async () => {
    const run = await bench.start(await bench.script('flood.py', floodScript), ['600000']);
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    const log = join(run.path, 'output.log');
    for (let cut = 1; cut <= 3; cut += 1) {
      const before = await sizeOf(log);
      await until(async () => (await sizeOf(log)) > before || record.isWhole, 'the log grows');
      if (record.isWhole) break;
      const lost = record.connections.filter((connection) => connection !== null).length;
      expect(await sshd.cut()).toBeGreaterThan(0);
      await until(
        () => record.connections.filter((connection) => connection !== null).length > lost,
        'the cut is told',
      );
      follower.wake();
    }
    await untilWhole(record);
    expect(record.connections.at(-1)).toBeNull();
    expect(record.connections.length).toBeGreaterThan(1);
    expect(record.connections[0]).toMatchObject({ message: expect.stringContaining(sshHostName) });
    expect(record.last?.exit).toMatchObject({ code: 3 });
    await bench.expectSame(run);
  });

  it('goes on where a killed panel left off, at random moments', async () => {
    const run = await bench.start(await bench.script('flood.py', floodScript), ['1000000']);
    const log = join(run.path, 'output.log');
    let resumed = 0;
    for (let kill = 0; kill < 10; kill += 1) {
      const record = new FollowRecord();
      const before = await sizeOf(log);
      const follower = bench.follow(run, record);
      const more = Math.floor(Math.random() * 4_000_000);
      await until(
        async () => record.isWhole || (await sizeOf(log)) >= before + more,
        'some of the log is here',
      );
      if (record.isWhole) break;
      await follower.close();
      resumed += 1;
      // What a crash leaves: half a record.
      await appendFile(join(run.path, 'output.idx'), Buffer.alloc(1 + Math.floor(Math.random() * 23), 0xff));
    }
    expect(resumed).toBeGreaterThan(3);
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    await bench.expectSame(run);
  });

  it('survives ssh clients that are killed at random moments', async () => {
    const run = await bench.start(await bench.script('flood.py', floodScript), ['1500000']);
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    const log = join(run.path, 'output.log');
    let kills = 0;
    while (kills < 10 && !record.isWhole) {
      const enough = (await sizeOf(log)) + Math.floor(Math.random() * 5_000_000);
      await until(async () => record.isWhole || (await sizeOf(log)) > enough, 'some of the log is here');
      const lost = record.connections.length;
      if (!(await killFollower())) continue;
      kills += 1;
      await until(() => record.isWhole || record.connections.length > lost, 'the cut is told');
      follower.wake();
    }
    await untilWhole(record);
    expect(kills).toBeGreaterThan(3);
    await bench.expectSame(run);
  });

  it('notices a connection that has gone silent, and drops it for all', async () => {
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    const record = new FollowRecord();
    bench.follow(run, record, { timing: { firstPatience: 20_000, patience: 3000 } });
    await until(() => record.last !== undefined, 'it is followed');
    await sshd.freeze();
    await until(() => record.connections.length > 0, 'the silence is told');
    expect(record.connections[0]).toMatchObject({ message: `No answer from ${sshHostName} for 3 s.` });
    await until(() => record.connections.at(-1) === null, 'it is followed again');
    await writeFile(stop, '');
    await untilWhole(record);
    expect(record.last?.exit).toMatchObject({ code: 5 });
  });

  it('waits longer from one attempt to the next while nothing answers, and tries at once when woken', async () => {
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await until(() => record.last !== undefined, 'it is followed');
    await sshd.cut();
    await sshd.stop();
    const waits = () => record.connections.filter((connection) => typeof connection?.retryAt === 'number');
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await until(() => waits().length >= attempt, 'another attempt failed');
      follower.wake();
    }
    expect(record.connections.find((connection) => connection?.message.includes('refuses'))).toBeDefined();
    expect(new Set(record.connections.map((connection) => connection?.since)).size).toBe(1);
    await sshd.start();
    follower.wake();
    await until(() => record.connections.at(-1) === null, 'it is followed again');
    await writeFile(stop, '');
    await untilWhole(record);
  });

  it('signals what runs there, grandchildren included', async () => {
    const script = await bench.script('family.py', familyScript);
    const run = await bench.start(script, ['600']);
    const record = new FollowRecord();
    bench.follow(run, record);
    const log = join(run.path, 'output.log');
    await until(async () => (await sizeOf(log)) > 0, 'the script is up');
    const before = await bench.transport.probe(run);
    expect(before.ok && before.value.supervisor).toBe('alive');
    expect(before.ok && before.value.processes.length).toBe(2);
    const killed = await bench.transport.signal(run, 'KILL');
    expect(killed.ok && killed.value.processes).toEqual([]);
    await untilWhole(record);
    expect(record.last?.exit).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('survives a shell that prints something before every command', async () => {
    await writeFile(
      join(sshd.home, '.bashrc'),
      'echo "Welcome!"; echo "warning" >&2; printf "no line end"\n',
    );
    const { stdout } = await execa('ssh', ['-F', sshd.configFile, sshHostName, 'echo "<$SHELL>"']);
    expect(stdout).toMatch(/^Welcome!\nno line end</);
    const run = await bench.start(await bench.script('flood.py', floodScript), ['1000']);
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    await bench.expectSame(run);
    const read = await bench.transport.readFile(join(bench.folder, 'flood.py'), 1_000_000);
    expect(read.ok && Buffer.from(read.value).toString('utf8')).toBe(floodScript);
  });

  it('keeps runs below the home folder there', async () => {
    const home = await RemoteBench.open(bench.host, { runs: '~/.smurf panel/runs' });
    const run = await home.start(await home.script('flood.py', floodScript), ['1000']);
    expect(await sizeOf(join(sshd.home, '.smurf panel/runs', run.run, 'status.json'))).toBeGreaterThan(0);
    await rm(join(run.path, 'remote.json'));
    expect(await home.transport.probe(run)).toMatchObject({ ok: true });
    const record = new FollowRecord();
    const follower = home.transport.follow(run, home.known, record);
    await untilWhole(record);
    await follower.close();
    await home.close();
  });

  it('lists, reads and caches files there', async () => {
    const scripts = join(bench.folder, 'scripts');
    await mkdir(join(scripts, 'sub'), { recursive: true });
    await writeFile(join(scripts, 'sub', 'tune.py'), 'print(1)\n');
    const list = await bench.transport.listScripts([scripts, join(bench.folder, 'none')]);
    expect(list).toEqual({
      ok: true,
      value: {
        scripts: [{ folder: scripts, path: join(scripts, 'sub/tune.py'), name: 'sub/tune.py' }],
        problems: [`The folder ${join(bench.folder, 'none')} cannot be listed: it does not exist.`],
      },
    });
    const path = join(scripts, 'sub', 'tune.py');
    const read = async (limit: number) => {
      const result = await bench.transport.readFile(path, limit);
      return result.ok ? Buffer.from(result.value).toString('utf8') : result.error.code;
    };
    expect(await read(5)).toBe('print');
    expect(await read(100)).toBe('print(1)\n');
    expect(await read(100)).toBe('print(1)\n');
    await writeFile(path, 'print(22)\n');
    expect(await read(100)).toBe('print(22)\n');
    await rm(path);
    expect(await read(100)).toBe('file-missing');
  });

  it('checks a connection step by step, up to the first that fails', async () => {
    const request = { scripts: [], udp: { host: '127.0.0.1', port: 9, id: 'crate1slot2' }, token: 'abc' };
    const steps = await bench.transport.check(request);
    expect(steps.slice(0, 5).map((step) => [step.name, step.ok])).toEqual([
      ['reach', true],
      ['python', true],
      ['folder', true],
      ['write', true],
      ['scripts', true],
    ]);
    const missing = await bench.transport.check({ ...request, scripts: [join(bench.folder, 'none')] });
    expect(missing.at(-1)).toMatchObject({ name: 'scripts', ok: false });
    const python = await openBench(sshHostName, '/no/such/python3');
    expect(await python.transport.check(request)).toMatchObject([
      { name: 'reach', ok: true },
      { name: 'python', ok: false, detail: expect.stringContaining('no such Python on smurf-srv27') },
    ]);
    await python.close();
    const nowhere = await openBench('nowhere');
    expect(await nowhere.transport.check(request)).toMatchObject([{ name: 'reach', ok: false }]);
    await nowhere.close();
  });

  it('says in plain words why a machine cannot be used', async () => {
    expect(await failure('nowhere')).toMatchObject({ code: 'host-unknown' });
    expect(await failure('refusing')).toMatchObject({ code: 'host-refused' });
    expect(await failure(sshHostName, '/no/such/python3')).toMatchObject({ code: 'interpreter-missing' });
    expect(await failure(sshHostName, '/etc/passwd')).toMatchObject({ code: 'interpreter-not-executable' });
    await sshd.configure('client', ['NoSuchOption yes']);
    expect(await failure(sshHostName)).toMatchObject({ code: 'ssh-configuration' });
    await sshd.configure('stranger');
    expect(await failure(sshHostName)).toMatchObject({ code: 'ssh-permission' });
    await sshd.configure('client');
    await sshd.knowHost(null);
    expect(await failure(sshHostName)).toMatchObject({ code: 'host-key-unknown' });
    await sshd.knowHost('stranger');
    expect(await failure(sshHostName)).toMatchObject({ code: 'host-key-changed' });
    await sshd.knowHost('host');
    expect(await failure(sshHostName)).toBeNull();
  });

  it('counts a run as gone when its folder stays missing there', async () => {
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    await bench.transport.signal(run, 'KILL');
    await until(async () => !(await isAlive(bench, run)), 'the supervisor has ended');
    await rm(join(bench.runs, run.run), { recursive: true, force: true });
    const record = new FollowRecord();
    bench.follow(run, record, { missingPatience: 500 });
    await until(() => record.gone > 0, 'the loss is told');
    expect(record.faults.join()).toContain('What was not fetched of the run before is lost.');
  });

  it('tells a supervisor that is gone, after all that can be fetched', async () => {
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    const record = new FollowRecord();
    bench.follow(run, record);
    await until(() => record.last?.script !== undefined && record.last.script !== null, 'it is followed');
    const { supervisor, script } = record.last!;
    process.kill(supervisor.pid, 'SIGKILL');
    process.kill(script!.pid, 'SIGKILL');
    await until(() => record.gone > 0, 'the loss is told');
    expect(record.last?.exit).toBeNull();
    await bench.expectSame(run);
  });
});

async function isAlive(bench: RemoteBench, run: RunFolder): Promise<boolean> {
  const probe = await bench.transport.probe(run);
  return probe.ok && probe.value.supervisor === 'alive';
}

/** Kills the ssh client that carries what is followed; false where there is none at the moment. */
async function killFollower(): Promise<boolean> {
  const children = await childProcesses(process.pid);
  const client = children.find(({ command }) => command[0] === 'ssh' && command.at(-1)?.includes(' follow '));
  if (client === undefined) return false;
  try {
    return process.kill(client.pid, 'SIGKILL');
  } catch {
    // It ended by itself since it was listed.
    return false;
  }
}
