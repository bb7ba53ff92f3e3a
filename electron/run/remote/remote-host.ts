import type { Failure } from '../../../shared/result';

/** A command line client and its arguments, ready to be started without a shell. */
export interface HostCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/** How a client ended: `code` is the system's where it could not be started at all. */
export interface CommandEnd {
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  /** The last of what it wrote to stderr. */
  readonly stderr: string;
}

/** A place where commands are run by way of a command line client: a container, or another machine. */
export interface RemoteHost {
  /** For sentences: `container ocs-pysmurf-s2`, `smurf-srv27`. */
  readonly name: string;
  /** The same where something happens there: `in container ocs-pysmurf-s2`, `on smurf-srv27`. */
  readonly place: string;
  /** The client's command line that runs `argv` there, with stdin and both outputs connected. */
  command(argv: readonly string[]): HostCommand;
  /** Why the client could not run the command; null where its end tells nothing about that. */
  explain(end: CommandEnd): Promise<Failure | null>;
  /** Makes ready what the client needs on this machine. Called before each command; never throws. */
  prepare(): Promise<void>;
  /** The connection proved dead: the next command has to be carried by a new one. */
  dropConnection(): Promise<void>;
}

/** Failures that prove that no process of a run can live: a container that does not run holds none. */
export const deadCodes: ReadonlySet<string> = new Set(['container-missing', 'container-not-running']);

/** Failures that prove that the host was reached: what failed is the interpreter there. */
export const interpreterCodes: ReadonlySet<string> = new Set([
  'interpreter-missing',
  'interpreter-not-executable',
]);

/** The last line of an error output that says something, without a period at its end. */
export function lastLine(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? '').replace(/\.$/, '').slice(-400);
}
