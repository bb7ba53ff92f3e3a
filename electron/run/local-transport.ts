import { execa } from 'execa';
import type { CheckStep } from '../../shared/ipc/calls/scripts-calls';
import { failure, success, type Result } from '../../shared/result';
import { listScripts } from '../scripts/catalogue';
import { inheritedEnvironment } from './environment';
import { readLocalFile, statLocalFile } from './read-local-file';
import { readRunStatus, type RunFolder, type RunStatus } from './run-folder';
import { explainSpawn } from './spawn-failure';
import { StatusFollower } from './status-follower';
import { probeSchema, readAnswer, stepsSchema } from './supervisor-answers';
import type {
  CheckRequest,
  RunFollower,
  RunFollowerEvents,
  RunProbe,
  RunSignal,
  ScriptList,
  Transport,
} from './transport';

/** How long the supervisor may take to say that the script runs, or why it does not. */
const startDeadline = 15_000;
/** How long a probe or a signal may take: it lists processes, which is slow on a machine that thrashes. */
const commandDeadline = 15_000;

/**
 * `-I` keeps the operator's PYTHON* variables away from the supervisor and `-S` saves it a third of its start-up;
 * the script gets its interpreter untouched.
 */
const interpreterOptions = ['-I', '-S'];

/** How a command ended: `code` is the system's where it could not be started at all. */
interface CommandEnd {
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
}

/** Runs scripts on this machine, as the user who runs the panel. */
export class LocalTransport implements Transport {
  /**
   * @param supervisorFile the supervisor's path on this machine.
   * @param runs the folder that holds one folder per run.
   */
  constructor(
    private readonly supervisorFile: string,
    private readonly python: string,
    private readonly runs: string,
  ) {}

  async start(folder: RunFolder): Promise<Result<RunStatus>> {
    const { python } = this;
    const supervisor = execa(python, [...interpreterOptions, this.supervisorFile, 'run', folder.path], {
      ...this.options(),
      // A session of its own: the run must not end with the panel, whatever ends the panel.
      detached: true,
      cleanup: false,
      stdio: 'ignore',
    });
    supervisor.unref();
    let end: Awaited<typeof supervisor> | null = null;
    const ended = supervisor.then((result) => {
      end = result;
    });
    const begun = await firstStatus(folder, ended, () => end !== null);
    if (begun?.failure !== undefined && begun.failure !== null)
      return failure(begun.failure.code, begun.failure.message);
    if (begun !== null) return success(begun);
    // Too late is never: a script that started after the operator was told it did not would be a lie.
    if (end === null) {
      supervisor.kill('SIGKILL');
      const killed = await this.signal(folder, 'KILL');
      if (!killed.ok) return killed;
    }
    return explainEnd(folder, python, end);
  }

  follow(folder: RunFolder, known: RunStatus, events: RunFollowerEvents): RunFollower {
    return new StatusFollower(folder, known, events);
  }

  async signal(folder: RunFolder, signal: RunSignal): Promise<Result<RunProbe>> {
    const answer = await this.command(['signal', folder.path, signal]);
    return answer.ok ? readAnswer(answer.value, probeSchema) : answer;
  }

  async probe(folder: RunFolder): Promise<Result<RunProbe>> {
    const answer = await this.command(['probe', folder.path]);
    return answer.ok ? readAnswer(answer.value, probeSchema) : answer;
  }

  async remove(): Promise<Result<null>> {
    return success(null);
  }

  async listScripts(folders: readonly string[]): Promise<Result<ScriptList>> {
    return success(await listScripts({ scripts: [...folders] }));
  }

  wake(): void {
    // This machine is never out of reach.
  }

  async check(request: CheckRequest): Promise<CheckStep[]> {
    const reached: CheckStep = { name: 'reach', ok: true, detail: 'Scripts run on this machine.' };
    const { scripts, udp, token } = request;
    const input = JSON.stringify({ runs: this.runs, python: this.python, scripts, udp: { ...udp, token } });
    const answer = await this.command(['check'], input);
    if (!answer.ok) return [reached, { name: 'python', ok: false, detail: answer.error.message }];
    const read = readAnswer(answer.value, stepsSchema);
    if (!read.ok) return [reached, { name: 'python', ok: false, detail: read.error.message }];
    return [reached, ...read.value.steps.map(({ step, ok, detail }) => ({ name: step, ok, detail }))];
  }

  statFile(path: string): Promise<Result<{ size: number; mtime: number }>> {
    return statLocalFile(path);
  }

  readFile(path: string, limit: number): Promise<Result<Uint8Array>> {
    return readLocalFile(path, limit);
  }

  private async command(args: readonly string[], input?: string): Promise<Result<string>> {
    const { python } = this;
    const result = await execa(python, [...interpreterOptions, this.supervisorFile, ...args], {
      ...this.options(),
      timeout: commandDeadline,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    });
    if (!result.failed) return success(result.stdout);
    if (result.code !== undefined) return failure(...explainSpawn(python, result));
    return failure('supervisor-failed', `The supervisor did not answer: ${result.shortMessage ?? ''}`);
  }

  private options(): { cwd: string; env: Record<string, string>; extendEnv: false; reject: false } {
    return { cwd: '/', env: inheritedEnvironment(process.env), extendEnv: false, reject: false };
  }
}

/** Waits for the supervisor's first word on the script; null where it ended, or the time ran out, without one. */
async function firstStatus(
  folder: RunFolder,
  ended: Promise<void>,
  hasEnded: () => boolean,
): Promise<RunStatus | null> {
  const deadline = Date.now() + startDeadline;
  for (;;) {
    // Asked before reading: what an ended supervisor wrote is there to be read.
    const isLast = hasEnded();
    const read = await readRunStatus(folder);
    const status = read.ok ? read.value : null;
    if (status !== null && (status.script !== null || status.failure !== null)) return status;
    if (isLast || Date.now() > deadline) return null;
    await Promise.race([ended, pause(5)]);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Why a supervisor ended, or did not come up, without a word in its status. */
function explainEnd(folder: RunFolder, python: string, end: CommandEnd | null): Result<never> {
  if (end?.code !== undefined) return failure(...explainSpawn(python, end));
  if (end === null) {
    const seconds = startDeadline / 1000;
    return failure(
      'supervisor-silent',
      `${python} did not start the script of ${folder.path} within ${seconds} s.`,
    );
  }
  const code = end.exitCode === undefined ? '' : ` (exit code ${end.exitCode})`;
  return failure(
    'supervisor-failed',
    `The supervisor in ${folder.path} ended before it could start the script${code}. Is ${python} Python 3.6 or newer?`,
  );
}
