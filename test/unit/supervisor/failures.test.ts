import { chmod, chown, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';

import {
  closeRuns,
  eventually,
  mountSmallDisk,
  SupervisedRun,
  supervisorPath,
  waiting,
  writeExecutable,
} from './supervised-run';
import type { RunOptions } from './supervised-run';

afterEach(closeRuns);

interface Case {
  readonly name: string;
  readonly code: string;
  readonly message: (home: string) => string;
  readonly options?: (home: string) => RunOptions & { readonly script?: string };
  readonly prepare?: (home: string) => Promise<void>;
}

const cases: readonly Case[] = [
  {
    name: 'a script that is not there',
    code: 'script-missing',
    options: (home) => ({ script: `${home}/nowhere.py` }),
    message: (home) => `The script ${home}/nowhere.py does not exist.`,
  },
  {
    name: 'a script that is a folder',
    code: 'script-unreadable',
    options: (home) => ({ script: home }),
    message: (home) => `The script ${home} is a folder.`,
  },
  {
    name: 'a working folder that is not there',
    code: 'cwd-missing',
    options: (home) => ({ cwd: `${home}/gone` }),
    message: (home) => `The working folder ${home}/gone does not exist.`,
  },
  {
    name: 'a working folder that is a file',
    code: 'cwd-missing',
    options: (home) => ({ cwd: `${home}/script.py` }),
    message: (home) => `The working folder ${home}/script.py is not a folder.`,
  },
  {
    name: 'an interpreter that is not in PATH',
    code: 'interpreter-missing',
    options: (home) => ({ argv: ['python99', `${home}/script.py`], env: { PATH: '/nowhere' } }),
    message: () => 'The interpreter python99 was not found in PATH (/nowhere).',
  },
  {
    name: 'an interpreter whose path does not exist',
    code: 'interpreter-missing',
    options: (home) => ({ argv: [`${home}/python`, `${home}/script.py`] }),
    message: (home) => `The interpreter ${home}/python was not found.`,
  },
  {
    name: 'an interpreter that may not be executed',
    code: 'exec-failed',
    options: (home) => ({ argv: [`${home}/script.py`] }),
    message: (home) => `${home}/script.py could not be started: Permission denied.`,
  },
  {
    name: 'an interpreter that is no program',
    code: 'exec-failed',
    prepare: async (home) => writeExecutable(`${home}/program`, 'not a program\n'),
    options: (home) => ({ argv: [`${home}/program`] }),
    message: (home) => `${home}/program could not be started: Exec format error.`,
  },
  {
    name: 'a log path in a folder that is not there',
    code: 'log-path-unwritable',
    options: (home) => ({ log: `${home}/no/copy.log` }),
    message: (home) => `The log file ${home}/no/copy.log cannot be written: No such file or directory.`,
  },
  {
    name: 'a log path that is a folder',
    code: 'log-path-unwritable',
    options: (home) => ({ log: home }),
    message: (home) => `The log file ${home} cannot be written: Is a directory.`,
  },
];

async function rewrite(run: SupervisedRun, changes: Record<string, unknown>): Promise<void> {
  const path = join(run.folder, 'run.json');
  const sound = {
    version: 1,
    id: run.id,
    argv: ['python3', run.script],
    script: run.script,
    cwd: run.home,
    env: {},
    log: true,
  };
  await writeFile(path, JSON.stringify({ ...sound, ...changes }));
}

describe('a run that cannot be', () => {
  it.each(cases)('$name: $code', async ({ code, message, options, prepare }) => {
    const run = await SupervisedRun.make("print('never')\n\n");
    await prepare?.(run.home);
    await rewrite(run, { ...options?.(run.home) });
    expect(await run.start().end()).toBe(1);
    const status = await run.status();
    expect(status?.failure?.message).toBe(message(run.home));
    expect(status).toMatchObject({
      runId: run.id,
      failure: { code },
      script: null,
      startedAt: null,
      exit: null,
    });
    expect((await run.log()).length).toBe(0);
    expect((await run.probe()).script).toBe('dead');
  });

  const systemPython = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path));
  it.skipIf(process.getuid?.() === 0 && systemPython === undefined)(
    'a script without permission: script-unreadable',
    async () => {
      const run = await SupervisedRun.make("print('never')\n\n");
      await chmod(run.script, 0o000);
      const nobody = 65534;
      const asRoot = process.getuid?.() === 0;
      const program = join(run.home, 'supervisor.py');
      await copyFile(supervisorPath, program);
      if (asRoot) {
        // root may read everything, so somebody else has to try
        await chown(run.folder, nobody, nobody);
        await chmod(run.home, 0o755);
      }
      await run
        .start({
          python: systemPython ?? 'python3',
          program,
          ...(asRoot ? { uid: nobody, gid: nobody } : {}),
        })
        .end();
      expect((await run.status())?.failure).toEqual({
        code: 'script-unreadable',
        path: run.script,
        message: `The script ${run.script} cannot be read: Permission denied.`,
      });
    },
  );

  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['a part missing', '{"version":1,"id":"x"}', 'lacks a part or has a wrong one'],
    [
      'a wrong part',
      '{"version":1,"id":"x","argv":[1],"script":"s","cwd":null,"env":{},"log":true}',
      'lacks a part',
    ],
    [
      'a wrong relay',
      '{"version":1,"id":"x","argv":["a"],"script":"s","cwd":null,"env":{},"log":true,"relay":{"forward":["h"]}}',
      'lacks a part',
    ],
  ])('run.json with %s: run-folder', async (_name, text, message) => {
    const run = await SupervisedRun.make('print(1)\n\n');
    await writeFile(join(run.folder, 'run.json'), text);
    expect(await run.start().end()).toBe(1);
    expect((await run.status())?.failure).toMatchObject({ code: 'run-folder' });
    expect((await run.status())?.failure?.message).toContain(message);
  });

  it('a run folder that is not there: exit 1 and a sentence', async () => {
    const result = await execa('python3', [supervisorPath, 'run', '/nowhere/run'], { reject: false });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('/nowhere/run');
    const probe = await execa('python3', [supervisorPath, 'probe', '/nowhere/run'], { reject: false });
    expect(probe.exitCode).toBe(1);
    expect(JSON.parse(probe.stdout)).toMatchObject({ failure: { code: 'run-folder' } });
  });

  it('wrong words on the command line: exit 2', async () => {
    const result = await execa('python3', [supervisorPath, 'signal', '/tmp', 'HUP'], { reject: false });
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('signal RUN_DIR INT|TERM|KILL');
  });
});

describe('a run is never started twice', () => {
  it('while it runs and after it ended', async () => {
    const run = await SupervisedRun.make(`${waiting}\nprint('once')\nuntil_go()\n`);
    run.start();
    await run.logContains('once');
    const before = await run.status();
    const again = await execa('python3', [supervisorPath, 'run', run.folder], { reject: false });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('never started twice');
    expect(await run.status()).toEqual(before);
    await run.go();
    expect(await run.end()).toBe(0);
    expect((await run.status())?.exit?.code).toBe(0);
    expect((await execa('python3', [supervisorPath, 'run', run.folder], { reject: false })).exitCode).toBe(2);
    expect((await run.log()).toString()).toBe('once\n');
  });

  it('even when its status was lost and it has printed nothing', async () => {
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    await run.statusWhen('a started script', (now) => now.script !== null);
    await rm(join(run.folder, 'status.json'));
    const again = await execa('python3', [supervisorPath, 'run', run.folder], { reject: false });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('belongs to another supervisor');
    await run.go();
    expect(await run.end()).toBe(0);
    expect((await run.status())?.exit?.code).toBe(0);
  });
});

describe('a run folder that vanishes', () => {
  it('neither stops the script nor crashes the supervisor', async () => {
    const run = await SupervisedRun.make(`${waiting}
print('up')
until_go()
os.write(1, b'x' * 3000000)
open(os.path.join(os.environ['RUN_HOME'], 'finished'), 'w').close()
`);
    run.start();
    await run.logContains('up');
    await rm(run.folder, { recursive: true });
    await run.go();
    expect(await run.end()).toBe(0);
    expect(existsSync(join(run.home, 'finished'))).toBe(true);
  });
});

describe('a full disk', () => {
  it('does not block the script; the loss is counted, the exit told, and what fits again is kept', async (test) => {
    const run = await SupervisedRun.make(`${waiting}
os.write(1, b'x' * 1999999 + b'\\n')
os.write(2, b'flooded\\n')
open(os.path.join(os.environ['RUN_HOME'], 'flooded'), 'w').close()
until_go()
os.write(1, b'after\\n')
sys.exit(5)
`);
    const disk = join(run.home, 'disk');
    if (!(await mountSmallDisk(disk))) {
      console.warn('NOT TESTED: full disk (mounting a tmpfs needs root)');
      test.skip();
    }
    try {
      const folder = join(disk, 'run');
      await mkdir(folder);
      await copyFile(join(run.folder, 'run.json'), join(folder, 'run.json'));
      const small = await SupervisedRun.make(run.script, { folder, env: { RUN_HOME: run.home } });
      await writeFile(join(disk, 'ballast'), Buffer.alloc(100_000));
      small.start();
      await eventually('the end of the flood', () => existsSync(join(run.home, 'flooded')));
      const full = await small.statusWhen('a counted loss', (now) => now.problems.length > 0);
      expect(full.problems[0]?.code).toBe('log-write-failed');
      expect(full.problems[0]?.message).toMatch(
        /^\d+ bytes of output were lost: disk full \(.*output\.log\)\.$/,
      );
      await rm(join(disk, 'ballast'));
      await run.go();
      expect(await small.end()).toBe(0);
      const end = await small.status();
      expect(end).toMatchObject({ exit: { code: 5 }, outputEnded: true });
      const log = await small.log();
      expect(log.subarray(-6).toString()).toBe('after\n');
      const lost = Number(/^\d+/.exec(end?.problems[0]?.message ?? '')?.[0]);
      expect(lost + log.length).toBe(2_000_000 + 8 + 6);
      const records = await small.index();
      expect(records.reduce((sum, record) => sum + record.length, 0)).toBe(log.length);
    } finally {
      await execa('umount', ['-l', disk]);
    }
  });

  it('has the exit on file though the disk stays full', async (test) => {
    const run = await SupervisedRun.make("import os, sys\nos.write(1, b'x' * 2000000)\nsys.exit(6)\n");
    const disk = join(run.home, 'disk');
    if (!(await mountSmallDisk(disk))) {
      console.warn('NOT TESTED: full disk (mounting a tmpfs needs root)');
      test.skip();
    }
    try {
      const small = await SupervisedRun.make(run.script, { folder: join(disk, 'run') });
      expect(await small.start().end()).toBe(0);
      expect(await small.status()).toMatchObject({ exit: { code: 6 }, outputEnded: true });
      expect((await small.log()).length).toBeGreaterThan(300_000);
    } finally {
      await execa('umount', ['-l', disk]);
    }
  });
});
