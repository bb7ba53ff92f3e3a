import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { closeRuns, SupervisedRun, waiting } from './supervised-run';

afterEach(closeRuns);

describe('exit', () => {
  it.each([0, 1, 7, 255])('records exit code %i', async (code) => {
    const run = await SupervisedRun.make(`import sys\nsys.exit(${code})\n`);
    expect(await run.start().end()).toBe(0);
    expect(await run.status()).toMatchObject({
      runId: run.id,
      exit: { code, signal: null },
      failure: null,
      survivors: [],
      problems: [],
      outputEnded: true,
    });
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'])('names a death by %s', async (name) => {
    const run = await SupervisedRun.make(`import os, signal\nos.kill(os.getpid(), signal.${name})\n`);
    await run.start().end();
    expect((await run.status())?.exit).toMatchObject({ code: null, signal: name });
  });

  it('records start before exit, both in Unix seconds', async () => {
    const before = Date.now() / 1000;
    const run = await SupervisedRun.make('print(1)\n\n');
    await run.start().end();
    const status = await run.status();
    expect(status?.startedAt).toBeGreaterThanOrEqual(before - 1);
    expect(status?.exit?.at).toBeGreaterThanOrEqual(status?.startedAt ?? Infinity);
    expect(status?.exit?.at).toBeLessThanOrEqual(Date.now() / 1000 + 1);
  });
});

describe('what the script is given', () => {
  it('has the environment, the marker, the folder, no stdin and no foreign descriptors', async () => {
    const run = await SupervisedRun.make(
      [
        'import json, os, sys',
        "keys = ['SMURFPUB_ID', 'SMURF_PANEL_RUN', 'HOME']",
        'open_files = sorted(os.readlink("/proc/self/fd/" + fd) for fd in os.listdir("/proc/self/fd") if int(fd) > 2 and os.path.lexists("/proc/self/fd/" + fd))',
        'print(json.dumps({"env": {key: os.environ.get(key) for key in keys}, "cwd": os.getcwd(), "stdin": sys.stdin.read(), "leader": os.getsid(0) == os.getpid(), "files": open_files}))',
        '',
      ].join('\n'),
      { env: { SMURFPUB_ID: 'crate1slot2' } },
    );
    await run.start().end();
    expect(JSON.parse((await run.log()).toString())).toEqual({
      env: { SMURFPUB_ID: 'crate1slot2', SMURF_PANEL_RUN: run.id, HOME: process.env['HOME'] },
      cwd: run.home,
      stdin: '',
      leader: true,
      files: [],
    });
  });

  it('keeps the marker out of the supervisor itself, which leads its own session', async () => {
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    const status = await run.statusWhen('a started script', (now) => now.script !== null);
    const environment = await readFile(`/proc/${status.supervisor.pid}/environ`, 'latin1');
    expect(environment).not.toContain('SMURF_PANEL_RUN');
    const stat = await readFile(`/proc/${status.supervisor.pid}/stat`, 'latin1');
    expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]).toBe(String(status.supervisor.pid));
    await run.go();
    expect(await run.end()).toBe(0);
  });

  it('takes names outside ASCII under LANG=C', async () => {
    const run = await SupervisedRun.make(
      'import os, sys\nprint(sys.argv[1] == "Kühlung", os.environ["ORT"])\n',
      {
        args: ['Kühlung'],
        env: { ORT: 'Zürich', PYTHONUTF8: '1' },
      },
    );
    await run.start({ env: { PATH: process.env['PATH'], LC_ALL: 'C', PYTHONCOERCECLOCALE: '0' } }).end();
    expect((await run.log()).toString()).toBe('True Zürich\n');
  });
});

describe('output', () => {
  it('keeps both streams apart and in order', async () => {
    // Each line is written only once the one before is in the log, so there is just one right order.
    const run = await SupervisedRun.make(
      `${waiting}
for number in range(60):
    line = ('%s %d\\n' % ('err' if number % 3 == 2 else 'out', number)).encode()
    os.write(2 if number % 3 == 2 else 1, line)
    until(lambda: logged().endswith(line))
`,
    );
    await run.start().end();
    const lines = Array.from({ length: 60 }, (_, n) => `${n % 3 === 2 ? 'err' : 'out'} ${n}\n`);
    expect((await run.log()).toString()).toBe(lines.join(''));
    expect((await run.index()).map((record) => record.stream)).toEqual(
      lines.map((line) => (line.startsWith('err') ? 2 : 1)),
    );
  });

  it('has an index that covers the log without gap, with times that do not run back', async () => {
    const run = await SupervisedRun.make(
      `import os
for number in range(3000):
    os.write(1 + number % 2, (b'%d ' % number) * (number % 400) + b'\\n')
`,
    );
    await run.start().end();
    let end = 0;
    let time = 0;
    for (const record of await run.index()) {
      expect(record.offset).toBe(end);
      expect(record.time).toBeGreaterThanOrEqual(time);
      expect(record.length).toBeGreaterThan(0);
      expect(record.length).toBeLessThanOrEqual(1 << 20);
      end += record.length;
      time = record.time;
    }
    expect(end).toBe((await run.log()).length);
    for (const stream of [1, 2] as const) {
      const written = Array.from({ length: 3000 }, (_, n) =>
        1 + (n % 2) === stream ? `${`${n} `.repeat(n % 400)}\n` : '',
      );
      expect((await run.stream(stream)).toString()).toBe(written.join(''));
    }
  });

  it('keeps the two writes of a print() together', async () => {
    // What `python -u` does: text, then newline. Here the other stream is written to in between.
    const run = await SupervisedRun.make(
      `import os, time
def spin():
    end = time.monotonic() + 0.0005
    while time.monotonic() < end:
        pass
for number in range(200):
    os.write(1, b'out %d' % number)
    spin()
    os.write(2, b'err %d\\n' % number)
    spin()
    os.write(1, b'\\n')
    spin()
`,
    );
    await run.start().end();
    const lines = (await run.log()).toString().split('\n');
    const whole = lines.filter((line) => /^(out|err) \d+$/.test(line));
    // On a busy machine the script may be put aside between text and newline for longer than the grace.
    expect(whole.length).toBeGreaterThanOrEqual(300);
    const written = Array.from({ length: 200 }, (_, n) => `out ${n}\n`).join('');
    expect((await run.stream(1)).toString()).toBe(written);
  });

  it('does not wait for a newline that never comes', async () => {
    const run = await SupervisedRun.make(
      `${waiting}
os.write(1, b'no newline')
os.write(2, b'\\r 10%')
until(lambda: logged() == b'no newline\\r 10%')
`,
    );
    await run.start().end();
    expect((await run.status())?.exit?.code).toBe(0);
  });

  it('leaves split and broken UTF-8 untouched', async () => {
    const run = await SupervisedRun.make(
      `${waiting}
os.write(1, b'\\xc3')
until(lambda: logged() == b'\\xc3')
os.write(1, b'\\xa9\\xff\\x00\\r\\n')
`,
    );
    await run.start().end();
    expect([...(await run.log())]).toEqual([0xc3, 0xa9, 0xff, 0, 13, 10]);
    expect(await run.index()).toHaveLength(2);
  });

  it('has the exit on file while another process still writes', async () => {
    const run = await SupervisedRun.make(
      `${waiting}
if os.fork() == 0:
    until_go()
    os.write(2, b'late\\n')
`,
    );
    run.start();
    const status = await run.statusWhen('an exit with a survivor', (now) => now.exit !== null);
    expect(status).toMatchObject({ exit: { code: 0 }, outputEnded: false });
    expect(status.survivors).toHaveLength(1);
    expect(status.survivors[0]?.name).toContain('script.py');
    await run.go();
    expect(await run.end()).toBe(0);
    expect((await run.stream(2)).toString()).toBe('late\n');
    expect(await run.status()).toMatchObject({ survivors: [], outputEnded: true });
  });
});

describe('log option', () => {
  it('appends a copy to a path', async () => {
    const run = await SupervisedRun.make("import os\nos.write(1, b'one\\n')\nos.write(2, b'two\\n')\n", {
      log: 'copy.log',
    });
    const copy = join(run.home, 'copy.log');
    await writeFile(copy, 'before\n');
    await run.start().end();
    const log = (await run.log()).toString();
    expect(log).toHaveLength(8);
    expect(await readFile(copy, 'utf8')).toBe(`before\n${log}`);
  });

  it('goes on when the copy cannot be written, and says so', async () => {
    const run = await SupervisedRun.make("print('x' * 99)\n\n", { log: '/dev/full' });
    expect(await run.start().end()).toBe(0);
    expect((await run.log()).length).toBe(100);
    expect((await run.status())?.problems).toEqual([
      { code: 'log-copy-failed', message: '100 bytes of output were lost: disk full (/dev/full).' },
    ]);
  });

  it('discards the output when the log is off', async () => {
    const run = await SupervisedRun.make("import os\nos.write(1, b'one\\n')\nos.write(2, b'two\\n')\n", {
      log: false,
    });
    expect(await run.start().end()).toBe(0);
    expect((await run.log()).length).toBe(0);
    expect(await run.status()).toMatchObject({ exit: { code: 0 }, outputEnded: true });
  });
});

describe('followers', () => {
  it('never see half a status: it is replaced, not rewritten', async () => {
    const run = await SupervisedRun.make(`${waiting}\nuntil_go()\n`);
    run.start();
    const before = await run.statusWhen('a started script', (now) => now.script !== null);
    const held = await open(join(run.folder, 'status.json'));
    try {
      await run.go();
      expect(await run.end()).toBe(0);
      // Whoever opened it before goes on reading the whole old one.
      expect(JSON.parse(await held.readFile('utf8'))).toEqual(before);
      expect((await run.status())?.outputEnded).toBe(true);
    } finally {
      await held.close();
    }
    expect((await readdir(run.folder)).toSorted()).toEqual([
      'output.idx',
      'output.log',
      'run.json',
      'status.json',
    ]);
  });
});
