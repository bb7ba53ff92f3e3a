import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { withSlashes } from '../../shared/domain/script-path';
import type { CheckStep } from '../../shared/ipc/calls/scripts-calls';
import { failure, success, type Result } from '../../shared/result';
import { listScripts } from '../scripts/catalogue';
import { ChildRecorder } from './child-recorder';
import { inheritedEnvironment } from './environment';
import { readLocalFile, statLocalFile } from './read-local-file';
import type { RunFolder, RunRequest, RunStatus } from './run-folder';
import { explainSpawn } from './spawn-failure';
import { StatusFollower } from './status-follower';
import type {
  CheckRequest,
  RunFollower,
  RunFollowerEvents,
  RunProbe,
  RunSignal,
  ScriptList,
  Transport,
} from './transport';

/** What is needed of a script that runs: its output, and (as a promise) its end. */
interface RunningScript extends PromiseLike<{
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}> {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

interface Child {
  readonly pid: number;
  isAlive: boolean;
}

/** Ends a process and its descendants; `force` where asking is over. */
export type EndTree = (pid: number, force: boolean) => Promise<void>;

/** `taskkill` is part of every Windows. Without `/F` it asks, which a program without a window may not hear. */
export const taskkill: EndTree = async (pid, force) => {
  await execa('taskkill', ['/PID', String(pid), '/T', ...(force ? ['/F'] : [])], { reject: false });
};

/**
 * Local scripts where the supervisor cannot be had (Windows): an ordinary child of the panel. It ends with the panel,
 * which the interface says; everything else is as with the supervisor, since the same files are written.
 */
export class ChildTransport implements Transport {
  private readonly children = new Map<string, Child>();

  constructor(
    private readonly python: string,
    private readonly endTree: EndTree = taskkill,
  ) {}

  async start(folder: RunFolder, request: RunRequest): Promise<Result<RunStatus>> {
    const isFile = await stat(request.script).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) return failure('script-missing', `There is no script ${request.script}.`);
    const recorder = await ChildRecorder.open(folder, typeof request.log === 'string' ? request.log : null);
    const [file = this.python, ...args] = request.argv;
    const output = request.log === false ? 'ignore' : 'pipe';
    const running = execa(file, args, {
      env: { ...inheritedEnvironment(process.env), ...request.env },
      extendEnv: false,
      ...(request.cwd === null ? {} : { cwd: request.cwd }),
      stdin: 'ignore',
      stdout: output,
      stderr: output,
      buffer: false,
      reject: false,
      windowsHide: true,
    });
    if (running.pid === undefined) {
      await recorder.close();
      const end = await running;
      return failure(...explainSpawn(file, end));
    }
    const begun = begunStatus(running.pid);
    const child: Child = { pid: running.pid, isAlive: true };
    this.children.set(folder.run, child);
    await recorder.tell(begun);
    // Nobody waits for it: a failure that was not expected reaches the program's own handler, and so the screen.
    void this.record(folder, child, running, recorder, begun);
    return success(begun);
  }

  follow(folder: RunFolder, known: RunStatus, events: RunFollowerEvents): RunFollower {
    return new StatusFollower(folder, known, events);
  }

  async signal(folder: RunFolder, signal: RunSignal): Promise<Result<RunProbe>> {
    const child = this.children.get(folder.run);
    if (child?.isAlive === true) await this.endTree(child.pid, signal === 'KILL');
    return this.probe(folder);
  }

  async probe(folder: RunFolder): Promise<Result<RunProbe>> {
    const child = this.children.get(folder.run);
    const processes = child?.isAlive === true ? [{ pid: child.pid, name: 'script' }] : [];
    return success({ supervisor: child === undefined ? 'dead' : 'alive', processes, refused: [] });
  }

  async remove(): Promise<Result<null>> {
    return success(null);
  }

  async listScripts(folders: readonly string[]): Promise<Result<ScriptList>> {
    return success(await listScripts({ scripts: folders.map(withSlashes) }));
  }

  statFile(path: string): Promise<Result<{ size: number; mtime: number }>> {
    return statLocalFile(path);
  }

  readFile(path: string, limit: number): Promise<Result<Uint8Array>> {
    return readLocalFile(path, limit);
  }

  wake(): void {
    // This machine is never out of reach.
  }

  async check(_request: CheckRequest): Promise<CheckStep[]> {
    const version = await execa(this.python, ['--version'], { reject: false, stdin: 'ignore' });
    const detail = version.failed ? explainSpawn(this.python, version)[1] : version.stdout;
    return [
      { name: 'reach', ok: true, detail: 'Scripts run on this machine, and end with the panel.' },
      { name: 'python', ok: !version.failed, detail },
    ];
  }

  private async record(
    folder: RunFolder,
    child: Child,
    running: RunningScript,
    recorder: ChildRecorder,
    begun: RunStatus,
  ): Promise<void> {
    const streams = [
      ...(running.stdout === null ? [] : [recorder.record(running.stdout, 1)]),
      ...(running.stderr === null ? [] : [recorder.record(running.stderr, 2)]),
    ];
    const end = await running;
    await Promise.all(streams);
    child.isAlive = false;
    const problems =
      recorder.problem === null ? [] : [{ code: 'log-write-failed', message: recorder.problem }];
    const exit = { code: end.exitCode ?? null, signal: end.signal ?? null, at: Date.now() / 1000 };
    await recorder.tell({ ...begun, exit, problems, outputEnded: true });
    await recorder.close();
    this.children.delete(folder.run);
  }
}

/** The panel itself stands in for the supervisor: when it is gone, so is what would tell the script's end. */
function begunStatus(pid: number): RunStatus {
  return {
    version: 1,
    boot: null,
    supervisor: { pid: process.pid, startTicks: null },
    script: { pid, startTicks: null },
    startedAt: Date.now() / 1000,
    exit: null,
    failure: null,
    survivors: [],
    problems: [],
    outputEnded: false,
  };
}
