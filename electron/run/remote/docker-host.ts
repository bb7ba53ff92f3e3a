import { execFile } from 'node:child_process';
import { assertNever } from '../../../shared/assert-never';
import type { Failure } from '../../../shared/result';
import { inheritedEnvironment } from '../environment';
import { lastLine, type CommandEnd, type HostCommand, type RemoteHost } from './remote-host';

/** What is executed in: a container by name, or the container of a compose service. */
export type ContainerTarget =
  | { readonly kind: 'docker'; readonly container: string }
  | {
      readonly kind: 'compose';
      readonly service: string;
      readonly file: string | null;
      readonly project: string | null;
    };

export interface DockerHostOptions {
  readonly target: ContainerTarget;
  /** The client: `docker`, `podman`, or a path. */
  readonly program: string;
  /** User inside the container; null for the container's own. */
  readonly user: string | null;
}

type Explanation = readonly [pattern: RegExp, code: string, sentence: (host: DockerHost) => string];

/** What docker and podman say, and what that means. In order: the first that fits counts. */
const explanations: readonly Explanation[] = [
  [
    /permission denied while trying to connect|dial unix [^\n]*: connect: permission denied/i,
    'docker-permission',
    ({ program }) =>
      `This user may not talk to ${program}: no permission on its socket. Have the user added to the group that owns it (docker), and log in again.`,
  ],
  [
    /cannot connect to the docker daemon|is the docker daemon running|error during connect|(cannot|unable to) connect to podman/i,
    'docker-daemon',
    ({ program }) =>
      `${program} has no daemon to talk to: it is not running, or DOCKER_HOST or the context points elsewhere.`,
  ],
  [/is restarting, wait/i, 'container-restarting', ({ name }) => restarting(name)],
  [/is paused/i, 'container-paused', ({ name }) => paused(name)],
  [
    /no such container|no container with name or id/i,
    'container-missing',
    ({ name, program }) => `There is no ${name}: ${program} does not know it.`,
  ],
  [
    /is not running|container state improper|no container found for/i,
    'container-not-running',
    ({ name }) => stopped(name),
  ],
  [
    /unable to find user|no matching entries in passwd/i,
    'user-missing',
    ({ name, user }) => `There is no user ${user ?? ''} in ${name}.`,
  ],
];

/** What compose says before it gets as far as docker. */
const composeExplanations: readonly Explanation[] = [
  [
    /'compose' is not a docker command|unknown command: docker compose|unknown shorthand flag: '[fpT]'|unrecognized command `podman compose`|looking up compose provider failed/i,
    'compose-missing',
    ({ program }) =>
      `${program} has no compose: install its compose plug-in, or name the container instead of the service.`,
  ],
  [
    /no configuration file provided|can't find a suitable configuration file|open [^\n]*: no such file or directory|no such file or directory: '[^\n]*ya?ml'/i,
    'compose-file-missing',
    ({ composeFile }) =>
      composeFile === null
        ? 'No compose file was found. Set transport file of this slot to its path.'
        : `The compose file ${composeFile} does not exist on this machine.`,
  ],
  [/no such service/i, 'service-missing', ({ name }) => `There is no ${name} in the compose file.`],
];

/** How long the client may take to tell a container's state. Milliseconds. */
const inspectPatience = 5000;

const stopped = (name: string): string => `The ${name} is not running. Whatever ran in it has ended.`;
const paused = (name: string): string =>
  `The ${name} is paused, and with it whatever runs in it. Unpause it to go on.`;
const restarting = (name: string): string => `The ${name} is restarting. Whatever ran in it has ended.`;

/** Runs commands in a container that runs already, by `docker exec`, `podman exec` or `docker compose exec`. */
export class DockerHost implements RemoteHost {
  readonly name: string;
  readonly place: string;
  readonly program: string;
  readonly user: string | null;
  readonly composeFile: string | null;
  readonly #target: ContainerTarget;

  constructor(options: DockerHostOptions) {
    this.#target = options.target;
    this.program = options.program;
    this.user = options.user;
    this.name = nameOf(options.target);
    this.place = `in ${this.name}`;
    this.composeFile = options.target.kind === 'compose' ? options.target.file : null;
  }

  command(argv: readonly string[]): HostCommand {
    const user = this.user === null ? [] : ['-u', this.user];
    return { file: this.program, args: [...execArguments(this.#target, user), ...argv] };
  }

  async explain(end: CommandEnd): Promise<Failure | null> {
    if (end.code !== undefined) return this.#explainSpawn(end.code);
    const isCompose = this.#target.kind === 'compose';
    for (const [pattern, code, sentence] of isCompose
      ? [...composeExplanations, ...explanations]
      : explanations) {
      if (!pattern.test(end.stderr)) continue;
      const found = { code, message: sentence(this) };
      return code === 'container-not-running' ? this.#tellPaused(found) : found;
    }
    return this.#explainInterpreter(end);
  }

  /** Nothing to make ready. */
  prepare(): Promise<void> {
    return Promise.resolve();
  }

  /** Every command has a connection of its own. */
  dropConnection(): Promise<void> {
    return Promise.resolve();
  }

  /** podman says the same of a paused container as of a stopped one, and only in one of them nothing lives. */
  #tellPaused(found: Failure): Promise<Failure> {
    if (this.#target.kind !== 'docker') return Promise.resolve(found);
    const args = ['inspect', '--format', '{{.State.Status}}', this.#target.container];
    const env = inheritedEnvironment(process.env);
    return new Promise((resolve) => {
      execFile(this.program, args, { timeout: inspectPatience, env }, (error, stdout) => {
        const state = stdout.trim();
        if (state === 'paused') resolve({ code: 'container-paused', message: paused(this.name) });
        // Running again by now, or not to be found out: then nothing may be concluded.
        else if (error !== null || state === 'running' || state === 'restarting')
          resolve({ code: 'container-restarting', message: restarting(this.name) });
        else resolve(found);
      });
    });
  }

  #explainSpawn(code: string): Failure {
    if (code === 'ENOENT') {
      const message = `The program ${this.program} was not found on this machine. Install it, or set transport program of this slot.`;
      return { code: 'docker-missing', message };
    }
    if (code === 'EACCES') {
      const message = `The program ${this.program} may not be executed by this user.`;
      return { code: 'docker-missing', message };
    }
    return { code: 'docker-failed', message: `${this.program} could not be started (${code}).` };
  }

  #explainInterpreter(end: CommandEnd): Failure | null {
    const refusal = end.stderr
      .split('\n')
      .find((line) => /OCI runtime|OCI permission|exec failed/i.test(line));
    const isRefused = refusal !== undefined || end.exitCode === 126 || end.exitCode === 127;
    if (!isRefused) return this.#explainUser(end);
    const said = refusal ?? end.stderr;
    // docker says 126 of a path that does not exist, too.
    if (end.exitCode === 127 || /not found|no such file or directory/i.test(said)) {
      const message = `There is no such Python in ${this.name}. Set transport python of this slot to a path inside it.`;
      return { code: 'interpreter-missing', message };
    }
    if (end.exitCode === 126 || /permission denied/i.test(said)) {
      const message = `The interpreter may not be executed in ${this.name}: ${lastLine(said)}.`;
      return { code: 'interpreter-not-executable', message };
    }
    return { code: 'docker-failed', message: `${this.program} says: ${lastLine(refusal ?? end.stderr)}.` };
  }

  /** The docker client on podman's socket tells nothing but that the command was refused. */
  #explainUser(end: CommandEnd): Failure | null {
    if (!/unable to upgrade to tcp/i.test(end.stderr)) return null;
    const hint = this.user === null ? '' : ` Is there a user ${this.user} in it?`;
    return { code: 'command-refused', message: `The ${this.name} did not take the command.${hint}` };
  }
}

function nameOf(target: ContainerTarget): string {
  switch (target.kind) {
    case 'docker':
      return `container ${target.container}`;
    case 'compose':
      return `service ${target.service}`;
    default:
      return assertNever(target);
  }
}

function execArguments(target: ContainerTarget, user: readonly string[]): string[] {
  switch (target.kind) {
    case 'docker':
      return ['exec', '-i', ...user, target.container];
    case 'compose': {
      const file = target.file === null ? [] : ['-f', target.file];
      const project = target.project === null ? [] : ['-p', target.project];
      return ['compose', ...file, ...project, 'exec', '-T', ...user, target.service];
    }
    default:
      return assertNever(target);
  }
}
