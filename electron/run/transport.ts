import type { Result } from '../../shared/result';
import type { RunProcess } from '../../shared/domain/run';
import type { RunFolder, RunStatus } from './run-folder';

/** The signals that an abort sends. */
export type RunSignal = 'INT' | 'TERM' | 'KILL';

/** What lives of a run, as the supervisor found it where the script runs. */
export interface RunProbe {
  readonly supervisor: 'alive' | 'dead' | 'unknown';
  readonly processes: readonly RunProcess[];
}

/** Hears what becomes of a followed run. */
export interface RunFollowerEvents {
  /** `status.json` was read or has changed. */
  onStatus(status: RunStatus): void;
  /** The supervisor is not there any more and did not get to its last word. */
  onSupervisorGone(): void;
  /** Following fails for now and goes on being tried. Each failure is told once. */
  onFault(error: unknown): void;
}

/** A run being followed. Closing stops the following, never the run. */
export interface RunFollower {
  close(): Promise<void>;
}

/**
 * How the panel reaches the machine where a slot's scripts run. The run itself belongs to the supervisor on that
 * machine: a transport starts it, brings the run's folder here, and carries signals.
 */
export interface Transport {
  /** Starts the supervisor on a prepared folder. Answers once the script runs, or with why it does not. */
  start(folder: RunFolder, python: string): Promise<Result<RunStatus>>;
  /**
   * Makes the local folder catch up with the run, for as long as it lives, and tells of its status. `known` is what the
   * status said last: it names the supervisor to look for, should the folder be gone by now.
   */
  follow(folder: RunFolder, known: RunStatus, events: RunFollowerEvents): RunFollower;
  /** Signals the run's processes, grandchildren included, and answers what lives afterwards. */
  signal(folder: RunFolder, python: string, signal: RunSignal): Promise<Result<RunProbe>>;
  /** What lives of the run. */
  probe(folder: RunFolder, python: string): Promise<Result<RunProbe>>;
  /** Reads a file of the machine where the script runs, up to `limit` bytes. */
  readFile(path: string, limit: number): Promise<Result<Uint8Array>>;
}
