import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DockerHost, type DockerHostOptions } from '../../../../../electron/run/remote/docker-host';
import { needCompose, needContainers, TestContainers } from '../../../../fixtures/container';
import { listProcesses } from '../../../../fixtures/processes';
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

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const reason = await needContainers();
if (reason !== null)
  console.warn(`SKIPPED: the tests on real containers, because they cannot be had: ${reason}`);
const composeReason = reason ?? (await needCompose());
if (composeReason !== null) console.warn(`SKIPPED: the tests of docker compose: ${composeReason}`);

describe.skipIf(reason !== null)('on real containers', () => {
  let containers: TestContainers;
  const benches: RemoteBench[] = [];

  beforeAll(async () => {
    containers = await TestContainers.open();
    for (const [name, value] of Object.entries(containers.environment)) vi.stubEnv(name, value);
    await containers.run('ocs-pysmurf-s2');
  });
  afterEach(async () => {
    await Promise.all(benches.splice(0).map((bench) => bench.close()));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await containers.close();
  });

  async function openBench(
    container: string,
    options: { program?: string; user?: string; python?: string; runs?: string } = {},
  ): Promise<RemoteBench> {
    const { program = 'docker', user = null } = options;
    return openTarget({ target: { kind: 'docker', container }, program, user }, options);
  }

  async function openTarget(host: DockerHostOptions, options: { python?: string; runs?: string } = {}) {
    const bench = await RemoteBench.open(new DockerHost(host), { ...options, parent: containers.shared });
    benches.push(bench);
    return bench;
  }

  async function failure(bench: RemoteBench) {
    const { folder, request } = await bench.prepare(await bench.script('never.py', ''));
    const started = await bench.transport.start(folder, request);
    return started.ok ? null : started.error;
  }

  it.each(['docker', 'podman'])(
    'runs a script in a container by %s, and brings everything here',
    async (client) => {
      const program = client === 'podman' ? containers.podman : 'docker';
      const bench = await openBench('ocs-pysmurf-s2', { program });
      const run = await bench.start(await bench.script('flood.py', floodScript), ['200000']);
      const record = new FollowRecord();
      bench.follow(run, record);
      await untilWhole(record);
      expect(record.last?.exit).toMatchObject({ code: 3 });
      expect(await sizeOf(join(run.path, 'output.log'))).toBeGreaterThan(10_000_000);
      await bench.expectSame(run);
    },
  );

  it('passes arguments and variables as they are', async () => {
    const bench = await openBench('ocs-pysmurf-s2');
    const script = await bench.script(
      'show.py',
      `import os, sys\nprint(os.environ['OWN_VARIABLE'], sys.argv[1:])\n`,
    );
    const run = await bench.start(script, ["a 'b'", '$(c)', '']);
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    expect(await readFile(join(run.path, 'output.log'), 'utf8')).toBe(`it's $HOME ["a 'b'", '$(c)', '']\n`);
  });

  it('aborts what runs inside, grandchildren included', async () => {
    const bench = await openBench('ocs-pysmurf-s2');
    const mark = `${600 + Math.random()}`;
    const inside = async () => (await listProcesses()).filter(({ command }) => command.includes(mark)).length;
    const run = await bench.start(await bench.script('family.py', familyScript), [mark]);
    const record = new FollowRecord();
    bench.follow(run, record);
    await until(async () => (await inside()) === 2, 'script and grandchild live');
    expect(await bench.transport.signal(run, 'INT')).toMatchObject({ ok: true });
    await until(
      () => record.last?.exit !== null && record.last?.survivors.length === 1,
      'the survivor is told',
    );
    expect(await bench.transport.signal(run, 'KILL')).toMatchObject({ ok: true, value: { processes: [] } });
    expect(await inside()).toBe(0);
    await untilWhole(record);
    expect(record.last?.survivors).toEqual([]);
  });

  it('leaves nothing inside that follows on when the panel has closed', async () => {
    const bench = await openBench('ocs-pysmurf-s2');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [join(bench.folder, 'stop')]);
    const following = async () =>
      (await listProcesses()).filter(
        ({ command }) =>
          command[0] === 'python3' && command.includes('follow') && command.join().includes(run.run),
      ).length;
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await until(async () => (await following()) === 1 && record.last !== undefined, 'it is followed');
    await follower.close();
    await until(async () => (await following()) === 0, 'nothing follows');
    expect(await bench.transport.probe(run)).toMatchObject({ ok: true, value: { supervisor: 'alive' } });
    await writeFile(join(bench.folder, 'stop'), '');
    bench.follow(run, record);
    await untilWhole(record);
  });

  it('tells a container that was stopped in mid-run, and fetches the rest when it is there again', async () => {
    await containers.run('short-lived');
    const bench = await openBench('short-lived');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [join(bench.folder, 'stop')]);
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await until(async () => (await sizeOf(join(run.path, 'output.log'))) > 0, 'it is followed');
    await containers.docker('stop', '-t', '0', 'short-lived');
    const message = 'The container short-lived is not running. Whatever ran in it has ended.';
    await until(() => {
      follower.wake();
      return record.connections.some((connection) => connection?.message.startsWith(message) === true);
    }, 'the stop is told');
    expect(record.gone).toBe(0);
    const nothing = { ok: true, value: { supervisor: 'dead', processes: [] } };
    expect(await bench.transport.probe(run)).toMatchObject(nothing);
    expect(await bench.transport.signal(run, 'KILL')).toMatchObject(nothing);
    await containers.docker('start', 'short-lived');
    await until(() => {
      follower.wake();
      return record.gone > 0;
    }, 'the loss is told');
    expect(record.connections.at(-1)).toBeNull();
    expect(record.last?.exit).toBeNull();
    await bench.expectSame(run);
  });

  it('tells a container that is paused from one that is stopped', async () => {
    await containers.run('pausing');
    for (const program of ['docker', containers.podman]) {
      const bench = await openBench('pausing', { program });
      await containers.docker('pause', 'pausing');
      expect(await failure(bench)).toMatchObject({ code: 'container-paused' });
      const { folder } = await bench.prepare('none.py');
      expect(await bench.transport.probe(folder)).toMatchObject({
        ok: false,
        error: { code: 'container-paused' },
      });
      await containers.docker('unpause', 'pausing');
      expect(await failure(bench)).toBeNull();
    }
  });

  it('counts a run as gone when its container stays missing', async () => {
    await containers.run('removed');
    const bench = await openBench('removed');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [join(bench.folder, 'stop')]);
    await containers.docker('kill', 'removed');
    await containers.docker('rm', '-f', 'removed');
    const record = new FollowRecord();
    bench.follow(run, record, { missingPatience: 500 });
    await until(() => record.gone > 0, 'the loss is told');
    expect(record.connections[0]).toMatchObject({
      message: 'There is no container removed: docker does not know it.',
    });
    expect(record.faults.join()).toContain('What was not fetched of the run before is lost.');
  });

  it('runs as the user that is asked for', async () => {
    const bench = await openBench('ocs-pysmurf-s2', { user: 'nobody', runs: '/tmp/runs of nobody' });
    await chmod(bench.folder, 0o755);
    const script = await bench.script('user.py', 'import os\nprint(os.getuid())\n');
    const run = await bench.start(script);
    const record = new FollowRecord();
    const follower = bench.transport.follow(run, bench.known, record);
    await untilWhole(record);
    await follower.close();
    expect(await readFile(join(run.path, 'output.log'), 'utf8')).toBe('65534\n');
  });

  it('says in plain words why a container cannot be used', async () => {
    expect(await failure(await openBench('no-such'))).toMatchObject({ code: 'container-missing' });
    await containers.run('without-python', { root: 'bare' });
    for (const program of ['docker', containers.podman]) {
      expect(await failure(await openBench('without-python', { program }))).toEqual({
        code: 'interpreter-missing',
        message:
          'There is no such Python in container without-python. Set transport python of this slot to a path inside it.',
      });
      const wrong = { program, python: '/etc/passwd' };
      expect(await failure(await openBench('without-python', wrong))).toMatchObject({
        code: 'interpreter-not-executable',
      });
    }
    await containers.run('minimal', { root: 'minimal' });
    expect(await failure(await openBench('minimal'))).toEqual({
      code: 'supervisor-failed',
      message:
        "The supervisor failed in container minimal: ModuleNotFoundError: No module named 'json'. Is python3 a complete Python 3.6 or newer?",
    });
    const stranger = await openBench('ocs-pysmurf-s2', { user: 'stranger', program: containers.podman });
    expect(await failure(stranger)).toMatchObject({ code: 'user-missing' });
    const same = await openBench('ocs-pysmurf-s2', { user: 'stranger' });
    expect(await failure(same)).toMatchObject({
      code: 'command-refused',
      message: expect.stringContaining('stranger'),
    });
    expect(await failure(await openBench('any', { program: 'no-such-docker' }))).toMatchObject({
      code: 'docker-missing',
    });
    vi.stubEnv('DOCKER_HOST', `unix://${containers.folder}/none.sock`);
    expect(await failure(await openBench('any'))).toMatchObject({ code: 'docker-daemon' });
    vi.stubEnv('DOCKER_HOST', containers.environment.DOCKER_HOST);
  });

  describe.skipIf(composeReason !== null)('by docker compose', () => {
    it('runs a script in the container of a service', async () => {
      const file = join(containers.shared, 'compose file.yaml');
      await writeFile(
        file,
        'version: "3"\nservices:\n  smurf:\n    image: none\n  other:\n    image: none\n',
      );
      const labels = ['project=lab', 'service=smurf', 'container-number=1', 'oneoff=False'];
      await containers.run('lab_smurf_1', { labels: labels.map((label) => `com.docker.compose.${label}`) });
      const target = { kind: 'compose', service: 'smurf', file, project: 'lab' } as const;
      const bench = await openTarget({ target, program: 'docker', user: null });
      const run = await bench.start(await bench.script('flood.py', floodScript), ['20000']);
      const record = new FollowRecord();
      bench.follow(run, record);
      await untilWhole(record);
      expect(record.last?.exit).toMatchObject({ code: 3 });
      await bench.expectSame(run);
    });
  });
});
