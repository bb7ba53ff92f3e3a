import { execFile } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import type { Failure } from '../../../shared/result';
import { lastLine, type CommandEnd, type HostCommand, type RemoteHost } from './remote-host';
import { quoteWords } from './shell-quote';

/**
 * The longest folder for control sockets: a socket's path has 107 bytes, of which ssh takes one for the slash, 40 for
 * `%C` and 17 for the name under which it makes the socket.
 */
const longestControlFolder = 107 - 1 - 40 - 17;

/** How long ssh may take to tell the process that shares its connection to end. Milliseconds. */
const dropPatience = 3000;

export interface SshHostOptions {
  /** As on ssh's command line: a name of the operator's configuration, or user@machine. */
  readonly host: string;
  /** The folder for the sockets by which commands share one connection; made with mode 0700. Null: not shared. */
  readonly controlFolder: string | null;
  /** A configuration to use in place of the operator's own. */
  readonly configFile?: string | undefined;
}

type Explanation = readonly [pattern: RegExp, code: string, sentence: (host: SshHost) => string];

/** What ssh says, and what that means. In order: the first that fits counts. */
const explanations: readonly Explanation[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    'host-key-changed',
    ({ name }) =>
      `The host key of ${name} is not the one known for it: the machine was set up anew, or another one answers in its place. Nothing was sent. Once you know which, run: ssh-keygen -R with its name, then ssh ${name} in a terminal.`,
  ],
  [
    /Host key verification failed|No [^\n]* host key is known for/i,
    'host-key-unknown',
    ({ name }) =>
      `The host key of ${name} is not known yet. Run ssh ${name} once in a terminal and compare the key it shows.`,
  ],
  [
    /Bad configuration option|Bad owner or permissions|Can't open user config file|no argument after keyword/i,
    'ssh-configuration',
    () => 'The configuration of ssh is not accepted',
  ],
  [
    /Could not resolve hostname|Name or service not known|nodename nor servname/i,
    'host-unknown',
    ({ name }) => `No machine is known by the name ${name}. Check the name, the network and ~/.ssh/config.`,
  ],
  [
    /Permission denied|Too many authentication failures|No more authentication methods/i,
    'ssh-permission',
    ({ name }) =>
      `${name} does not let this user in: no key was accepted. The panel cannot ask for a password; load a key into the agent (ssh-add), or name it in ~/.ssh/config.`,
  ],
  [
    /Connection refused/i,
    'host-refused',
    ({ name }) => `${name} refuses the connection: no ssh server answers there.`,
  ],
  [
    /timed out|Timeout, server|not responding/i,
    'host-timeout',
    ({ name }) => `${name} does not answer: it is off, or the network to it is cut.`,
  ],
  [
    /No route to host|Network is unreachable/i,
    'host-unreachable',
    ({ name }) => `${name} cannot be reached: there is no route to it.`,
  ],
  [
    /Connection (closed|reset)|Broken pipe|mux_client|kex_exchange_identification/i,
    'connection-closed',
    ({ name }) => `The connection to ${name} was closed.`,
  ],
];

/** Runs commands on another machine by the system's `ssh`, with the operator's configuration, agent and jump hosts. */
export class SshHost implements RemoteHost {
  readonly name: string;
  readonly place: string;
  readonly #options: SshHostOptions;
  readonly #controlPath: string | null;
  /** Null while it was not tried, false where the folder cannot be had. */
  #shares: boolean | null = null;

  constructor(options: SshHostOptions) {
    this.name = options.host;
    this.place = `on ${options.host}`;
    this.#options = options;
    this.#controlPath = controlPathIn(options.controlFolder);
  }

  command(argv: readonly string[]): HostCommand {
    return { file: 'ssh', args: [...this.#connection(), '-T', '--', this.name, quoteWords(argv)] };
  }

  explain(end: CommandEnd): Promise<Failure | null> {
    return Promise.resolve(this.#explain(end));
  }

  #explain(end: CommandEnd): Failure | null {
    if (end.code !== undefined) {
      const message =
        end.code === 'ENOENT'
          ? 'The program ssh was not found on this machine. Install OpenSSH.'
          : `ssh could not be started (${end.code}).`;
      return { code: 'ssh-missing', message };
    }
    // Any other exit code is that of the command over there.
    if (end.exitCode !== 255) return this.#explainShell(end);
    for (const [pattern, code, sentence] of explanations) {
      if (!pattern.test(end.stderr)) continue;
      const cause = code === 'ssh-configuration' ? `: ${lastLine(end.stderr)}.` : '';
      return { code, message: `${sentence(this)}${cause}` };
    }
    const said = lastLine(end.stderr);
    const message =
      said === '' ? `The connection to ${this.name} was closed.` : `ssh ${this.name} says: ${said}.`;
    return { code: said === '' ? 'connection-closed' : 'ssh-failed', message };
  }

  async prepare(): Promise<void> {
    if (this.#shares !== null || this.#options.controlFolder === null || this.#controlPath === null) return;
    try {
      await mkdir(this.#options.controlFolder, { recursive: true, mode: 0o700 });
      await chmod(this.#options.controlFolder, 0o700);
      this.#shares = true;
    } catch {
      // Without the folder each command makes a connection of its own: slower, and just as good.
      this.#shares = false;
    }
  }

  dropConnection(): Promise<void> {
    if (this.#shares !== true) return Promise.resolve();
    return new Promise((resolve) => {
      // It fails where there is no connection to drop, which is what was wanted.
      execFile('ssh', [...this.#connection(), '-O', 'exit', '--', this.name], { timeout: dropPatience }, () =>
        resolve(),
      );
    });
  }

  #connection(): string[] {
    const { configFile } = this.#options;
    const configuration = configFile === undefined ? [] : ['-F', configFile];
    const options = ['BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=5', 'ServerAliveCountMax=3'];
    if (this.#shares === true && this.#controlPath !== null) {
      options.push('ControlMaster=auto', `ControlPath="${this.#controlPath}"`, 'ControlPersist=60');
    } else {
      options.push('ControlMaster=no', 'ControlPath=none');
    }
    return [...configuration, ...options.flatMap((option) => ['-o', option])];
  }

  #explainShell(end: CommandEnd): Failure | null {
    const isMissing = end.exitCode === 127 || /command not found|: not found/i.test(end.stderr);
    if (isMissing) {
      const message = `There is no such Python on ${this.name}. Set transport python of this slot to a path there.`;
      return { code: 'interpreter-missing', message };
    }
    if (end.exitCode !== 126) return null;
    const message = `The interpreter may not be executed on ${this.name}: ${lastLine(end.stderr)}.`;
    return { code: 'interpreter-not-executable', message };
  }
}

/** The path of the control socket, with `%C` for ssh to fill in; null where ssh could not make that socket. */
function controlPathIn(folder: string | null): string | null {
  // ssh would take these for its own: `%` and `$` for what it fills in, quotes and backslashes for its configuration.
  if (folder === null || /[%$"'\\\n]/.test(folder)) return null;
  return Buffer.byteLength(folder) > longestControlFolder ? null : `${folder}/%C`;
}
