import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { execa } from 'execa';
import { vi } from 'vitest';
import { z } from 'zod';

// Real processes on a busy machine: longer than any condition below is waited for, so that it can say which failed.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export const resources = resolve(import.meta.dirname, '../../../build/resources');
export const supervisorPath = join(resources, 'supervisor/smurf_supervisor.py');
export const demoScripts = join(resources, 'demo/scripts');

const identity = z.strictObject({ pid: z.int().positive(), startTicks: z.int() });

export const statusSchema = z.strictObject({
  version: z.literal(1),
  runId: z.string().nullable(),
  boot: z.string(),
  supervisor: identity,
  script: identity.nullable(),
  startedAt: z.number().nullable(),
  exit: z
    .strictObject({
      code: z.int().min(0).max(255).nullable(),
      signal: z.string().startsWith('SIG').nullable(),
      at: z.number(),
    })
    .nullable(),
  failure: z.strictObject({ code: z.string(), path: z.string(), message: z.string() }).nullable(),
  survivors: z.array(z.strictObject({ pid: z.int(), name: z.string().max(200) })),
  problems: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  outputEnded: z.boolean(),
});
export type Status = z.infer<typeof statusSchema>;

const life = z.enum(['alive', 'dead', 'unknown']);
const probeSchema = z.strictObject({
  supervisor: life,
  script: life,
  complete: z.boolean(),
  processes: z.array(z.strictObject({ pid: z.int(), name: z.string(), session: z.int() })),
});
const signalSchema = probeSchema.extend({
  signalled: z.array(z.int()),
  refused: z.array(z.strictObject({ pid: z.int(), message: z.string() })),
});

/** One chunk of output.log as output.idx describes it. */
export interface IndexRecord {
  readonly offset: number;
  readonly time: number;
  readonly length: number;
  readonly stream: number;
}

/** Waits for a condition, not for a time; fails with what it waited for after the deadline. */
export async function eventually<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
): Promise<Value> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((wake) => setTimeout(wake, 15));
  }
}

async function readWhole(path: string): Promise<Buffer> {
  return existsSync(path) ? readFile(path) : Buffer.alloc(0);
}

/** True for a process that exists and is not a zombie. */
export async function processLives(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return false;
    throw error;
  }
}

/** Every live process that carries the run's marker, found without the supervisor's help. */
export async function processesWithMarker(runId: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    let environment = '';
    try {
      environment = await readFile(`/proc/${name}/environ`, 'latin1');
    } catch (error) {
      if (!(error instanceof Error)) throw error; // gone since it was listed
      continue;
    }
    if (environment.split('\0').includes(`SMURF_PANEL_RUN=${runId}`) && (await processLives(Number(name)))) {
      found.push(Number(name));
    }
  }
  return found;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly argv?: readonly string[];
  readonly python?: string;
  readonly cwd?: string | null;
  readonly env?: Record<string, string>;
  readonly log?: boolean | string;
  readonly folder?: string;
  readonly relay?: { readonly forward: readonly [string, number] | null };
}

let count = 0;

/** A run folder with a script in it, its supervisor, and what the supervisor writes. */
export class SupervisedRun {
  readonly id: string;
  supervisor: ChildProcess | null = null;
  private ended: Promise<number | null> | null = null;

  private constructor(
    readonly home: string,
    readonly folder: string,
    readonly script: string,
    id?: string,
  ) {
    count += 1;
    this.id = id ?? `test-${process.pid}-${count}-${Date.now()}`;
  }

  /** Makes the folder; `source` is Python text, or the path of an existing script. */
  static async make(source: string, options: RunOptions = {}): Promise<SupervisedRun> {
    const home = await mkdtemp(join(tmpdir(), 'smurf-supervisor-'));
    const folder = options.folder ?? join(home, 'run');
    await mkdir(folder, { recursive: true });
    const isPath = source.endsWith('.py') || !source.includes('\n');
    const script = isPath ? source : join(home, 'script.py');
    if (!isPath) await writeFile(script, source);
    const run = new SupervisedRun(home, folder, script);
    const python = options.python ?? 'python3';
    await writeFile(
      join(folder, 'run.json'),
      JSON.stringify({
        version: 1,
        id: run.id,
        argv: options.argv ?? [python, '-u', script, ...(options.args ?? [])],
        script,
        cwd: options.cwd === undefined ? home : options.cwd,
        env: { RUN_HOME: home, RUN_FOLDER: folder, ...options.env },
        log: options.log ?? true,
        ...(options.relay === undefined ? {} : { relay: options.relay }),
      }),
    );
    runs.push(run);
    return run;
  }

  /** The same run where another folder is its own. */
  at(folder: string): SupervisedRun {
    const run = new SupervisedRun(this.home, folder, this.script, this.id);
    runs.push(run);
    return run;
  }

  /** Starts the supervisor as the panel does: detached, with nothing on its standard streams. */
  start(options: SpawnOptions & { readonly python?: string; readonly program?: string } = {}): this {
    const { python = 'python3', program = supervisorPath, ...rest } = options;
    const child = spawn(python, [program, 'run', this.folder], { detached: true, stdio: 'ignore', ...rest });
    this.supervisor = child;
    this.ended = new Promise((settle, fail) => {
      child.once('error', fail);
      child.once('exit', (code) => settle(code));
    });
    return this;
  }

  /** The supervisor's exit code; null when a signal ended it. */
  async end(): Promise<number | null> {
    if (this.ended === null) throw new Error('the supervisor was not started');
    return this.ended;
  }

  async status(): Promise<Status | null> {
    const text = await readWhole(join(this.folder, 'status.json'));
    return text.length === 0 ? null : statusSchema.parse(JSON.parse(text.toString()));
  }

  async statusWhen(what: string, test: (status: Status) => boolean): Promise<Status> {
    return eventually(what, async () => {
      const status = await this.status();
      return status !== null && test(status) && status;
    });
  }

  async log(): Promise<Buffer> {
    return readWhole(join(this.folder, 'output.log'));
  }

  async logContains(text: string): Promise<string> {
    return eventually(`"${text}" in output.log`, async () => {
      const log = (await this.log()).toString();
      return log.includes(text) && log;
    });
  }

  async index(): Promise<IndexRecord[]> {
    const bytes = await readWhole(join(this.folder, 'output.idx'));
    if (bytes.length % 24 !== 0) throw new Error(`output.idx holds ${bytes.length} bytes`);
    return Array.from({ length: bytes.length / 24 }, (_, place) => ({
      offset: bytes.readDoubleLE(place * 24),
      time: bytes.readDoubleLE(place * 24 + 8),
      length: bytes.readUInt32LE(place * 24 + 16),
      stream: bytes.readUInt32LE(place * 24 + 20),
    }));
  }

  /** What the script wrote to one stream, by the index. */
  async stream(number: 1 | 2): Promise<Buffer> {
    const log = await this.log();
    const records = (await this.index()).filter((record) => record.stream === number);
    return Buffer.concat(records.map((record) => log.subarray(record.offset, record.offset + record.length)));
  }

  /** Lets a script that waits for the file `go` in RUN_HOME carry on. */
  async go(): Promise<void> {
    await writeFile(join(this.home, 'go'), '');
  }

  async probe(): Promise<z.infer<typeof probeSchema>> {
    const { stdout } = await execa('python3', [supervisorPath, 'probe', this.folder]);
    return probeSchema.parse(JSON.parse(stdout));
  }

  async signal(name: 'INT' | 'TERM' | 'KILL'): Promise<z.infer<typeof signalSchema>> {
    const { stdout } = await execa('python3', [supervisorPath, 'signal', this.folder, name]);
    return signalSchema.parse(JSON.parse(stdout));
  }

  /** Ends what is left, whatever the test did, and removes the files. */
  async close(): Promise<void> {
    for (const pid of await processesWithMarker(this.id)) {
      if (await processLives(pid)) process.kill(pid, 'SIGKILL');
    }
    if (this.supervisor !== null && this.supervisor.exitCode === null) this.supervisor.kill('SIGKILL');
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

const runs: SupervisedRun[] = [];

/** For afterEach: closes every run made since. */
export async function closeRuns(): Promise<void> {
  for (const run of runs.splice(0)) await run.close();
}

/** Python lines for scripts that wait for a condition: `go` is made by the test, `seen` reads the run's log. */
export const waiting = `
import os, sys, time
def until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(99)
        time.sleep(0.002)
def until_go():
    until(lambda: os.path.exists(os.path.join(os.environ['RUN_HOME'], 'go')))
def logged():
    with open(os.path.join(os.environ['RUN_FOLDER'], 'output.log'), 'rb') as file:
        return file.read()
`;

/** Writes a file that can be executed. */
export async function writeExecutable(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}

/** An interpreter of this machine. */
export interface Python {
  readonly path: string;
  readonly version: string;
}

/** Every Python 3 that can be found here, one of each version. */
export async function pythons(): Promise<Python[]> {
  const versions = join(homedir(), '.pyenv/versions');
  const own = existsSync(versions)
    ? (await readdir(versions)).map((name) => join(versions, name, 'bin/python3'))
    : [];
  const system = (await readdir('/usr/bin')).filter((name) => /^python3(\.\d+)?$/.test(name));
  const found: Python[] = [];
  for (const path of [...own, ...system.map((name) => join('/usr/bin', name))].filter((name) =>
    existsSync(name),
  )) {
    const { stdout } = await execa(path, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']);
    if (!found.some((other) => other.version === stdout)) found.push({ path, version: stdout });
  }
  return found;
}

/** A small file system of its own, or null where this machine does not let us mount one. */
export async function mountSmallDisk(folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  if (process.getuid?.() !== 0) return false;
  return !(await execa('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { reject: false }))
    .failed;
}
