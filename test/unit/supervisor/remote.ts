import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';
import { expect } from 'vitest';
import { z } from 'zod';

import { eventually, statusSchema, SupervisedRun, supervisorPath } from './supervised-run';
import type { RunOptions, Status } from './supervised-run';

/** Runs the supervisor from its text on standard input, as on a machine that has no copy of it. */
const bootstrap =
  'import sys;n=int(sys.argv.pop(1));s=sys.stdin.buffer.read(n);' +
  'exec(compile(s,"smurf_supervisor.py","exec"),{"__name__":"__main__"})';
const source = await readFile(supervisorPath);

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The shell's command line, since ssh hands one string to the shell of the other machine. */
export function commandLine(words: readonly string[], python = 'python3'): string {
  return [python, '-I', '-S', '-c', bootstrap, String(source.length), ...words].map(quoted).join(' ');
}

export interface RemoteOptions {
  readonly python?: string;
  readonly env?: Record<string, string>;
  readonly uid?: number;
  /** Shell words before the command, such as a redirection. */
  readonly before?: string;
}

/** One command to its end: its exit code and what it wrote. */
export async function remote(words: readonly string[], input = '', options: RemoteOptions = {}) {
  const command = `${options.before ?? ''}${commandLine(words, options.python)}`;
  const result = await execa('sh', ['-c', command], {
    input: Buffer.concat([source, Buffer.from(input)]),
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid, cwd: '/' }),
  });
  const stderr = Buffer.from(result.stderr).toString();
  if (stderr !== '') throw new Error(stderr);
  return { code: result.exitCode, stdout: Buffer.from(result.stdout) };
}

/** The JSON of a command that answers with one line. */
export async function answerOf(words: readonly string[], input = '', options: RemoteOptions = {}) {
  const { code, stdout } = await remote(words, input, options);
  const text = stdout.toString();
  if (text.indexOf('\n') !== text.length - 1) throw new Error(`not one line: ${text}`);
  const content: unknown = JSON.parse(text);
  return { code, content };
}

const startedSchema = statusSchema.extend({ folder: z.string() });

/** Starts a run with `start`; the folder of the run that is returned is where the supervisor made it. */
export async function startRemotely(script: string, options: RunOptions = {}, how: RemoteOptions = {}) {
  const draft = await SupervisedRun.make(script, options);
  const root = join(draft.home, 'runs');
  const description = await readFile(join(draft.folder, 'run.json'), 'utf8');
  await rm(draft.folder, { recursive: true });
  const { code, content } = await answerOf(['start', root, draft.id], description, how);
  if (code !== 0) throw new Error(JSON.stringify(content));
  const started = startedSchema.parse(content);
  return { run: draft.at(started.folder), started, root, description };
}

const part = z.strictObject({ bytes: z.int(), sha256: z.string() });
const endSchema = z.strictObject({ log: part, index: part, messages: part });
export type End = z.infer<typeof endSchema>;

/** The panel's copy of a run's files, which several follows may fill. */
export class Copy {
  private readonly parts: Record<1 | 2 | 4, Buffer[]> = { 1: [], 2: [], 4: [] };
  private readonly sizes: Record<1 | 2 | 4, number> = { 1: 0, 2: 0, 4: 0 };

  add(kind: 1 | 2 | 4, bytes: Buffer): void {
    this.parts[kind].push(bytes);
    this.sizes[kind] += bytes.length;
  }

  get offsets(): [number, number, number] {
    return [this.sizes[1], this.sizes[2], this.sizes[4]];
  }

  file(kind: 1 | 2 | 4): Buffer {
    return Buffer.concat(this.parts[kind]);
  }

  /** What the last frame of a follow should say of this copy. */
  summary(): End {
    const about = (kind: 1 | 2 | 4) => ({
      bytes: this.sizes[kind],
      sha256: createHash('sha256').update(this.file(kind)).digest('hex'),
    });
    return { log: about(1), index: about(2), messages: about(4) };
  }
}

/** A `follow` and what it said, frame by frame. */
export class Follow {
  readonly kinds: number[] = [];
  readonly statuses: Status[] = [];
  readonly error: unknown[] = [];
  end: End | null = null;
  readonly ended: Promise<number | null>;
  readonly child: ChildProcess;
  private pending: Buffer = Buffer.alloc(0);
  private received = 0;
  private cutAt = Infinity;

  constructor(
    folder: string,
    readonly copy: Copy = new Copy(),
    options: {
      readonly offsets?: readonly number[];
      readonly python?: string;
      readonly reads?: boolean;
    } = {},
  ) {
    const offsets = (options.offsets ?? copy.offsets).map(String);
    const command = `exec ${commandLine(['follow', folder, ...offsets], options.python)}`;
    const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child = child;
    child.stdin.on('error', () => this.child.kill('SIGKILL')); // it is gone already
    child.stdin.write(source);
    if (options.reads !== false) child.stdout.on('data', (bytes: Buffer) => this.take(bytes));
    this.ended = new Promise((settle, fail) => {
      child.once('error', fail);
      child.once(options.reads === false ? 'exit' : 'close', (code: number | null) => settle(code));
    });
    follows.push(this);
  }

  /** Kills the follow as soon as so many bytes have come: the connection is gone in the middle of a frame. */
  cutAfter(bytes: number): this {
    this.cutAt = bytes;
    return this;
  }

  async until(what: string, test: () => boolean): Promise<void> {
    await eventually(what, test);
  }

  private take(bytes: Buffer): void {
    const wanted = Math.min(bytes.length, this.cutAt - this.received);
    this.received += wanted;
    let rest = Buffer.concat([this.pending, bytes.subarray(0, wanted)]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32LE(1)) {
      const length = rest.readUInt32LE(1);
      this.frame(rest.readUInt8(0), rest.subarray(5, 5 + length));
      rest = rest.subarray(5 + length);
    }
    this.pending = rest;
    if (this.received >= this.cutAt) this.child.kill('SIGKILL');
  }

  private frame(kind: number, payload: Buffer): void {
    if (payload.length > 256 * 1024) throw new Error(`a frame of ${payload.length} bytes`);
    if (this.end !== null) throw new Error(`frame ${kind} after the end`);
    this.kinds.push(kind);
    if (kind === 1 || kind === 2 || kind === 4) this.copy.add(kind, payload);
    else if (kind === 3) this.statuses.push(statusSchema.parse(JSON.parse(payload.toString())));
    else if (kind === 6) this.end = endSchema.parse(JSON.parse(payload.toString()));
    else if (kind === 7) this.error.push(JSON.parse(payload.toString()));
    else if (payload.length > 0 || (kind !== 5 && kind !== 8)) throw new Error(`a frame of kind ${kind}`);
  }
}

const follows: Follow[] = [];

/** For afterEach: ends the follows that a failed test left. */
export async function closeFollows(): Promise<void> {
  for (const follow of follows.splice(0)) {
    if (follow.child.exitCode === null && follow.child.signalCode === null) follow.child.kill('SIGKILL');
    await follow.ended;
  }
}

/** A datagram as messages.rec keeps it. */
export interface Recorded {
  readonly time: number;
  readonly port: number;
  readonly payload: string;
}

/** The messages in messages.rec; throws where it does not consist of whole records. */
export function messagesIn(bytes: Buffer): Recorded[] {
  const found: Recorded[] = [];
  for (let place = 0; place < bytes.length;) {
    const length = bytes.readUInt32LE(place + 10);
    const end = place + 14 + length;
    if (end > bytes.length) throw new Error(`half a record at byte ${place} of ${bytes.length}`);
    const payload = bytes.subarray(place + 14, end).toString('latin1');
    found.push({ time: bytes.readDoubleLE(place), port: bytes.readUInt16LE(place + 8), payload });
    place = end;
  }
  return found;
}

/** Python lines: `publish(text)` sends a datagram to where the run is told to publish. */
export const publishing = `
import os, socket
publisher = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
publisher.connect((os.environ['SMURFPUB_UDP_HOST'], int(os.environ['SMURFPUB_UDP_PORT'])))
def publish(text):
    publisher.send(text.encode())
`;

/** Matches any text with this part, as `expect.stringContaining` does, which has type `any`. */
export function containing(text: string): unknown {
  return expect.stringContaining(text);
}
