import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runStateWord, type Run } from '../../../../shared/domain/run';
import { until } from '../../../fixtures/until';
import { makeSlot, RunBench } from './run-bench';

let bench: RunBench;
beforeEach(async () => {
  bench = await RunBench.open();
});
afterEach(async () => {
  await bench.close();
});

const stubborn = `
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
same = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])
own = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)
print(same.pid, own.pid)
time.sleep(600)
`;

describe('a run', () => {
  test('goes through its states and says them in the words of the field', async () => {
    const id = await bench.start(await bench.script('hello.py', 'print("hello")'), ['--band', '0']);
    const run = await bench.whenDone();
    expect(run.outcome).toEqual({ kind: 'exited', code: 0 });
    expect(runStateWord(run)).toBe('succeeded');
    expect(await bench.log(id)).toBe('hello\n');
    expect([...new Set(bench.seen.map((seen) => seen.phase))]).toEqual(['running', 'settling', 'done']);
    expect(bench.notes).toEqual([
      'Status is now "starting".',
      'Status is now "running".',
      'Script has finished with exit code 0',
      'Status is now "done".',
    ]);
    expect(run.startedAt).toBeLessThanOrEqual(run.endedAt!);
    expect(bench.faults).toEqual([]);
  });

  test('carries the environment of its slot, unbuffered output, and closed standard input', async () => {
    const source = `
import os, sys
names = ['SMURFPUB_ID', 'SMURFPUB_BACKEND', 'SMURFPUB_UDP_HOST', 'SMURFPUB_UDP_PORT', 'SLOT', 'OWN_VARIABLE']
print([os.environ[name] for name in names], sys.argv[1:], repr(sys.stdin.read()), os.getcwd())
print(sorted(name for name in os.environ if name.startswith('ELECTRON')))
`;
    process.env['ELECTRON_TEST_VARIABLE'] = 'of the panel only';
    const id = await bench.start(await bench.script('environment.py', source), ['a b', '$HOME', '']);
    delete process.env['ELECTRON_TEST_VARIABLE'];
    await bench.whenDone();
    const seen = "['crate1slot2', 'udp', '127.0.0.1', '8200', '2', 'own value'] ['a b', '$HOME', '']";
    expect(await bench.log(id)).toBe(`${seen} '' ${bench.folder}\n[]\n`);
  });

  test('that fails says its exit code', async () => {
    await bench.start(await bench.script('fail.py', 'raise SystemExit(3)'));
    const run = await bench.whenDone();
    expect(run.outcome).toEqual({ kind: 'exited', code: 3 });
    expect(runStateWord(run)).toBe('failed');
    expect(bench.notes).toContain('Script has finished with exit code 3');
  });

  test('that is killed from outside says the signal', async () => {
    await bench.start(
      await bench.script('killed.py', 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)'),
    );
    const run = await bench.whenDone();
    expect(run.outcome).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    expect(bench.notes).toContain('Script was ended by SIGKILL');
  });

  test('holds its slot, and a second is refused with the words of the reference', async () => {
    const script = await bench.script('long.py', 'import time; time.sleep(600)');
    const id = await bench.start(script);
    const again = await bench.runs.start(bench.slot, { script, args: [], log: true, task: null });
    expect(again).toEqual({
      ok: false,
      error: { code: 'slot-busy', message: 'Operation "run" already in progress.' },
    });
    const task = await bench.runs.start(bench.slot, { script, args: [], log: true, task: 'tune_squids' });
    expect(task).toMatchObject({
      error: { message: 'The requested script cannot be run because script long.py is already running' },
    });
    const other = await bench.runs.start(makeSlot('crate1slot3', bench.folder), {
      script,
      args: [],
      log: true,
      task: null,
    });
    expect(other.ok).toBe(true);
    expect(bench.runs.activeRuns().map((run) => run.slot)).toEqual(['crate1slot2', 'crate1slot3']);
    expect(bench.runs.activeRun(bench.slot.id)?.id).toBe(id);
  });

  test('appends its output to a file as well, or discards it', async () => {
    const script = await bench.script('words.py', 'print("words")');
    const path = join(bench.folder, 'operator.log');
    await writeFile(path, 'before\n');
    await bench.runs.start(bench.slot, { script, args: [], log: path, task: null });
    const run = await bench.whenDone();
    expect(await readFile(path, 'utf8')).toBe('before\nwords\n');
    expect(await bench.log(run.id)).toBe('words\n');

    await bench.runs.start(bench.slot, { script, args: [], log: false, task: null });
    await until(() => bench.over.length === 2, 'the second run is over');
    expect(await bench.log(bench.latest.id)).toBe('');
  });
});

describe('a script that cannot run is refused with a sentence that names path and cause', () => {
  const refused = async (script: string, slot = bench.slot): Promise<{ code: string; message: string }> => {
    const started = await bench.runs.start(slot, { script, args: [], log: true, task: null });
    if (started.ok) throw new Error('the script was started');
    expect(bench.latest).toMatchObject({
      phase: 'done',
      outcome: { kind: 'not-started', code: started.error.code },
    });
    expect(bench.runs.activeRun(slot.id)).toBeNull();
    return started.error;
  };

  test('no such script', async () => {
    const { code, message } = await refused(join(bench.folder, 'nowhere.py'));
    expect(code).toBe('script-missing');
    expect(message).toContain(join(bench.folder, 'nowhere.py'));
  });

  test('a folder in place of a script', async () => {
    await mkdir(join(bench.folder, 'folder.py'));
    expect((await refused(join(bench.folder, 'folder.py'))).message).toContain('folder');
  });

  test('no such interpreter', async () => {
    const transport = { ...bench.slot.transport, python: 'python-of-another-world' };
    const { code, message } = await refused('/bin/true', { ...bench.slot, transport });
    expect(code).toBe('interpreter-missing');
    expect(message).toContain('python-of-another-world');
  });

  test('an interpreter that may not be executed', async () => {
    const python = await bench.script('python3', '');
    await chmod(python, 0o644);
    const transport = { ...bench.slot.transport, python };
    expect((await refused('/bin/true', { ...bench.slot, transport })).code).toBe(
      'interpreter-not-executable',
    );
  });

  test('an interpreter that is none', async () => {
    const transport = { ...bench.slot.transport, python: '/bin/false' };
    const { code, message } = await refused('/bin/true', { ...bench.slot, transport });
    expect(code).toBe('supervisor-failed');
    expect(message).toContain('exit code 1');
  });

  test('no such working folder', async () => {
    const transport = { ...bench.slot.transport, cwd: join(bench.folder, 'nowhere') };
    const { code, message } = await refused(await bench.script('ok.py', ''), { ...bench.slot, transport });
    expect(code).toBe('cwd-missing');
    expect(message).toContain(join(bench.folder, 'nowhere'));
  });

  test('a run folder that cannot be written starts nothing', async () => {
    await writeFile(join(bench.folder, 'runs'), 'a file where the folder should be');
    const started = await bench.runs.start(bench.slot, {
      script: '/bin/true',
      args: [],
      log: true,
      task: null,
    });
    expect(started).toMatchObject({ ok: false, error: { code: 'run-folder' } });
    expect(bench.runs.activeRuns()).toEqual([]);
  });
});

describe('abort', () => {
  test('interrupts first, so that the script cleans up', async () => {
    const source = `
import time
try:
    print('up')
    time.sleep(600)
finally:
    print('bias lines set to 0 V')
`;
    // The script has all the time it needs: what is tested is that nothing more was sent.
    const slot = { ...bench.slot, abort: { interrupt: 600, terminate: 600 } };
    const id = await bench.start(await bench.script('tidy.py', source), [], slot);
    await until(async () => (await bench.log(id)).startsWith('up'), 'the script is up');
    await bench.runs.abort(id, 'interrupt');
    const run = await bench.whenDone();
    expect(run.outcome).toMatchObject({ kind: 'aborted', stage: 'interrupt' });
    expect(runStateWord(run)).toBe('aborted');
    expect(await bench.log(id)).toContain('bias lines set to 0 V');
  });

  test('goes through every stage and ends grandchildren, those in sessions of their own included', async () => {
    const id = await bench.start(await bench.script('stubborn.py', stubborn));
    await until(async () => (await bench.log(id)).includes('\n'), 'the grandchildren are up');
    const pids = (await bench.log(id)).trim().split(' ').map(Number);
    await bench.runs.abort(id, 'interrupt');
    const run = await bench.whenDone();
    expect(run.outcome).toMatchObject({ kind: 'aborted', stage: 'kill', signal: 'SIGKILL' });
    expect(run.survivors).toEqual([]);
    const stages = bench.seen.map((seen) => seen.abort?.stage);
    expect(new Set(stages.filter((stage) => stage !== undefined))).toEqual(
      new Set(['interrupt', 'terminate', 'kill']),
    );
    for (const pid of pids) await expect(isRunning(pid)).resolves.toBe(false);
  });

  test('skips ahead when the operator says so, and never goes back', async () => {
    const slot = { ...bench.slot, abort: { interrupt: 600, terminate: 600 } };
    const id = await bench.start(await bench.script('stubborn.py', stubborn), [], slot);
    await until(async () => (await bench.log(id)).includes('\n'), 'the script is up');
    await bench.runs.abort(id, 'interrupt');
    expect(bench.latest.abort).toMatchObject({ stage: 'interrupt' });
    expect(bench.latest.abort?.until).toBeGreaterThan(Date.now() + 500_000);
    await bench.runs.abort(id, 'kill');
    await bench.runs.abort(id, 'terminate');
    const run = await bench.whenDone();
    expect(run.outcome).toMatchObject({ kind: 'aborted', stage: 'kill' });
  });

  test('of a run that is over is refused', async () => {
    const id = await bench.start(await bench.script('ok.py', ''));
    await until(() => bench.over.length === 1, 'the run is over');
    expect(await bench.runs.abort(id, 'interrupt')).toMatchObject({ ok: false, error: { code: 'run-over' } });
  });

  test('ends processes that outlived their script', async () => {
    const source = `
import subprocess, sys
print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True).pid)
`;
    const id = await bench.start(await bench.script('leaves.py', source));
    const done = await bench.whenDone();
    expect(done.outcome).toEqual({ kind: 'exited', code: 0 });
    expect(done.survivors).toHaveLength(1);
    expect(bench.runs.activeRun(bench.slot.id)).toBeNull();
    await bench.runs.abort(id, 'terminate');
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    expect(bench.latest.survivors).toEqual([]);
    expect(bench.latest.outcome).toEqual({ kind: 'exited', code: 0 });
    await expect(isRunning(done.survivors[0]!.pid)).resolves.toBe(false);
  });
});

describe('a panel that comes back', () => {
  const restart = async (run: Run): Promise<void> => {
    await bench.runs.close();
    bench.runs = bench.makeService();
    await bench.runs.reattach(run, bench.slot);
  };

  test('finds a run that goes on, and its true end', async () => {
    const source = `
import os, time
print('before')
while not os.path.exists('go'): time.sleep(0.02)
print('after')
raise SystemExit(7)
`;
    const id = await bench.start(await bench.script('goes_on.py', source));
    await restart(bench.latest);
    expect(bench.latest.phase).toBe('running');
    await writeFile(join(bench.folder, 'go'), '');
    const run = await bench.whenDone();
    expect(run.outcome).toEqual({ kind: 'exited', code: 7 });
    expect(await bench.log(id)).toBe('before\nafter\n');
  });

  test('finds a run that ended meanwhile', async () => {
    await bench.start(await bench.script('short.py', 'raise SystemExit(5)'));
    const running = bench.latest;
    await bench.whenDone();
    await restart(running);
    expect((await bench.whenDone()).outcome).toEqual({ kind: 'exited', code: 5 });
  });

  test('calls a run lost whose supervisor is gone, and can still abort what lives of it', async () => {
    const id = await bench.start(await bench.script('stubborn.py', stubborn));
    await until(async () => (await bench.log(id)).includes('\n'), 'the script is up');
    const status: unknown = JSON.parse(await readFile(join(bench.runs.folderOf(id), 'status.json'), 'utf8'));
    process.kill((status as { supervisor: { pid: number } }).supervisor.pid, 'SIGKILL');
    const run = await bench.whenDone();
    expect(run.outcome?.kind).toBe('lost');
    expect(runStateWord(run)).toBe('lost');
    expect(run.survivors).toHaveLength(3);
    await bench.runs.abort(id, 'terminate');
    await until(() => bench.over.length === 1, 'nothing of the run lives');
    for (const { pid } of run.survivors) await expect(isRunning(pid)).resolves.toBe(false);
  });

  test('calls a run lost that it never started', async () => {
    const id = await bench.start(await bench.script('ok.py', ''));
    const run = await bench.whenDone();
    const { rm } = await import('node:fs/promises');
    await rm(join(bench.runs.folderOf(id), 'status.json'));
    await restart({ ...run, phase: 'starting', outcome: null });
    expect(bench.latest.outcome).toMatchObject({ kind: 'lost' });
  });
});

/** Whether a process lives; a zombie does not. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}
