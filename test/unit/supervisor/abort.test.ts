import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import {
  closeRuns,
  demoScripts,
  eventually,
  processesWithMarker,
  processLives,
  SupervisedRun,
  supervisorPath,
  waiting,
} from './supervised-run';
import type { Status } from './supervised-run';

afterEach(closeRuns);

/** hang.py with both children up and deaf. */
async function startHanging(): Promise<SupervisedRun> {
  const run = await SupervisedRun.make(join(demoScripts, 'hang.py'));
  run.start();
  await run.logContains('same session');
  await run.logContains('own session');
  await run.logContains('script ');
  return run;
}

describe('the abort ladder on a script that hangs', () => {
  it('finds every process, sees INT and TERM ignored, and leaves nothing after KILL', async () => {
    const run = await startHanging();
    const script = (await run.status())?.script?.pid ?? 0;
    const before = await run.probe();
    expect(before).toMatchObject({ supervisor: 'alive', script: 'alive', complete: true });
    expect(before.processes).toHaveLength(3);
    expect(before.processes.filter((one) => one.session === script)).toHaveLength(2);
    const apart = before.processes.filter((one) => one.session === one.pid && one.pid !== script);
    expect(apart).toHaveLength(1);

    const interrupted = await run.signal('INT');
    await run.logContains('ignoring SIGINT');
    expect(interrupted.signalled).toContain(script);
    expect(interrupted.signalled).not.toContain(apart[0]?.pid);

    const terminated = await run.signal('TERM');
    await run.logContains('ignoring SIGTERM');
    expect(terminated.signalled).toEqual(before.processes.map((one) => one.pid));
    expect((await run.probe()).processes).toHaveLength(3);

    const killed = await run.signal('KILL');
    expect(killed).toMatchObject({ script: 'dead', processes: [], refused: [] });
    expect(killed.signalled).toEqual(before.processes.map((one) => one.pid));
    expect(await run.end()).toBe(0);
    expect(await processesWithMarker(run.id)).toEqual([]);
    expect(await run.status()).toMatchObject({
      exit: { code: null, signal: 'SIGKILL' },
      survivors: [],
      outputEnded: true,
    });
  });

  it('does the same when the supervisor was killed', async () => {
    const run = await startHanging();
    run.supervisor?.kill('SIGKILL');
    expect(await run.end()).toBeNull();
    const found = await run.probe();
    expect(found).toMatchObject({ supervisor: 'dead', script: 'alive' });
    expect(found.processes).toHaveLength(3);
    // With the script gone too, nothing but the marker leads to the child in its own session.
    const script = (await run.status())?.script?.pid ?? 0;
    process.kill(script, 'SIGKILL');
    await eventually('the death of the script', async () => !(await processLives(script)));
    const left = await run.probe();
    expect(left.processes.map((one) => one.pid)).toEqual(
      found.processes.map((one) => one.pid).filter((pid) => pid !== script),
    );
    expect(await run.signal('KILL')).toMatchObject({ script: 'dead', processes: [] });
    expect(await processesWithMarker(run.id)).toEqual([]);
    expect((await run.status())?.exit).toBeNull();
  });
});

describe('interrupt', () => {
  const patient = `${waiting}
try:
    print('ready')
    until_go()
finally:
    print('bias lines set to 0 V')
`;

  it('reaches Python as KeyboardInterrupt, so that finally blocks run', async () => {
    const run = await SupervisedRun.make(patient);
    run.start();
    await run.logContains('ready');
    await run.signal('INT');
    expect(await run.end()).toBe(0);
    expect((await run.stream(1)).toString()).toBe('ready\nbias lines set to 0 V\n');
    expect((await run.stream(2)).toString()).toContain('KeyboardInterrupt');
    expect((await run.status())?.exit?.signal).toBe('SIGINT');
  });

  it('does so even when the supervisor was started with SIGINT and SIGHUP ignored', async () => {
    const run = await SupervisedRun.make(patient);
    const shell = spawn(
      'sh',
      ['-c', 'trap "" INT HUP; exec python3 "$0" run "$1"', supervisorPath, run.folder],
      {
        detached: true,
        stdio: 'ignore',
      },
    );
    await run.logContains('ready');
    await run.signal('INT');
    await run.statusWhen('the end', (status) => status.outputEnded);
    expect((await run.log()).toString()).toContain('bias lines set to 0 V');
    await eventually('the end of the supervisor', async () => !(await processLives(shell.pid ?? 0)));
  });

  it('goes to what is left when the script itself is gone', async () => {
    const run = await SupervisedRun.make(
      `import subprocess, sys
code = "import time\\ntry:\\n    print('child up', flush=True)\\n    time.sleep(600)\\nfinally:\\n    print('child down', flush=True)"
subprocess.Popen([sys.executable, '-c', code], start_new_session=True)
`,
    );
    run.start();
    await run.logContains('child up');
    await run.statusWhen('the exit', (status) => status.exit !== null);
    expect((await run.signal('INT')).signalled).toHaveLength(1);
    expect(await run.end()).toBe(0);
    expect((await run.log()).toString()).toContain('child down');
  });
});

describe('survivors', () => {
  it('are named, and end by TERM', async () => {
    const run = await SupervisedRun.make(
      "import subprocess\nsubprocess.Popen(['sleep', '611'], start_new_session=True)\n",
    );
    run.start();
    const status = await run.statusWhen('a survivor', (now) => now.exit !== null);
    expect(status.survivors.map((one) => one.name)).toEqual(['sleep 611']);
    expect(await run.probe()).toMatchObject({
      supervisor: 'alive',
      script: 'dead',
      processes: [{ name: 'sleep 611' }],
    });
    await run.signal('TERM');
    expect(await run.end()).toBe(0);
    expect(await run.status()).toMatchObject({ exit: { code: 0 }, survivors: [], outputEnded: true });
  });

  it('are found even as a daemon without environment, group or parent', async () => {
    const run = await SupervisedRun.make(
      `${waiting}
import subprocess
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execve('/bin/sleep', ['sleep', '612'], {})
    os._exit(0)
os.wait()
until_go()
`,
    );
    run.start();
    await run.statusWhen('a started script', (now) => now.script !== null);
    await eventually('the daemon', async () =>
      (await run.probe()).processes.some((one) => one.name === 'sleep 612'),
    );
    await run.go();
    const status = await run.statusWhen('the exit', (now) => now.exit !== null);
    expect(status.survivors.map((one) => one.name)).toEqual(['sleep 612']);
    await run.signal('KILL');
    expect(await run.end()).toBe(0);
  });

  it('are not another run', async () => {
    const stranger = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    stranger.start();
    await stranger.statusWhen('a started stranger', (now) => now.script !== null);
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    const status = await run.statusWhen('a started script', (now) => now.script !== null);
    const killed = await run.signal('KILL');
    expect(killed.signalled).toEqual([status.script?.pid]);
    expect((await stranger.probe()).script).toBe('alive');
    await stranger.go();
    expect(await stranger.end()).toBe(0);
    expect((await stranger.status())?.exit?.code).toBe(0);
  });

  it.each([
    ['with a later start', (status: Status): Status => status, 1],
    ['of another boot', (status: Status): Status => ({ ...status, boot: 'another' }), 0],
  ])('are not a stranger %s that has the number now', async (_name, change, later) => {
    const run = await SupervisedRun.make('pass\n\n');
    await run.start().end();
    const stranger = spawn('sleep', ['614'], { detached: true, stdio: 'ignore' });
    try {
      const pid = stranger.pid ?? 0;
      const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
      const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
      const old = await run.status();
      if (old === null) throw new Error('no status');
      const record = { pid, startTicks: start - later };
      await writeFile(
        join(run.folder, 'status.json'),
        JSON.stringify(change({ ...old, supervisor: record, script: record })),
      );
      expect(await run.signal('KILL')).toEqual({
        supervisor: 'dead',
        script: 'dead',
        complete: true,
        processes: [],
        signalled: [],
        refused: [],
      });
      expect(await processLives(pid)).toBe(true);
    } finally {
      stranger.kill('SIGKILL');
    }
  });
});

describe('SIGTERM to the supervisor', () => {
  it('is passed on, and recording goes on to the end', async () => {
    const run = await SupervisedRun.make(
      `${waiting}
import signal
def leave(_number, _frame):
    print('leaving')
    sys.exit(3)
signal.signal(signal.SIGTERM, leave)
print('ready')
until_go()
`,
    );
    run.start();
    await run.logContains('ready');
    run.supervisor?.kill('SIGTERM');
    expect(await run.end()).toBe(0);
    expect((await run.log()).toString()).toBe('ready\nleaving\n');
    expect((await run.status())?.exit).toMatchObject({ code: 3, signal: null });
  });

  it('does not end by hang-up or interrupt of its own', async () => {
    const run = await SupervisedRun.make(`${waiting}\nprint('ready')\nuntil_go()\nprint('unharmed')\n`);
    run.start();
    await run.logContains('ready');
    run.supervisor?.kill('SIGHUP');
    run.supervisor?.kill('SIGINT');
    await run.go();
    expect(await run.end()).toBe(0);
    expect((await run.log()).toString()).toBe('ready\nunharmed\n');
  });
});
