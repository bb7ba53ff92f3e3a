import { open, stat, type FileHandle } from 'node:fs/promises';
import { failure, type Failure } from '../../shared/result';
import { fileCause, isMissing } from '../files/file-errors';

/** What can go wrong with a log's files. */
export type LogFailureCode = 'log-unreadable' | 'log-records-corrupt' | 'log-shrunk' | 'log-index-not-saved';
export type LogFailure = Failure<LogFailureCode>;

/** An expected failure on the way through the log; `message` is a sentence for the operator. */
export class LogError extends Error {
  readonly failure: LogFailure;

  constructor(code: LogFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LogError';
    this.failure = failure(code, message).error;
  }
}

/** A file that is read by position; the ways in which it is opened and read differ between threads. */
export interface LogBytes {
  readonly path: string;
  /** The file's size in bytes, or null while it is absent. */
  size(): Promise<number | null>;
  /** Fills `into` from `position` on. Answers how many bytes there were, fewer only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  /** Reads what stands under the path from now on, where that is another file than before. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A file that is read by position. It is opened at the first read, may be absent until then, and stays open until
 * `close()`, which waits for the reads under way. Failures other than absence are thrown as `LogError`.
 */
export class LogFile implements LogBytes {
  readonly path: string;
  #opening: Promise<FileHandle> | null = null;
  #closed = false;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(path: string) {
    this.path = path;
  }

  /** The file's size in bytes, or null while it is absent. */
  size(): Promise<number | null> {
    return this.#use(null, async (handle) => (await handle.stat()).size);
  }

  /** Fills `into` from `position` on. Answers how many bytes there were, fewer only at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number> {
    return this.#use(0, async (handle) => {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    });
  }

  /** Whether another file stands under the path than the one that is read. */
  isReplaced(): Promise<boolean> {
    return this.#use(false, async (handle) => {
      const [read, standing] = await Promise.all([handle.stat(), stat(this.path)]);
      return read.ino !== standing.ino || read.dev !== standing.dev;
    });
  }

  /** Reads what stands under the path from now on, where that is another file than before. */
  async reopen(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const before = [...this.#underWay];
    await Promise.allSettled(before);
    // One that could not be opened has said so to whoever used it.
    await (await opening?.catch(() => null))?.close();
  }

  /** Releases the handle. Using the file afterwards throws. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    const opening = this.#opening;
    this.#opening = null;
    if (opening !== null) await (await opening).close();
  }

  async #use<Value>(absent: Value, work: (handle: FileHandle) => Promise<Value>): Promise<Value> {
    if (this.#closed) throw new Error(`${this.path} was used after it was closed`);
    const use = this.#openThen(absent, work);
    this.#underWay.add(use);
    try {
      return await use;
    } finally {
      this.#underWay.delete(use);
    }
  }

  async #openThen<Value>(absent: Value, work: (handle: FileHandle) => Promise<Value>): Promise<Value> {
    try {
      this.#opening ??= open(this.path, 'r');
      const opening = this.#opening;
      const handle = await opening.catch((error: unknown) => {
        // Another reader may have started a newer attempt meanwhile.
        if (this.#opening === opening) this.#opening = null;
        throw error;
      });
      return await work(handle);
    } catch (error) {
      if (isMissing(error)) return absent;
      throw new LogError(
        'log-unreadable',
        `The log file ${this.path} cannot be read: ${fileCause(error)}.`,
        error,
      );
    }
  }
}
