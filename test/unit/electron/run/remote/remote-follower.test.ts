import { mkdir, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readRunStatus, type RunFolder } from '../../../../../electron/run/run-folder';
import { RemoteSupervisor } from '../../../../../electron/run/remote/remote-supervisor';
import { until } from '../../../../fixtures/until';
import {
  floodScript,
  FollowRecord,
  HereHost,
  RemoteBench,
  sizeOf,
  untilWhole,
  waitingScript,
} from './support';

vi.setConfig({ testTimeout: 60_000 });

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount)
  console.warn('SKIPPED: following on a full disk, because only root on Linux can mount a small one');

describe('RemoteFollower', () => {
  let host: HereHost;
  let bench: RemoteBench;

  beforeEach(async () => {
    host = new HereHost();
    bench = await RemoteBench.open(host);
  });
  afterEach(() => bench.close());

  /** A run that is over, with everything here. */
  async function finished(lines = '20000'): Promise<RunFolder> {
    const run = await bench.start(await bench.script('flood.py', floodScript), [lines]);
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await untilWhole(record);
    await follower.close();
    return run;
  }

  /** As if the panel had been killed before it knew the end. */
  async function forgetEnd(run: RunFolder): Promise<void> {
    await rm(join(run.path, 'status.json'));
  }

  it('tells a run that was brought here whole without asking where it ran', async () => {
    const run = await finished();
    host.client = 'exit 1';
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    expect(record.last?.exit).toMatchObject({ code: 3 });
    expect(record.connections).toEqual([]);
  });

  it('tells the end of the output only when all of it is here', async () => {
    const run = await bench.start(await bench.script('flood.py', floodScript), ['200000']);
    const record = new FollowRecord();
    const sizes: Promise<[here: number, there: number]>[] = [];
    const onStatus = record.onStatus;
    record.onStatus = (status) => {
      onStatus(status);
      const size = (folder: string) => sizeOf(join(folder, 'output.log'));
      if (status.outputEnded) sizes.push(Promise.all([size(run.path), size(join(bench.runs, run.run))]));
    };
    bench.follow(run, record);
    await untilWhole(record);
    const [[here, there] = [0, -1]] = await Promise.all(sizes);
    expect(here).toBe(there);
    expect(record.statuses.filter((status) => status.outputEnded)).toHaveLength(1);
  });

  it('fetches everything anew when the copy proves different', async () => {
    const run = await finished();
    await forgetEnd(run);
    const log = await open(join(run.path, 'output.log'), 'r+');
    await log.write(Buffer.from('X'), 0, 1, 1000);
    await log.close();
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await untilWhole(record);
    // What is known is told before it is written.
    await follower.close();
    await bench.expectSame(run);
    expect((await readdir(run.path)).toSorted()).toEqual([
      'output.idx',
      'output.log',
      'remote.json',
      'status.json',
    ]);
  });

  /** Leaves only the first record where the run was. */
  async function shorten(run: RunFolder): Promise<void> {
    const there = join(bench.runs, run.run);
    const index = await readFile(join(there, 'output.idx'));
    expect(index.length).toBeGreaterThan(24);
    await truncate(join(there, 'output.log'), index.readUInt32LE(16));
    await truncate(join(there, 'output.idx'), 24);
  }

  it('keeps what it has when there is less of it where the run was', async () => {
    const run = await finished();
    await forgetEnd(run);
    const whole = await readFile(join(run.path, 'output.log'));
    await shorten(run);
    const record = new FollowRecord();
    bench.follow(run, record);
    await until(() => record.isWhole, 'the copy is whole');
    await bench.expectSame(run);
    expect(record.faults).toEqual([expect.stringContaining('What was received before is kept in')]);
    const kept = (await readdir(run.path)).find((name) => name.startsWith('output.log.received'));
    expect((await readFile(join(run.path, kept ?? 'none'))).equals(whole)).toBe(true);
  });

  it.each([
    ['different', 'output.log.new'],
    ['longer', 'output.log.received-7'],
  ])('goes on when something in the way of a copy that is %s has gone', async (kind, name) => {
    const run = await finished();
    await forgetEnd(run);
    if (kind === 'longer') await shorten(run);
    else await writeFile(join(run.path, 'output.log'), 'X', { flag: 'r+' });
    const inTheWay = join(run.path, name);
    await mkdir(join(inTheWay, 'not empty'), { recursive: true });
    const record = new FollowRecord();
    const follower = bench.follow(run, record, { now: () => 7 });
    await until(() => record.faults.length > 0, 'it is told');
    expect(record.faults[0]).toContain(`The run's output cannot be written to ${run.path}`);
    await rm(inTheWay, { recursive: true });
    await until(() => {
      follower.wake();
      return record.isWhole;
    }, 'the copy is whole');
    await bench.expectSame(run);
    expect(record.faults).toHaveLength(kind === 'longer' ? 2 : 1);
  });

  it('brings relayed messages', async () => {
    const script = await bench.script(
      'publish.py',
      `import os, socket
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
to = (os.environ['SMURFPUB_UDP_HOST'], int(os.environ['SMURFPUB_UDP_PORT']))
for n in range(2000):
    out.sendto(b'{"n": %d}' % n, to)
`,
    );
    const run = await bench.start(script, [], { forward: null });
    const record = new FollowRecord();
    bench.follow(run, record);
    await untilWhole(record);
    expect(await sizeOf(join(run.path, 'messages.rec'))).toBeGreaterThan(2000 * 14);
    await bench.expectSame(run, ['messages.rec']);
  });

  it('gives up a connection that carries something else', async () => {
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    host.client = 'cat >/dev/null & shift 6; echo "$1"; echo this is no frame; sleep 0.2';
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await until(() => record.connections.length > 0, 'it is told');
    expect(record.connections[0]?.message).toMatch(/^The supervisor sent something of an unknown kind/);
    host.client = null;
    follower.wake();
    await writeFile(stop, '');
    await untilWhole(record);
  });

  it.skipIf(!canMount)('says that the disk here is full, and goes on when there is room', async () => {
    const small = join(bench.folder, 'runs');
    await mkdir(small);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', small]);
    try {
      const run = await bench.start(await bench.script('flood.py', floodScript), ['100000']);
      const record = new FollowRecord();
      const follower = bench.follow(run, record);
      await until(() => record.faults.length > 0, 'the full disk is told');
      expect(record.faults[0]).toContain(`The disk of this machine is full`);
      expect(record.faults[0]).toContain(run.path);
      await until(() => {
        follower.wake();
        return record.faults.length > 0 && record.connections.length === 0;
      }, 'it goes on being tried');
      await execa('mount', ['-o', 'remount,size=64m', small]);
      await until(() => {
        follower.wake();
        return record.isWhole;
      }, 'the copy is whole');
      expect(record.faults).toHaveLength(1);
      await bench.expectSame(run);
      await follower.close();
    } finally {
      await execa('umount', [small]);
    }
  });
});

it('reads the supervisor again after it could not be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-supervisor-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'supervisor.py');
  const supervisor = new RemoteSupervisor(new HereHost(), 'python3', file);
  await expect(supervisor.open(['probe'])).rejects.toThrow('ENOENT');
  await writeFile(file, 'print("here")');
  expect(await supervisor.collect(['probe'], 100)).toEqual({ ok: true, value: Buffer.from('here\n') });
});

describe('a start that is cut', () => {
  it('finds the script that was started all the same', async () => {
    const host = new HereHost();
    const bench = await RemoteBench.open(host);
    onTestFinished(() => bench.close());
    // The first command's answer is lost, those after it are not. The shell stays until that command is done: a client
    // that has nothing more to say is ended soon, which is not the cut that is meant.
    const flag = join(bench.folder, 'flag');
    host.client = `if mkdir '${flag}' 2>/dev/null; then "$@" >/dev/null; else exec "$@"; fi`;
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    expect(bench.known.script).not.toBeNull();
    const record = new FollowRecord();
    bench.follow(run, record);
    await writeFile(stop, '');
    await untilWhole(record);
  });

  it('leaves it to the follower where the outcome cannot be found out, for a later panel, too', async () => {
    const host = new HereHost();
    const bench = await RemoteBench.open(host, { lookPatience: 100 });
    onTestFinished(() => bench.close());
    const flag = join(bench.folder, 'flag');
    host.client = `if mkdir '${flag}' 2>/dev/null; then "$@" >/dev/null; else exit 1; fi`;
    const stop = join(bench.folder, 'stop');
    const run = await bench.start(await bench.script('wait.py', waitingScript), [stop]);
    expect(bench.known).toMatchObject({ script: null, exit: null, failure: null });
    expect(await readRunStatus(run)).toEqual({ ok: true, value: bench.known });
    const record = new FollowRecord();
    const follower = bench.follow(run, record);
    await until(() => record.connections.length > 0, 'the cut is told');
    host.client = null;
    follower.wake();
    // The start that was cut is still under way: it takes as long as Python takes to begin on a busy machine.
    await until(
      () => {
        follower.wake();
        return typeof record.last?.script?.pid === 'number';
      },
      'the script is found',
      60_000,
    );
    await writeFile(stop, '');
    await untilWhole(record);
  });

  it('says that nothing was started where that is so', async () => {
    const host = new HereHost();
    const bench = await RemoteBench.open(host, { startPatience: 1000 });
    onTestFinished(() => bench.close());
    const flag = join(bench.folder, 'flag');
    host.client = `if mkdir '${flag}' 2>/dev/null; then exit 1; else exec "$@"; fi`;
    const { folder, request } = await bench.prepare(await bench.script('never.py', ''));
    expect(await bench.transport.start(folder, request)).toEqual({
      ok: false,
      error: { code: 'start-cut', message: 'The connection to here was closed. The script was not started.' },
    });
    const kept = await readRunStatus(folder);
    expect(kept.ok && kept.value?.failure?.code).toBe('start-cut');
  });
});
