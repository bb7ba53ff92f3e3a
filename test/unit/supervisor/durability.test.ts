import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';

import {
  closeRuns,
  demoScripts,
  eventually,
  processLives,
  pythons,
  resources,
  SupervisedRun,
  supervisorPath,
  waiting,
} from './supervised-run';

afterEach(closeRuns);

describe('a panel that dies', () => {
  it('takes neither the script nor a line with it', async () => {
    const run = await SupervisedRun.make(`${waiting}\nprint('before')\nuntil_go()\nprint('after')\n`);
    const starter = spawn(
      process.execPath,
      [
        '-e',
        `require('node:child_process').spawn('python3', process.argv.slice(1), { detached: true, stdio: 'ignore' });
         setInterval(() => undefined, 1000);`,
        supervisorPath,
        'run',
        run.folder,
      ],
      { stdio: 'ignore', detached: true },
    );
    await run.logContains('before');
    const status = await run.statusWhen('a started script', (now) => now.script !== null);
    starter.kill('SIGKILL');
    await eventually('the death of the starter', async () => !(await processLives(starter.pid ?? 0)));
    expect((await run.probe()).script).toBe('alive');
    await run.go();
    await run.statusWhen('the end', (now) => now.outputEnded);
    expect((await run.log()).toString()).toBe('before\nafter\n');
    expect((await run.status())?.exit?.code).toBe(0);
    await eventually('the end of the supervisor', async () => !(await processLives(status.supervisor.pid)));
  });

  it('may have closed the standard streams altogether', async () => {
    const run = await SupervisedRun.make(
      "import sys\nprint('out', repr(sys.stdin.read()))\nprint('err', file=sys.stderr)\n",
    );
    await execa('sh', ['-c', 'exec python3 "$0" run "$1" <&- >&- 2>&-', supervisorPath, run.folder], {
      stdio: 'ignore',
    });
    expect((await run.stream(1)).toString()).toBe("out ''\n");
    expect((await run.stream(2)).toString()).toBe('err\n');
    expect((await run.status())?.exit?.code).toBe(0);
  });

  it('may have closed them without a complaint of the supervisor ending up in the log', async () => {
    const run = await SupervisedRun.make("print('never')\n\n", { cwd: '/nowhere' });
    const command = 'exec python3 "$0" run "$1" <&- >&- 2>&-';
    await execa('sh', ['-c', command, supervisorPath, run.folder], { stdio: 'ignore', reject: false });
    expect((await run.status())?.failure?.code).toBe('cwd-missing');
    expect((await run.log()).toString()).toBe('');
  });
});

describe('any Python from 3.6', async () => {
  it.each(await pythons())('supervises, probes and signals under $version', async ({ path }) => {
    const run = await SupervisedRun.make(
      `${waiting}
try:
    print('ready')
    print('progress', file=sys.stderr)
    until_go()
finally:
    print('clean')
`,
      { python: path },
    );
    run.start({ python: path });
    await run.logContains('ready');
    const probe = await execa(path, [supervisorPath, 'probe', run.folder]);
    expect(JSON.parse(probe.stdout)).toMatchObject({ supervisor: 'alive', script: 'alive' });
    await execa(path, [supervisorPath, 'signal', run.folder, 'INT']);
    expect(await run.end()).toBe(0);
    expect((await run.stream(1)).toString()).toBe('ready\nclean\n');
    expect((await run.status())?.exit).not.toBeNull();
  });

  it('is what the sources are written for', async () => {
    const scripts = (await readdir(demoScripts)).filter((name) => name.endsWith('.py'));
    const files = [supervisorPath, ...scripts.map((name) => join(demoScripts, name))];
    expect(files.length).toBeGreaterThan(8);
    const check =
      'import ast, sys\nfor name in sys.argv[1:]:\n    ast.parse(open(name).read(), name, feature_version=(3, 6))';
    await execa('python3', ['-c', check, ...files]);
  });

  it('needs nothing but the standard library', async () => {
    const source = await readFile(supervisorPath, 'utf8');
    const imported = [...source.matchAll(/^\s*(?:import|from) (\w+)/gm)].map((match) => match[1]);
    const { stdout } = await execa('python3', ['-c', 'import sys\nprint(" ".join(sys.stdlib_module_names))']);
    expect(imported.filter((name) => !stdout.split(' ').includes(name ?? ''))).toEqual([]);
  });
});

describe('without /proc', () => {
  it('finds the run by what ps lists, and says that this may not be all', async () => {
    const run = await SupervisedRun.make(
      `${waiting}\nimport subprocess\nchild = subprocess.Popen(['sleep', '613'])\nprint('up')\nuntil_go()\nchild.kill()\nchild.wait()\n`,
    );
    run.start();
    await run.logContains('up');
    const status = await run.statusWhen('a started script', (now) => now.script !== null);
    const code = `
import json, sys
sys.path.insert(0, sys.argv[1])
import smurf_supervisor as supervisor
machine = supervisor.PsProcesses()
live = machine.live()
def identity(pid):
    return {'pid': pid, 'startTicks': live[pid].start}
status = {'boot': None, 'supervisor': identity(int(sys.argv[2])), 'script': identity(int(sys.argv[3]))}
print(json.dumps(supervisor.RunProcesses(machine, 'x', status).describe()))
`;
    const ids = [String(status.supervisor.pid), String(status.script?.pid)];
    const { stdout } = await execa('python3', ['-c', code, join(resources, 'supervisor'), ...ids]);
    const found: unknown = JSON.parse(stdout);
    expect(found).toMatchObject({ supervisor: 'alive', script: 'alive', complete: false });
    expect(found).toMatchObject({ processes: [{ pid: status.script?.pid }, { name: 'sleep 613' }] });
    await run.go();
    expect(await run.end()).toBe(0);
  });
});
