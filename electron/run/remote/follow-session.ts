import { z } from 'zod';
import { assertNever } from '../../../shared/assert-never';
import { fileCause } from '../../files/file-errors';
import { FrameError, FrameParser, type Frame } from './frames';
import { copiedParts, type LocalCopy } from './local-copy';
import type { RemoteCommand } from './remote-command';
import { deadCodes } from './remote-host';
import type { RemoteSupervisor } from './remote-supervisor';

/** How long to wait for the first sign of life, and for the next ones. Milliseconds. */
export interface FollowTiming {
  readonly firstPatience: number;
  readonly patience: number;
}

/** How a session ended. `isGone`: the supervisor lives no more and left no word on the script's end. */
export type SessionEnd =
  | { readonly kind: 'whole'; readonly isGone: boolean }
  | { readonly kind: 'different'; readonly isGone: boolean; readonly message: string }
  /** There is less there than here. */
  | { readonly kind: 'beyond'; readonly message: string }
  /** The run's folder, or the container that held it, is not there. */
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'cut'; readonly message: string }
  | { readonly kind: 'fault'; readonly error: unknown }
  | { readonly kind: 'stopped' };

export interface SessionEvents {
  /** The supervisor sent something. */
  onContact(): void;
  /** The text of `status.json`. Until it is taken, nothing more is read. */
  onStatus(text: string): Promise<void>;
}

const digestSchema = z.object({ bytes: z.number(), sha256: z.string() });
const endSchema = z.object({ log: digestSchema, index: digestSchema, messages: digestSchema });
const errorSchema = z.object({ code: z.string(), message: z.string() });

/** One connection that follows a run: from the sizes of the local files on, until it ends or is cut. */
export class FollowSession {
  readonly #supervisor: RemoteSupervisor;
  readonly #remoteFolder: string;
  readonly #copy: LocalCopy;
  readonly #timing: FollowTiming;
  readonly #events: SessionEvents;
  readonly #parser = new FrameParser();
  #command: RemoteCommand | null = null;
  #stopped = false;
  #hasContact = false;
  #isGone = false;

  constructor(
    supervisor: RemoteSupervisor,
    remoteFolder: string,
    copy: LocalCopy,
    timing: FollowTiming,
    events: SessionEvents,
  ) {
    this.#supervisor = supervisor;
    this.#remoteFolder = remoteFolder;
    this.#copy = copy;
    this.#timing = timing;
    this.#events = events;
  }

  /** Ends the session soon; `run` then resolves. */
  stop(): void {
    this.#stopped = true;
    this.#command?.stop();
  }

  /** Follows. Throws what the file system here throws. */
  async run(): Promise<SessionEnd> {
    const at = await this.#copy.settle();
    if (this.#stopped) return { kind: 'stopped' };
    const offsets = copiedParts.map((part) => String(at[part]));
    const command = await this.#supervisor.open(['follow', this.#remoteFolder, ...offsets]);
    this.#command = command;
    if (this.#stopped) command.stop();
    try {
      const end = await this.#read(command);
      return this.#stopped ? { kind: 'stopped' } : end;
    } finally {
      await command.close();
    }
  }

  async #read(command: RemoteCommand): Promise<SessionEnd> {
    for (;;) {
      const patience = this.#hasContact ? this.#timing.patience : this.#timing.firstPatience;
      const piece = await command.next(patience);
      switch (piece.kind) {
        case 'silent': {
          // Commands that share this connection would wait in vain, too.
          await this.#supervisor.host.dropConnection();
          return { kind: 'cut', message: this.#supervisor.silence(patience).message };
        }
        case 'ended':
          return this.#explain(command);
        case 'bytes': {
          const end = await this.#takeBytes(piece.bytes);
          if (end !== null) return end;
          break;
        }
        default:
          return assertNever(piece);
      }
    }
  }

  async #explain(command: RemoteCommand): Promise<SessionEnd> {
    const { reached } = command;
    const { code, message } = await this.#supervisor.explain(await command.close(), reached);
    if (code === 'container-missing') return { kind: 'missing', message };
    const isDead = deadCodes.has(code) ? ' The rest of its output can be fetched when it runs again.' : '';
    return { kind: 'cut', message: `${message}${isDead}` };
  }

  async #takeBytes(bytes: Buffer): Promise<SessionEnd | null> {
    let frames: Frame[];
    try {
      frames = this.#parser.push(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      return { kind: 'cut', message: error.message };
    }
    for (const frame of frames) {
      const end = await this.#take(frame);
      if (end !== null || this.#stopped) return end ?? { kind: 'stopped' };
    }
    return null;
  }

  async #take({ kind, payload }: Frame): Promise<SessionEnd | null> {
    if (kind === 'error') return this.#refused(errorSchema.parse(JSON.parse(payload.toString('utf8'))));
    if (!this.#hasContact) {
      this.#hasContact = true;
      this.#events.onContact();
    }
    switch (kind) {
      case 'log':
      case 'index':
      case 'messages':
        await this.#copy.append(kind, payload);
        return null;
      case 'status':
        await this.#events.onStatus(payload.toString('utf8'));
        return null;
      case 'heartbeat':
        return null;
      case 'gone':
        this.#isGone = true;
        return null;
      case 'end':
        return this.#compare(endSchema.parse(JSON.parse(payload.toString('utf8'))));
      default:
        return assertNever(kind);
    }
  }

  #refused({ code, message }: z.infer<typeof errorSchema>): SessionEnd {
    switch (code) {
      case 'run-missing':
        return { kind: 'missing', message };
      case 'offset-beyond':
      case 'offset-split':
        return { kind: 'beyond', message };
      default:
        return { kind: 'cut', message };
    }
  }

  async #compare(there: z.infer<typeof endSchema>): Promise<SessionEnd> {
    for (const part of copiedParts) {
      const here = await this.#copy.digest(part);
      if (here.bytes === there[part].bytes && here.sha256 === there[part].sha256) continue;
      const message = `The local copy ${this.#copy.path(part)} differs from the file ${this.#supervisor.host.place}.`;
      return { kind: 'different', isGone: this.#isGone, message };
    }
    return { kind: 'whole', isGone: this.#isGone };
  }
}

/** A failure here that stopped the copying, in words. */
export function describeFault(error: unknown, folder: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? `The disk of this machine is full: the run's output cannot be written to ${folder}. It is kept where the script runs, and fetched when there is room.`
    : `The run's output cannot be written to ${folder}: ${fileCause(error)}.`;
}
