import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { makeRunId, type RunId } from '../../../../../shared/domain/ids';
import type { LostConnection } from '../../../../../shared/domain/run';
import { FileCache } from '../../../../../electron/run/remote/file-cache';
import type { FollowTiming } from '../../../../../electron/run/remote/follow-session';
import { RemoteFollower } from '../../../../../electron/run/remote/remote-follower';
import type { HostCommand, RemoteHost } from '../../../../../electron/run/remote/remote-host';
import { RemoteSupervisor } from '../../../../../electron/run/remote/remote-supervisor';
import { RemoteTransport } from '../../../../../electron/run/remote/remote-transport';
import type { RunFolder, RunRequest, RunStatus } from '../../../../../electron/run/run-folder';
import type { RunFollowerEvents } from '../../../../../electron/run/transport';
import { until } from '../../../../fixtures/until';

export const supervisorFile = resolve(
  import.meta.dirname,
  '../../../../../build/resources/supervisor/smurf_supervisor.py',
);

/** Everything that following told. */
export class FollowRecord implements RunFollowerEvents {
  readonly statuses: RunStatus[] = [];
  readonly connections: (LostConnection | null)[] = [];
  readonly faults: string[] = [];
  gone = 0;

  onStatus = (status: RunStatus): void => {
    this.statuses.push(status);
  };
  onSupervisorGone = (): void => {
    this.gone += 1;
  };
  onConnection = (lost: LostConnection | null): void => {
    this.connections.push(lost);
  };
  onFault = (error: unknown): void => {
    this.faults.push(String(error));
  };

  get last(): RunStatus | undefined {
    return this.statuses.at(-1);
  }

  get isWhole(): boolean {
    return this.last?.outputEnded === true;
  }
}

let count = 0;

/** A transport over a host, with a folder of this machine for the panel and one for what is over there. */
export class RemoteBench {
  readonly supervisor: RemoteSupervisor;
  readonly transport: RemoteTransport;
  readonly followers: RemoteFollower[] = [];
  #known: RunStatus | null = null;

  private constructor(
    readonly folder: string,
    readonly host: RemoteHost,
    readonly runs: string,
    readonly python: string,
    patience: { lookPatience: number; startPatience: number },
  ) {
    this.supervisor = new RemoteSupervisor(host, python, supervisorFile);
    this.transport = new RemoteTransport({
      supervisor: this.supervisor,
      runs,
      python,
      files: new FileCache(join(folder, 'files')),
      ...patience,
    });
  }

  static async open(
    host: RemoteHost,
    options: {
      runs?: string;
      python?: string;
      parent?: string;
      lookPatience?: number;
      startPatience?: number;
    } = {},
  ): Promise<RemoteBench> {
    const folder = await mkdtemp(join(options.parent ?? tmpdir(), 'smurf-remote-'));
    return new RemoteBench(folder, host, options.runs ?? join(folder, 'there'), options.python ?? 'python3', {
      lookPatience: options.lookPatience ?? 30_000,
      startPatience: options.startPatience ?? 12_000,
    });
  }

  /** What the last start answered. */
  get known(): RunStatus {
    if (this.#known === null) throw new Error('nothing was started');
    return this.#known;
  }

  async script(name: string, source: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, source);
    return path;
  }

  /** A run that is not started. */
  async prepare(
    script: string,
    args: readonly string[] = [],
    relay: RunRequest['relay'] = null,
  ): Promise<{ folder: RunFolder; request: RunRequest }> {
    count += 1;
    const id: RunId = makeRunId(Date.now(), String(count).padStart(6, '0'));
    const folder: RunFolder = { run: id, path: join(this.folder, 'runs', id) };
    const argv = [this.python, '-u', script, ...args];
    const request: RunRequest = {
      id,
      argv,
      script,
      cwd: null,
      env: { OWN_VARIABLE: "it's $HOME" },
      log: true,
      relay,
    };
    await mkdir(folder.path, { recursive: true });
    return { folder, request };
  }

  /** Starts a script that has to start. */
  async start(
    script: string,
    args: readonly string[] = [],
    relay: RunRequest['relay'] = null,
  ): Promise<RunFolder> {
    const { folder, request } = await this.prepare(script, args, relay);
    const started = await this.transport.start(folder, request);
    if (!started.ok) throw new Error(`${started.error.code}: ${started.error.message}`);
    this.#known = started.value;
    return folder;
  }

  /** The files here and there are the same, to the byte. */
  async expectSame(folder: RunFolder, names = ['output.log', 'output.idx']): Promise<void> {
    for (const name of names) {
      expect(await sha256(join(folder.path, name))).toBe(await sha256(join(this.runs, folder.run, name)));
    }
  }

  follow(
    folder: RunFolder,
    record: FollowRecord,
    options: { timing?: FollowTiming; missingPatience?: number; now?: () => number } = {},
  ): RemoteFollower {
    const follower = new RemoteFollower({
      supervisor: this.supervisor,
      folder,
      remoteFolder: async () => join(this.runs, folder.run),
      events: record,
      now: Date.now,
      ...options,
    });
    this.followers.push(follower);
    return follower;
  }

  async close(): Promise<void> {
    await Promise.all(this.followers.map((follower) => follower.close()));
    await this.host.dropConnection();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** Waits until everything of a run is here. */
export async function untilWhole(record: FollowRecord, patience = 60_000): Promise<void> {
  await until(
    () => {
      if (record.faults.length > 0) throw new Error(record.faults.join('\n'));
      return record.isWhole;
    },
    'the copy is whole',
    patience,
  );
}

async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** Prints numbered lines on both streams, as fast as it can, in pieces. */
export const floodScript = `
import os, sys
total = int(sys.argv[1])
line = 0
while line < total:
    piece = ''.join('line %08d of the flood, with some words to fill it up\\n' % n for n in range(line, line + 500))
    os.write(2 if line % 5000 == 0 else 1, piece.encode())
    line += 500
sys.exit(3)
`;

/** Ends when the file named by its argument is there. */
export const waitingScript = `
import os, sys, time
print('waiting')
while not os.path.exists(sys.argv[1]):
    time.sleep(0.02)
print('done')
sys.exit(5)
`;

/** Leaves a child in a session of its own, and waits with it. The argument is how long, to tell it from others. */
export const familyScript = `
import subprocess, sys, time
child = 'import sys, time; time.sleep(float(sys.argv[1]))'
subprocess.Popen([sys.executable, '-c', child, sys.argv[1]], start_new_session=True)
print('up', flush=True)
time.sleep(float(sys.argv[1]))
`;

/** A file's size in bytes, 0 where it is not there. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** This machine as if it were another: a client that runs the command by itself. */
export class HereHost implements RemoteHost {
  readonly name = 'here';
  readonly place = 'here';
  /** A shell command that runs the words after it; for a client that fails in some way. */
  client: string | null = null;

  command(argv: readonly string[]): HostCommand {
    const [file = '', ...args] = argv;
    return this.client === null ? { file, args } : { file: 'sh', args: ['-c', this.client, 'sh', ...argv] };
  }

  explain(): Promise<null> {
    return Promise.resolve(null);
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  dropConnection(): Promise<void> {
    return Promise.resolve();
  }
}
