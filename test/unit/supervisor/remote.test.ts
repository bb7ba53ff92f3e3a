import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { listScripts } from '../../../electron/scripts/catalogue';
import { answerOf, containing, remote, startRemotely } from './remote';
import { closeRuns, eventually, processesWithMarker, SupervisedRun, waiting } from './supervised-run';

const readSchema = z.strictObject({ size: z.int(), mtime: z.number() });

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'smurf-remote-'));
});
afterEach(async () => {
  await closeRuns();
  await rm(home, { recursive: true, force: true });
});

async function descriptionOf(run: SupervisedRun): Promise<string> {
  return readFile(join(run.folder, 'run.json'), 'utf8');
}

/** Whether any live process has the text in its command line. */
async function anyCommandNames(text: string): Promise<boolean> {
  const { stdout } = await execa('ps', ['-axww', '-o', 'stat=,command=']);
  return stdout.split('\n').some((line) => line.includes(text) && !line.startsWith('Z'));
}

describe('start', () => {
  it('returns while the script runs, and leaves nothing of the connection behind', async () => {
    const held = join(home, 'held');
    await writeFile(held, '');
    const { run, started, root, description } = await startRemotely(
      `${waiting}\nprint('up')\nuntil_go()\nprint('down')\n`,
      {},
      // A descriptor that a shell happens to have open must not be held for hours either.
      { before: `exec 7<${held}; ` },
    );
    expect(run.folder).toBe(join(root, run.id));
    expect(started).toMatchObject({ runId: run.id, failure: null, exit: null, folder: run.folder });
    const supervisor = `/proc/${started.supervisor.pid}`;
    const open = await Promise.all(
      (await readdir(`${supervisor}/fd`)).map(async (name) => [
        name,
        await readlink(`${supervisor}/fd/${name}`),
      ]),
    );
    const targets = Object.fromEntries(open) as Record<string, string>;
    expect([targets[0], targets[1], targets[2]]).toEqual(['/dev/null', '/dev/null', '/dev/null']);
    expect(Object.values(targets)).not.toContain(held);
    expect((await stat(root)).mode & 0o777).toBe(0o700);
    expect((await stat(run.folder)).mode & 0o777).toBe(0o700);
    expect(await descriptionOf(run)).toBe(description);
    await run.logContains('up');
    const probe = await answerOf(['probe', run.folder]);
    expect(probe.content).toMatchObject({
      supervisor: 'alive',
      script: 'alive',
      processes: [{ pid: started.script?.pid }],
    });
    await run.go();
    await run.statusWhen('the end', (status) => status.outputEnded);
    expect((await run.log()).toString()).toBe('up\ndown\n');
  });

  it('is interrupted by a signal command from standard input', async () => {
    const { run, started } = await startRemotely(
      `${waiting}\ntry:\n    print('up')\n    until_go()\nfinally:\n    print('clean')\n`,
    );
    await run.logContains('up');
    const answer = await answerOf(['signal', run.folder, 'INT']);
    expect(answer.content).toMatchObject({ signalled: [started.script?.pid], refused: [] });
    const status = await run.statusWhen('the end', (now) => now.outputEnded);
    expect(status.exit?.signal).toBe('SIGINT');
    expect((await run.stream(1)).toString()).toBe('up\nclean\n');
  });

  it.each(['~/runs of mine', '$HOME/runs', '${HOME}/a/b/runs'])('takes %s as the root', async (root) => {
    const draft = await SupervisedRun.make('print(1)\n\n');
    const { code, content } = await answerOf(['start', root, draft.id], await descriptionOf(draft), {
      env: { HOME: home },
    });
    expect(code).toBe(0);
    const folder = join(root.replace(/^(~|\$HOME|\$\{HOME\})/, home), draft.id);
    expect(content).toMatchObject({ folder });
    await draft.at(folder).statusWhen('the end', (status) => status.outputEnded);
  });

  it('tells of a script that cannot be started as the status does', async () => {
    const draft = await SupervisedRun.make("print('never')\n\n", { cwd: '/nowhere' });
    const { code, content } = await answerOf(['start', home, draft.id], await descriptionOf(draft));
    expect(code).toBe(0);
    expect(content).toMatchObject({ failure: { code: 'cwd-missing' }, folder: join(home, draft.id) });
  });

  it('refuses a second start of the same run', async () => {
    const { run, root, description } = await startRemotely(`${waiting}\nprint('once')\nuntil_go()\n`);
    await run.logContains('once');
    expect(await answerOf(['start', root, run.id], description)).toEqual({
      code: 1,
      content: {
        failure: {
          code: 'run-exists',
          path: run.folder,
          message: `The run folder ${run.folder} is there already.`,
        },
      },
    });
    await run.go();
    await run.statusWhen('the end', (status) => status.outputEnded);
    expect((await run.log()).toString()).toBe('once\n');
  });

  it('starts nothing when the description was cut on its way', async () => {
    const draft = await SupervisedRun.make("print('never')\n\n");
    const description = await descriptionOf(draft);
    const root = join(home, 'runs');
    const { code, content } = await answerOf(['start', root, draft.id], description.slice(0, -1));
    expect(code).toBe(1);
    expect(content).toMatchObject({ failure: { code: 'run-folder' } });
    expect(existsSync(root)).toBe(false);
    expect(await processesWithMarker(draft.id)).toEqual([]);
  });

  it('gives up a script that does not start, so that it cannot start later either', async () => {
    const draft = await SupervisedRun.make("print('never')\n\n");
    const description = await descriptionOf(draft);
    await rm(draft.script);
    // The supervisor hangs in reading the script, as on a network file system that is away.
    await execa('mkfifo', [draft.script]);
    const answer = await answerOf(['start', home, draft.id], description);
    expect(answer).toMatchObject({ code: 1, content: { failure: { code: 'supervisor-silent' } } });
    await eventually('the end of the supervisor', async () => !(await anyCommandNames(draft.id)));
    expect(await processesWithMarker(draft.id)).toEqual([]);
  });

  it.each([
    ['a root below a file', 'runs-root-unwritable', (file: string) => join(file, 'runs'), 'id'],
    ['a root that is a file', 'runs-root-unwritable', (file: string) => file, 'id'],
    ['a root where no folder can be made', 'runs-root-unwritable', () => '/proc/runs', 'id'],
    ['an id that leads elsewhere', 'run-folder', () => home, '../id'],
  ])('names the trouble with %s', async (_name, code, root, id) => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const answer = await answerOf(['start', root(file), id], '{}');
    expect(answer.code).toBe(1);
    const named = code === 'run-folder' ? id : root(file);
    expect(answer.content).toMatchObject({ failure: { code, message: containing(named) } });
  });
});

describe('read', () => {
  it('gives size, time and the first bytes', async () => {
    const path = join(home, "a plot's Ü.png");
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, place) => (place * 7) % 256));
    await writeFile(path, bytes);
    const { mtimeMs } = await stat(path);
    for (const [limit, length] of [
      [10_000_000, 3_000_000],
      [2_500_001, 2_500_001],
      [0, 0],
    ] as const) {
      const { code, stdout } = await remote(['read', path, String(limit)]);
      const line = stdout.indexOf('\n');
      expect(code).toBe(0);
      const header = readSchema.parse(JSON.parse(stdout.subarray(0, line).toString()));
      expect(header.size).toBe(3_000_000);
      expect(header.mtime).toBeCloseTo(mtimeMs / 1000, 3);
      expect(stdout.subarray(line + 1).equals(bytes.subarray(0, length))).toBe(true);
    }
  });

  it('names what cannot be read', async () => {
    const pipe = join(home, 'pipe');
    await execa('mkfifo', [pipe]);
    const file = join(home, 'file');
    await writeFile(file, '');
    for (const [path, code, reason] of [
      [join(home, 'gone'), 'file-missing', 'does not exist'],
      [join(file, 'below'), 'file-missing', 'does not exist'],
      [home, 'file-is-folder', 'is a folder'],
      [pipe, 'file-unreadable', 'pipe'],
    ] as const) {
      const answer = await answerOf(['read', path, '10']);
      expect(answer.code).toBe(1);
      expect(answer.content).toMatchObject({
        failure: { code, path, message: containing(reason) },
      });
    }
  });

  const systemPython = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path));
  it.skipIf(process.getuid?.() === 0 && systemPython === undefined)(
    'names a missing permission',
    async () => {
      const path = join(home, 'secret');
      await writeFile(path, 'secret', { mode: 0o000 });
      await chmod(home, 0o755);
      const asRoot = process.getuid?.() === 0;
      const answer = await answerOf(['read', path, '10'], '', {
        python: systemPython ?? 'python3',
        ...(asRoot ? { uid: 65534 } : {}),
      });
      expect(answer).toEqual({
        code: 1,
        content: {
          failure: {
            code: 'file-unreadable',
            path,
            message: `The file ${path} cannot be read: Permission denied.`,
          },
        },
      });
    },
  );
});

describe('list', () => {
  it('finds what the panel finds on its own machine, in the same order and words', async () => {
    const files = ['b.py', 'a.py', 'Zürich.py', '_module.py', '.hidden.py', 'notes.txt', 'x/y/z/deep.py'];
    for (const file of [
      ...files,
      'x/y/z/w/too-deep.py',
      'x/__init__.py',
      '_private/a.py',
      'x/folder.py/in.py',
    ]) {
      await mkdir(join(home, 'scripts', file, '..'), { recursive: true });
      await writeFile(join(home, 'scripts', file), '');
    }
    await symlink('a.py', join(home, 'scripts/link.py'));
    await symlink('..', join(home, 'scripts/x/circle'));
    await writeFile(join(home, 'file'), '');
    const scripts = ['scripts', 'gone', 'file', 'scripts', 'scripts/x'].map((name) => join(home, name));
    const wanted = await listScripts({ scripts });
    expect(wanted.scripts.length).toBeGreaterThan(6);
    expect(wanted.problems).toHaveLength(2);
    expect(await answerOf(['list', ...scripts])).toEqual({
      code: 0,
      content: { entries: wanted.scripts, problems: wanted.problems },
    });
    const plain = await answerOf(['list', ...scripts], '', {
      env: { LC_ALL: 'C', PYTHONCOERCECLOCALE: '0' },
    });
    expect(plain.content).toEqual({ entries: wanted.scripts, problems: wanted.problems });
  });

  it('stops where the panel stops', async () => {
    await Promise.all(
      Array.from({ length: 2100 }, (_, number) => writeFile(join(home, `script${number}.py`), '')),
    );
    const wanted = await listScripts({ scripts: [home, tmpdir()] });
    expect(wanted.scripts).toHaveLength(2000);
    expect((await answerOf(['list', home, tmpdir()])).content).toEqual({
      entries: wanted.scripts,
      problems: wanted.problems,
    });
  });
});

describe('check', () => {
  it('goes through every step, and its message arrives', async () => {
    const socket = createSocket('udp4');
    try {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      const heard = once(socket, 'message');
      await writeFile(join(home, 'script.py'), '');
      const runs = join(home, 'new/runs');
      const { port } = socket.address();
      const udp = { host: 'localhost', port, id: 'crate1slot2', token: 'token-1' };
      const { code, content } = await answerOf(
        ['check'],
        JSON.stringify({ runs, python: 'python3', scripts: [home], udp }),
      );
      expect(code).toBe(0);
      expect(content).toEqual({
        steps: [
          { step: 'python', ok: true, detail: containing(' at /') },
          { step: 'folder', ok: true, detail: `${runs} was made` },
          { step: 'write', ok: true, detail: `a file was written to ${runs} and removed` },
          { step: 'scripts', ok: true, detail: '1 scripts in 1 folders' },
          { step: 'publish', ok: true, detail: `a message was sent to localhost port ${port}` },
        ],
      });
      expect(await readdir(runs)).toEqual([]);
      const message: unknown = JSON.parse(String((await heard)[0]));
      expect(message).toMatchObject({
        type: 'panel_check',
        id: 'crate1slot2',
        seq_no: 0,
        payload: { token: 'token-1' },
      });
    } finally {
      socket.close();
    }
  });

  it('names what is wrong with each, and tries the others all the same', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    socket.close();
    const udp = { host: '127.0.0.1', port, id: 'x', token: 't' };
    const empty = join(home, 'empty');
    await mkdir(empty);
    const { content } = await answerOf(
      ['check'],
      JSON.stringify({ runs: join(file, 'runs'), python: 'python99', scripts: [join(home, 'gone')], udp }),
    );
    expect(content).toMatchObject({
      steps: [
        { step: 'python', ok: false, detail: containing('python99 was not found') },
        { step: 'folder', ok: false, detail: containing(`${join(file, 'runs')} for runs`) },
        { step: 'write', ok: false, detail: containing('Not tried') },
        { step: 'scripts', ok: false, detail: containing('it does not exist') },
        { step: 'publish', ok: false, detail: containing('nobody listens there') },
      ],
    });
    const without = await answerOf(['check'], JSON.stringify({ runs: home, scripts: [empty], udp: null }));
    expect(without.content).toMatchObject({
      steps: [
        { ok: true },
        { step: 'folder', ok: true, detail: `${home} exists` },
        { step: 'write', ok: true },
        { step: 'scripts', ok: false, detail: `There is no script in ${empty}.` },
      ],
    });
  });

  it('refuses questions that lack a part', async () => {
    const answer = await answerOf(['check'], '{"scripts":[]}');
    expect(answer).toMatchObject({ code: 1, content: { failure: { code: 'check-invalid' } } });
  });
});
