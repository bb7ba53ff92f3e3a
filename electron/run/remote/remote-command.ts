import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { inheritedEnvironment } from '../environment';
import { ByteIntake, type Intake } from './byte-intake';
import type { CommandEnd, HostCommand } from './remote-host';

/** The most that is kept of stderr, from its end; the clients say at the end why they failed. */
const keptComplaint = 16 * 1024;
/** The most that a shell over there may print before the supervisor speaks. */
const largestNoise = 256 * 1024;
/** How long stderr may still come after the client ended: a process that shares the connection may hold it open. */
const complaintGrace = 300;
/** How long the client has to end by itself, and then after SIGTERM. Milliseconds. */
const endGrace = 500;
const terminateGrace = 2000;

/** One run of a command line client that carries one command of the supervisor. */
export class RemoteCommand {
  /** Resolves when the client has ended or could not be started. */
  readonly ended: Promise<CommandEnd>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #intake: ByteIntake;
  readonly #marker: Buffer;
  #before = Buffer.alloc(0);
  #reached = false;
  #complaint = '';

  /**
   * @param marker the line that precedes the supervisor's output. What comes before it is a shell's own noise.
   * @param input what is written to stdin, which stays open after it.
   */
  constructor(command: HostCommand, marker: string, input: Uint8Array) {
    this.#marker = Buffer.from(`${marker}\n`);
    this.#child = spawn(command.file, command.args, {
      cwd: '/',
      env: inheritedEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#intake = new ByteIntake(this.#child.stdout);
    const { stdin, stderr } = this.#child;
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-keptComplaint);
    });
    // A client that ends without reading breaks the pipe; its end tells why.
    stdin.on('error', () => stdin.destroy());
    this.ended = this.#end();
    stdin.write(input);
  }

  /** Whether the supervisor's code was begun over there. */
  get reached(): boolean {
    return this.#reached;
  }

  /** The next piece of the supervisor's output, waited for up to `patience` milliseconds. */
  async next(patience: number): Promise<Intake> {
    const deadline = performance.now() + patience;
    while (!this.#reached) {
      const piece = await this.#intake.next(Math.max(0, deadline - performance.now()));
      if (piece.kind !== 'bytes') return piece;
      this.#before = Buffer.concat([this.#before, piece.bytes]);
      const at = this.#before.indexOf(this.#marker);
      if (at < 0) {
        if (this.#before.length > largestNoise) return { kind: 'ended' };
        continue;
      }
      this.#reached = true;
      const bytes = this.#before.subarray(at + this.#marker.length);
      this.#before = Buffer.alloc(0);
      if (bytes.length > 0) return { kind: 'bytes', bytes };
    }
    return this.#intake.next(Math.max(0, deadline - performance.now()));
  }

  /** Tells the supervisor over there, by the end of its input, that nobody reads any more. */
  endInput(): void {
    this.#child.stdin.end();
  }

  /** Ends what is being read at once, so that whoever waits for it goes on. */
  stop(): void {
    this.endInput();
    this.#child.stdout.destroy();
  }

  /** Ends the client and waits for that. What runs over there notices by the end of its input. */
  async close(): Promise<CommandEnd> {
    this.stop();
    const terminate = setTimeout(() => this.#child.kill('SIGTERM'), endGrace);
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), endGrace + terminateGrace);
    try {
      return await this.ended;
    } finally {
      clearTimeout(terminate);
      clearTimeout(kill);
    }
  }

  #end(): Promise<CommandEnd> {
    const child = this.#child;
    return new Promise((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        // After a start it is a signal that could not be sent: the client has ended meanwhile.
        if (child.pid === undefined) resolve({ code: error.code ?? 'unknown', stderr: '' });
      });
      child.once('exit', (exitCode, signal) => {
        const told = (): void => {
          clearTimeout(timer);
          child.stderr.destroy();
          const how = exitCode === null ? {} : { exitCode };
          resolve({ ...how, ...(signal === null ? {} : { signal }), stderr: this.#complaint });
        };
        const timer = setTimeout(told, complaintGrace);
        if (child.stderr.readableEnded || child.stderr.destroyed) told();
        else child.stderr.once('end', told);
      });
    });
  }
}
