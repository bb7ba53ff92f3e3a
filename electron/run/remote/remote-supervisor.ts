import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { failure, success, type Failure, type Result } from '../../../shared/result';
import { RemoteCommand } from './remote-command';
import { lastLine, type CommandEnd, type RemoteHost } from './remote-host';

/** How long a command may take, the way there included. Milliseconds. */
const usualDeadline = 30_000;
/** A file may be large and the way to it slow. Milliseconds. */
const readDeadline = 120_000;
/** The most that is taken of an answer in one line. */
const largestAnswer = 4 * 1024 * 1024;

/**
 * Reads the supervisor from stdin and runs it: the machines of the scripts have no copy of it. First it prints a line
 * by which its output is told from what a shell over there may print before. Words that begin with `~/` are paths in the
 * home folder of the user over there. No `!`: csh would take it for history.
 */
const bootstrap = [
  'import os,sys',
  'n=int(sys.argv.pop(1))',
  'sys.stdout.write(sys.argv.pop(1)+chr(10))',
  'sys.stdout.flush()',
  'sys.argv[1:]=[os.path.expanduser(w) if w[:2]=="~/" else w for w in sys.argv[1:]]',
  's=sys.stdin.buffer.read(n)',
  'exec(compile(s,"smurf_supervisor.py","exec"),{"__name__":"__main__"})',
].join(';');

/** `-I` keeps PYTHON* variables away from the supervisor; `-S` saves it a third of its start-up. */
const interpreterOptions = ['-I', '-S'];

const fileSchema = z.object({ size: z.number(), mtime: z.number() });
/** The most that the line before a file's bytes has. */
const largestFileLine = 4096;

/** A file there, and its first bytes. `mtime` is in Unix seconds. */
export interface RemoteFile {
  readonly size: number;
  readonly mtime: number;
  readonly bytes: Buffer;
}

const refusalSchema = z.object({ failure: z.object({ code: z.string(), message: z.string() }) });

export interface AskOptions {
  /** The command's input after the source; none where it is left out. */
  readonly input?: string;
  /** Milliseconds. */
  readonly deadline?: number;
}

/** An answer. `isOwn`: it is the supervisor's own word; else the way to it failed, and what came of it is not known. */
export interface Answer<Value> {
  readonly isOwn: boolean;
  readonly result: Result<Value>;
}

/** Runs commands of the supervisor on a host. */
export class RemoteSupervisor {
  #source: Promise<Buffer> | null = null;

  constructor(
    readonly host: RemoteHost,
    private readonly python: string,
    /** The supervisor's path on this machine. */
    private readonly supervisorFile: string,
  ) {}

  /** Starts a command; its input stays open after the source. Throws where the source cannot be read here. */
  async open(words: readonly string[], input = ''): Promise<RemoteCommand> {
    this.#source ??= readFile(this.supervisorFile).catch((error: unknown) => {
      // What failed for a moment is read again, not kept.
      this.#source = null;
      throw error;
    });
    const source = await this.#source;
    await this.host.prepare();
    const marker = `smurf-panel-${randomBytes(8).toString('hex')}`;
    const argv = [
      this.python,
      ...interpreterOptions,
      '-c',
      bootstrap,
      String(source.length),
      marker,
      ...words,
    ];
    return new RemoteCommand(this.host.command(argv), marker, Buffer.concat([source, Buffer.from(input)]));
  }

  /** Runs a command that answers with one line of JSON. */
  async ask<Value>(
    words: readonly string[],
    schema: z.ZodType<Value>,
    options: AskOptions = {},
  ): Promise<Answer<Value>> {
    const collected = await this.collect(words, largestAnswer, options);
    if (!collected.ok) return { isOwn: false, result: collected };
    const text = collected.value.toString('utf8');
    const lineEnd = text.indexOf('\n');
    if (lineEnd >= 0) return { isOwn: true, result: this.parse(text.slice(0, lineEnd), schema) };
    return { isOwn: false, result: failure('connection-closed', `The answer of ${this.host.name} was cut.`) };
  }

  /** Reads a file there, up to `limit` bytes. */
  async read(path: string, limit: number, deadline = readDeadline): Promise<Result<RemoteFile>> {
    const collected = await this.collect(['read', path, String(limit)], limit + largestFileLine, {
      deadline,
    });
    if (!collected.ok) return collected;
    const lineEnd = collected.value.indexOf(10);
    const line = this.parse(collected.value.subarray(0, Math.max(0, lineEnd)).toString('utf8'), fileSchema);
    if (!line.ok) return line;
    const bytes = collected.value.subarray(lineEnd + 1, lineEnd + 1 + limit);
    if (bytes.length >= Math.min(limit, line.value.size)) return success({ ...line.value, bytes });
    return failure('file-unreadable', `${path} came only in part from ${this.host.name}.`);
  }

  /** Runs a command to its end and gives what it wrote, up to `limit` bytes. Fails where that is nothing. */
  async collect(words: readonly string[], limit: number, options: AskOptions = {}): Promise<Result<Buffer>> {
    const patience = options.deadline ?? usualDeadline;
    const deadline = performance.now() + patience;
    const command = await this.open(words, options.input);
    command.endInput();
    const pieces: Buffer[] = [];
    let held = 0;
    let isSilent = false;
    while (held < limit) {
      const piece = await command.next(Math.max(0, deadline - performance.now()));
      isSilent = piece.kind === 'silent';
      if (piece.kind !== 'bytes') break;
      pieces.push(piece.bytes);
      held += piece.bytes.length;
    }
    const { reached } = command;
    const end = await command.close();
    if (isSilent) return { ok: false, error: this.silence(patience) };
    if (held > 0) return success(Buffer.concat(pieces).subarray(0, limit));
    return { ok: false, error: await this.explain(end, reached) };
  }

  /** Reads an answer: what was asked for, or the supervisor's own word on why not. */
  parse<Value>(line: string, schema: z.ZodType<Value>): Result<Value> {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return failure(
        'answer-unreadable',
        `The supervisor ${this.host.place} answered "${line.slice(0, 200)}".`,
      );
    }
    const refusal = refusalSchema.safeParse(value);
    if (refusal.success) return failure(refusal.data.failure.code, refusal.data.failure.message);
    const answer = schema.safeParse(value);
    if (answer.success) return success(answer.data);
    const issue = z.prettifyError(answer.error);
    return failure(
      'answer-unreadable',
      `The supervisor ${this.host.place} gave an unexpected answer: ${issue}`,
    );
  }

  /** Why a command ended without an answer. */
  async explain(end: CommandEnd, begun: boolean): Promise<Failure> {
    const { host, python } = this;
    // Once the supervisor speaks, the interpreter was there: its own words must not be taken for a shell's.
    const own = await host.explain(begun && end.exitCode !== 255 ? { ...end, exitCode: undefined } : end);
    if (own !== null) return own;
    const said = lastLine(end.stderr);
    if (!begun && end.exitCode === 0) {
      const message = `The shell of ${host.name} does not run commands: it prints something else.`;
      return { code: 'shell-noise', message };
    }
    if (begun && /^(\w*Error|\w*Exception)\b/.test(said)) {
      const message = `The supervisor failed ${host.place}: ${said}. Is ${python} a complete Python 3.6 or newer?`;
      return { code: 'supervisor-failed', message };
    }
    const cause = said === '' ? '' : `: ${said}`;
    return { code: 'connection-closed', message: `The connection to ${host.name} was closed${cause}.` };
  }

  silence(patience: number): Failure {
    const seconds = Math.round(patience / 1000);
    return { code: 'no-answer', message: `No answer from ${this.host.name} for ${seconds} s.` };
  }
}
