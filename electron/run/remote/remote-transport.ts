import { z } from 'zod';
import { fileCause } from '../../files/file-errors';
import { scriptEntrySchema, type CheckStep } from '../../../shared/ipc/calls/scripts-calls';
import { failure, success, type Failure, type Result } from '../../../shared/result';
import { runStatusSchema, type RunFolder, type RunRequest, type RunStatus } from '../run-folder';
import { probeSchema, stepsSchema } from '../supervisor-answers';
import type {
  CheckRequest,
  RunFollower,
  RunFollowerEvents,
  RunProbe,
  RunSignal,
  ScriptList,
  Transport,
} from '../transport';
import type { FileCache } from './file-cache';
import { recallRemoteFolder, rememberRemoteFolder } from './remote-folder';
import { RemoteFollower } from './remote-follower';
import { deadCodes, interpreterCodes } from './remote-host';
import { findStart, isUncertain } from './remote-start';
import { replaceFile } from './remote-status';
import type { RemoteSupervisor } from './remote-supervisor';

/** The supervisor gives a script 15 s to start; the way there comes on top. Milliseconds. */
const startDeadline = 45_000;
/** A folder may hold gigabytes, on a disk that is full or slow. Milliseconds. */
const removeDeadline = 120_000;

const startedSchema = runStatusSchema.extend({ folder: z.string() });
const removedSchema = z.object({ removed: z.boolean() });
const listSchema = z.object({ entries: z.array(scriptEntrySchema), problems: z.array(z.string()) });

/** Before anything is known of a run but that its start was asked for. */
const notKnownYet: RunStatus = {
  version: 1,
  boot: null,
  supervisor: { pid: 0, startTicks: null },
  script: null,
  startedAt: null,
  exit: null,
  failure: null,
  survivors: [],
  problems: [],
  outputEnded: false,
};

export interface RemoteTransportOptions {
  readonly supervisor: RemoteSupervisor;
  /** The folder there that holds one folder per run; `~/` stands for the user's home. */
  readonly runs: string;
  /** The interpreter there. */
  readonly python: string;
  readonly files: FileCache;
  readonly now?: () => number;
  /** How long to look for the outcome of a start that was cut. Milliseconds. */
  readonly lookPatience?: number;
  /** How long a start under way may take to write its status, milliseconds. */
  readonly startPatience?: number;
}

/** Runs scripts in a container or on another machine, by way of the supervisor there. */
export class RemoteTransport implements Transport {
  readonly #options: RemoteTransportOptions;
  readonly #supervisor: RemoteSupervisor;
  readonly #followers = new Set<RemoteFollower>();

  constructor(options: RemoteTransportOptions) {
    this.#options = options;
    this.#supervisor = options.supervisor;
  }

  /**
   * Where the connection was cut and it cannot be found out whether the script was started, the answer is a status
   * without a script: the follower then learns what became of it.
   */
  async start(folder: RunFolder, request: RunRequest): Promise<Result<RunStatus>> {
    const { host } = this.#supervisor;
    const { runs } = this.#options;
    try {
      // Before the start: a panel that is killed in between must find the run again.
      await rememberRemoteFolder(folder, host.name, this.#usualFolder(folder));
      await keepStatus(folder, notKnownYet);
    } catch (error) {
      const message = `${folder.path} cannot be written: ${fileCause(error)}. Nothing was started.`;
      return failure('run-folder', message);
    }
    const { isOwn, result } = await this.#supervisor.ask(['start', runs, folder.run], startedSchema, {
      input: JSON.stringify({ version: 1, ...request }),
      deadline: startDeadline,
    });
    if (result.ok) {
      const { folder: remote, ...status } = result.value;
      return this.#begun(folder, status, remote);
    }
    if (isOwn || !isUncertain(result.error.code)) return this.#notBegun(folder, result.error);
    const place = this.#usualFolder(folder);
    const patience = { look: this.#options.lookPatience, start: this.#options.startPatience };
    const found = await findStart(this.#supervisor, place, result.error.message, patience);
    if (found.ok) return found.value === null ? success(notKnownYet) : this.#begun(folder, found.value, null);
    return this.#notBegun(folder, found.error);
  }

  follow(folder: RunFolder, _known: RunStatus, events: RunFollowerEvents): RunFollower {
    const follower = new RemoteFollower({
      supervisor: this.#supervisor,
      folder,
      remoteFolder: () => this.#remoteFolder(folder),
      events,
      now: this.#options.now ?? Date.now,
    });
    this.#followers.add(follower);
    return {
      close: async () => {
        this.#followers.delete(follower);
        await follower.close();
      },
    };
  }

  /** Tries at once to reach what is followed: the machine woke up, its network is back, or the operator wants it. */
  wake(): void {
    for (const follower of this.#followers) follower.wake();
  }

  async signal(folder: RunFolder, signal: RunSignal): Promise<Result<RunProbe>> {
    return this.#ask(['signal', await this.#remoteFolder(folder), signal]);
  }

  async probe(folder: RunFolder): Promise<Result<RunProbe>> {
    return this.#ask(['probe', await this.#remoteFolder(folder)]);
  }

  async remove(folder: RunFolder): Promise<Result<null>> {
    const words = ['remove', await this.#remoteFolder(folder)];
    const { result } = await this.#supervisor.ask(words, removedSchema, { deadline: removeDeadline });
    return result.ok ? success(null) : result;
  }

  async listScripts(folders: readonly string[]): Promise<Result<ScriptList>> {
    const { result } = await this.#supervisor.ask(['list', ...folders], listSchema);
    if (!result.ok) return result;
    return success({ scripts: result.value.entries, problems: result.value.problems });
  }

  async statFile(path: string): Promise<Result<{ size: number; mtime: number }>> {
    const about = await this.#supervisor.read(path, 0);
    return about.ok ? success({ size: about.value.size, mtime: about.value.mtime }) : about;
  }

  async readFile(path: string, limit: number): Promise<Result<Uint8Array>> {
    const { files } = this.#options;
    const about = await this.#supervisor.read(path, 0);
    if (!about.ok) return about;
    const host = this.#supervisor.host.name;
    const { size, mtime } = about.value;
    const kept = await orNull(files.get({ host, path, size, mtime, limit }));
    if (kept !== null) return success(kept);
    const read = await this.#supervisor.read(path, limit);
    if (!read.ok) return read;
    const { bytes, ...now } = read.value;
    await orNull(files.put({ host, path, size: now.size, mtime: now.mtime, limit }, bytes));
    return success(bytes);
  }

  async check(request: CheckRequest): Promise<CheckStep[]> {
    const { runs, python } = this.#options;
    const { host } = this.#supervisor;
    const begunAt = performance.now();
    const { result } = await this.#supervisor.ask(['check'], stepsSchema, {
      input: JSON.stringify({
        runs,
        python,
        scripts: request.scripts,
        udp: { ...request.udp, token: request.token },
      }),
    });
    const detail = `${host.name} answered in ${Math.round(performance.now() - begunAt)} ms`;
    const reached: CheckStep = { name: 'reach', ok: true, detail };
    if (!result.ok) {
      const { code, message } = result.error;
      const isPython = interpreterCodes.has(code) || code === 'supervisor-failed';
      if (isPython) return [reached, { name: 'python', ok: false, detail: message }];
      return [{ name: 'reach', ok: false, detail: message }];
    }
    const steps = result.value.steps.map(({ step, ...found }): CheckStep => ({ name: step, ...found }));
    const failed = steps.findIndex((step) => !step.ok);
    return [reached, ...(failed < 0 ? steps : steps.slice(0, failed + 1))];
  }

  async #ask(words: readonly string[]): Promise<Result<RunProbe>> {
    const { result } = await this.#supervisor.ask(words, probeSchema);
    if (result.ok || !deadCodes.has(result.error.code)) return result;
    // Nothing lives in a container that does not run, and that is what is asked here.
    return success({ supervisor: 'dead', processes: [], refused: [] });
  }

  async #begun(folder: RunFolder, status: RunStatus, remote: string | null): Promise<Result<RunStatus>> {
    if (status.failure !== null) return this.#notBegun(folder, status.failure);
    // Whoever follows must not take the output for complete before it was brought here.
    const begun: RunStatus = { ...status, outputEnded: false };
    try {
      if (remote !== null) await rememberRemoteFolder(folder, this.#supervisor.host.name, remote);
      await keepStatus(folder, begun);
    } catch {
      // The script runs, and that is the answer. The follower writes the same folder and tells why it cannot.
    }
    return success(begun);
  }

  async #notBegun(folder: RunFolder, { code, message }: Failure): Promise<Result<never>> {
    try {
      await keepStatus(folder, { ...notKnownYet, failure: { code, path: null, message } });
    } catch {
      // The answer says it; without the file a later panel asks the machine where the run would be.
    }
    return failure(code, message);
  }

  async #remoteFolder(folder: RunFolder): Promise<string> {
    return (await recallRemoteFolder(folder)) ?? this.#usualFolder(folder);
  }

  #usualFolder(folder: RunFolder): string {
    const runs = this.#options.runs.replace(/^\$(HOME|\{HOME\})(?=\/|$)/, '~');
    return `${runs.replace(/\/+$/, '')}/${folder.run}`;
  }
}

function keepStatus(folder: RunFolder, status: RunStatus): Promise<void> {
  return replaceFile(folder.path, 'status.json', `${JSON.stringify(status)}\n`);
}

/** The cache saves time only: a file is read all the same where the cache's folder cannot be used. */
function orNull<Value>(value: Promise<Value>): Promise<Value | null> {
  return value.catch(() => null);
}
