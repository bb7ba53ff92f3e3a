import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { closeFollows, containing, Copy, Follow, publishing, startRemotely } from './remote';
import { closeRuns, eventually, processLives, SupervisedRun, waiting } from './supervised-run';

afterEach(async () => {
  await closeFollows();
  await closeRuns();
});

/** The run's files, byte by byte, must be what the copy holds. */
async function expectWhole(run: SupervisedRun, follow: Follow): Promise<void> {
  const { copy } = follow;
  expect(copy.file(1).equals(await run.log())).toBe(true);
  expect(copy.file(2).equals(await readFile(join(run.folder, 'output.idx')))).toBe(true);
  expect(follow.end).toEqual(copy.summary());
}

describe('follow', () => {
  it('sends output, records and every status while the run goes on, then the end', async () => {
    const run = await SupervisedRun.make(
      `${waiting}\nprint('out')\nprint('err', file=sys.stderr)\nuntil_go()\nprint('after')\nsys.exit(4)\n`,
    );
    run.start();
    await run.statusWhen('a started script', (status) => status.script !== null);
    const follow = new Follow(run.folder);
    await follow.until('the first lines', () => follow.copy.file(1).toString().includes('err\n'));
    expect(follow.statuses.at(-1)?.exit).toBeNull();
    await run.go();
    expect(await follow.ended).toBe(0);
    await expectWhole(run, follow);
    expect(follow.copy.file(1).toString()).toContain('after\n');
    expect(follow.statuses.at(-1)).toEqual(await run.status());
    expect(follow.statuses.at(-1)).toMatchObject({ exit: { code: 4 }, outputEnded: true });
    expect(new Set(follow.statuses.map((status) => JSON.stringify(status))).size).toBe(
      follow.statuses.length,
    );
    // The last status comes after all output, and no record before the bytes it tells of.
    expect(follow.kinds.slice(-2)).toEqual([3, 6]);
    expect(follow.kinds.find((kind) => kind === 1 || kind === 2)).toBe(1);
  });

  it('tells of a run that could not be, and of one that ended long ago', async () => {
    const failed = await SupervisedRun.make("print('never')\n\n", { cwd: '/nowhere' });
    expect(await failed.start().end()).toBe(1);
    const follow = new Follow(failed.folder);
    expect(await follow.ended).toBe(0);
    expect(follow.kinds).toEqual([3, 6]);
    expect(follow.statuses[0]?.failure?.code).toBe('cwd-missing');
    expect(follow.end).toEqual(new Copy().summary());
    const done = await SupervisedRun.make("print('done')\n\n");
    expect(await done.start().end()).toBe(0);
    const late = new Follow(done.folder);
    expect(await late.ended).toBe(0);
    expect(late.kinds).toEqual([1, 2, 3, 6]);
    await expectWhole(done, late);
  });

  it('sends a heartbeat while there is nothing to say', async () => {
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    await run.statusWhen('a started script', (status) => status.script !== null);
    const follow = new Follow(run.folder);
    await follow.until('two heartbeats', () => follow.kinds.filter((kind) => kind === 5).length === 2);
    await run.go();
    expect(await follow.ended).toBe(0);
  });

  it('resumed from where it was cut, over and over in a flood, gives the same bytes', async () => {
    const { run } = await startRemotely(
      `${waiting}${publishing}
import random
number = 0
while not os.path.exists(os.path.join(os.environ['RUN_HOME'], 'go')):
    for _ in range(40):
        number += 1
        os.write(random.choice((1, 1, 2)), b'%d ' % number * random.choice((1, 3, 10, 900)) + b'\\n')
        publish('message %d' % number)
    time.sleep(0.003)
print('the end', number)
`,
      { relay: { forward: null } },
    );
    const copy = new Copy();
    const cuts: number[] = [];
    while (cuts.length < 25) {
      const [before] = copy.offsets;
      const cut = Math.ceil(Math.random() ** 3 * 3_000_000);
      cuts.push(cut);
      expect(await new Follow(run.folder, copy).cutAfter(cut).ended).toBeNull();
      expect(copy.offsets[0]).toBeLessThanOrEqual(before + cut);
    }
    await run.go();
    const last = new Follow(run.folder, copy);
    expect(await last.ended, `cut after ${cuts.join(', ')}`).toBe(0);
    await expectWhole(run, last);
    expect(copy.file(4).equals(await readFile(join(run.folder, 'messages.rec')))).toBe(true);
    const count = Number(/the end (\d+)\n$/.exec(copy.file(1).subarray(-40).toString())?.[1]);
    expect(copy.file(4).subarray(-`message ${count}`.length).toString()).toBe(`message ${count}`);
  });
});

describe('a follow whose caller is gone', () => {
  const endless = `${waiting}\nline = b'x' * 4095 + b'\\n'\nwhile not os.path.exists(os.path.join(os.environ['RUN_HOME'], 'go')):\n    os.write(1, line)\n    time.sleep(0.0005)\n`;

  it('ends with the end of its standard input, even while nobody reads what it writes', async () => {
    const run = await SupervisedRun.make(endless);
    run.start();
    await eventually('more output than fits a pipe', async () => (await run.log()).length > 3_000_000);
    const stuck = new Follow(run.folder, new Copy(), { reads: false });
    const pid = stuck.child.pid ?? 0;
    await eventually('a follow that waits to write', async () =>
      (await readFile(`/proc/${pid}/wchan`, 'latin1')).includes('poll'),
    );
    stuck.child.stdin?.end();
    expect(await stuck.ended).toBe(3);
    await run.go();
    expect(await run.end()).toBe(0);
  });

  it('ends while the run is silent, by either end', async () => {
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    await run.statusWhen('a started script', (status) => status.script !== null);
    const unheard = new Follow(run.folder);
    await unheard.until('its status', () => unheard.statuses.length > 0);
    unheard.child.stdout?.destroy();
    expect(await unheard.ended).toBe(3);
    const unfed = new Follow(run.folder);
    await unfed.until('its status', () => unfed.statuses.length > 0);
    unfed.child.stdin?.end();
    expect(await unfed.ended).toBe(3);
    expect(unfed.end).toBeNull();
    expect((await run.probe()).script).toBe('alive');
    await run.go();
    expect(await run.end()).toBe(0);
  });
});

describe('a supervisor that is killed', () => {
  it('is told as gone, after all that it wrote, with or without a record', async () => {
    const run = await SupervisedRun.make(`${waiting}\nprint('up')\nuntil_go()\n`);
    run.start();
    const { script } = await run.statusWhen('a started script', (status) => status.script !== null);
    const follow = new Follow(run.folder);
    await follow.until('the output', () => follow.copy.file(1).toString() === 'up\n');
    run.supervisor?.kill('SIGKILL');
    expect(await follow.ended).toBe(0);
    expect(follow.kinds.slice(-2)).toEqual([8, 6]);
    expect(follow.statuses.at(-1)?.exit).toBeNull();
    await expectWhole(run, follow);
    expect(await processLives(script?.pid ?? 0)).toBe(true);
    // What a supervisor wrote just before it was killed: bytes without their record, and half a record.
    await appendFile(join(run.folder, 'output.log'), 'last words\n');
    await appendFile(join(run.folder, 'output.idx'), Buffer.alloc(9));
    const late = new Follow(run.folder);
    expect(await late.ended).toBe(0);
    expect(late.copy.file(1).toString()).toBe('up\nlast words\n');
    expect(late.copy.offsets[1] % 24).toBe(0);
    expect(late.kinds).toEqual([1, 2, 1, 3, 8, 6]);
    expect(late.end).toEqual(late.copy.summary());
  });
});

describe('a follow that cannot be', () => {
  it.each([
    ['output.log', 0],
    ['output.idx', 1],
    ['messages.rec', 2],
  ])('asks for more of %s than there is', async (name, place) => {
    const run = await SupervisedRun.make("print('done')\n\n");
    await run.start().end();
    const offsets = [0, 0, 0];
    offsets[place] = 4800;
    const follow = new Follow(run.folder, new Copy(), { offsets });
    expect(await follow.ended).toBe(1);
    expect(follow.kinds).toEqual([7]);
    expect(follow.error).toEqual([{ code: 'offset-beyond', message: containing(name) }]);
  });

  it('begins within a record', async () => {
    const run = await SupervisedRun.make("print('done')\n\n");
    await run.start().end();
    const follow = new Follow(run.folder, new Copy(), { offsets: [0, 5, 0] });
    expect(await follow.ended).toBe(1);
    expect(follow.error).toMatchObject([{ code: 'offset-split' }]);
    await writeFile(join(run.folder, 'messages.rec'), Buffer.alloc(100, 0xff));
    const split = new Follow(run.folder, new Copy(), { offsets: [0, 0, 3] });
    expect(await split.ended).toBe(1);
    expect(split.error).toMatchObject([{ code: 'offset-split' }]);
  });

  it('has no run to follow, from the start or any more', async () => {
    const home = await mkdtemp(join(tmpdir(), 'smurf-follow-'));
    const follow = new Follow(home);
    expect(await follow.ended).toBe(1);
    expect(follow.error).toEqual([{ code: 'run-missing', message: containing(join(home, 'status.json')) }]);
    await rm(home, { recursive: true });
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    await run.statusWhen('a started script', (status) => status.script !== null);
    const lost = new Follow(run.folder);
    await lost.until('its status', () => lost.statuses.length > 0);
    await rm(run.folder, { recursive: true });
    expect(await lost.ended).toBe(1);
    expect(lost.error).toMatchObject([{ code: 'run-missing' }]);
    await run.go();
    expect(await run.end()).toBe(0);
  });
});

describe('the processes of a run', () => {
  it('do not include those that follow it, and a follow outlives their death', async () => {
    const { run, started } = await startRemotely(`${waiting}\nprint('up')\nuntil_go()\n`, {
      relay: { forward: null },
    });
    const follow = new Follow(run.folder);
    await follow.until('the output', () => follow.copy.file(1).toString() === 'up\n');
    const script = started.script?.pid ?? 0;
    expect((await run.probe()).processes.map((one) => one.pid)).toEqual([script]);
    expect((await run.signal('KILL')).signalled).toEqual([script]);
    expect(await follow.ended).toBe(0);
    expect(follow.statuses.at(-1)).toMatchObject({ exit: { signal: 'SIGKILL' }, outputEnded: true });
  });
});
