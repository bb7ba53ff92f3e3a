import type { CheckStep, ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import type { LostConnection, RunProcess } from '../../shared/domain/run';
import type { Result } from '../../shared/result';
import type { RunFolder, RunRequest, RunStatus } from './run-folder';

/** The signals that an abort sends. */
export type RunSignal = 'INT' | 'TERM' | 'KILL';

/** What lives of a run, as the supervisor found it where the script runs. */
export interface RunProbe {
  readonly supervisor: 'alive' | 'dead' | 'unknown';
  readonly processes: readonly RunProcess[];
  /** Processes that the system did not let be signalled, and why: another user's, mostly. */
  readonly refused: readonly { readonly pid: number; readonly message: string }[];
}

/** Hears what becomes of a followed run. */
export interface RunFollowerEvents {
  /** `status.json` was read or has changed. */
  onStatus(status: RunStatus): void;
  /** The supervisor is not there any more and did not get to its last word. */
  onSupervisorGone(): void;
  /** The way to the run is cut, or (null) is there again. The run itself goes on. */
  onConnection(lost: LostConnection | null): void;
  /** Following fails for now and goes on being tried. Each failure is told once. */
  onFault(error: unknown): void;
}

/** A run being followed. Closing stops the following, never the run. */
export interface RunFollower {
  close(): Promise<void>;
}

/** What a connection check tries beyond reaching the machine. `token` is what the publish step sends. */
export interface CheckRequest {
  readonly scripts: readonly string[];
  readonly udp: { readonly host: string; readonly port: number; readonly id: string };
  readonly token: string;
}

/** The scripts below some folders, and sentences on what could not be listed. */
export interface ScriptList {
  readonly scripts: ScriptEntry[];
  readonly problems: string[];
}

/**
 * How the panel reaches the machine where a slot's scripts run. The run itself belongs to the supervisor on that
 * machine: a transport starts it, brings the run's folder here, and carries signals. Made for one configuration of one
 * slot; a run keeps the transport that it was started with.
 */
export interface Transport {
  /** Starts the supervisor. Answers once the script runs, or with why it does not. The local folder is prepared. */
  start(folder: RunFolder, request: RunRequest): Promise<Result<RunStatus>>;
  /**
   * Makes the local folder catch up with the run, for as long as it lives, and tells of its status. `known` is what the
   * status said last: it names the supervisor to look for, should the folder be gone by now.
   */
  follow(folder: RunFolder, known: RunStatus, events: RunFollowerEvents): RunFollower;
  /** Signals the run's processes, grandchildren included, and answers what lives afterwards. */
  signal(folder: RunFolder, signal: RunSignal): Promise<Result<RunProbe>>;
  /** What lives of the run. */
  probe(folder: RunFolder): Promise<Result<RunProbe>>;
  /**
   * Removes what the machine where scripts run keeps of a run that is over, beyond the folder here. Refused with the
   * code `run-kept` where that machine says that it must stay or cannot go; any other failure is the way there.
   */
  remove(folder: RunFolder): Promise<Result<null>>;
  /** The scripts below these folders of the machine where scripts run. */
  listScripts(folders: readonly string[]): Promise<Result<ScriptList>>;
  /** Reads a file of the machine where scripts run, up to `limit` bytes. */
  readFile(path: string, limit: number): Promise<Result<Uint8Array>>;
  /** Size (bytes) and time of writing (Unix seconds) of a file of the machine where scripts run. */
  statFile(path: string): Promise<Result<{ readonly size: number; readonly mtime: number }>>;
  /** Tries at once to reach what is followed: the machine woke up, or its network is back. */
  wake(): void;
  /** Tries what a run needs, step by step, up to the first that fails. */
  check(request: CheckRequest): Promise<CheckStep[]>;
}
