import { appendFile, open, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileCause } from '../files/file-errors';
import type { RunFolder, RunStatus } from './run-folder';

/** The streams as `output.idx` numbers them. */
export type StreamNumber = 1 | 2;

/** Writes the files of a run as the supervisor does, for a child of the panel's own. */
export class ChildRecorder {
  readonly #folder: RunFolder;
  readonly #log: FileHandle;
  readonly #index: FileHandle;
  readonly #copy: string | null;
  #offset = 0;
  #writing: Promise<void> = Promise.resolve();
  #problem: string | null = null;

  private constructor(folder: RunFolder, log: FileHandle, index: FileHandle, copy: string | null) {
    this.#folder = folder;
    this.#log = log;
    this.#index = index;
    this.#copy = copy;
  }

  /** Opens the run's files. `copy` is a file that the output is also appended to. */
  static async open(folder: RunFolder, copy: string | null): Promise<ChildRecorder> {
    const log = await open(join(folder.path, 'output.log'), 'a');
    const index = await open(join(folder.path, 'output.idx'), 'a');
    return new ChildRecorder(folder, log, index, copy);
  }

  /** What could not be written, in a sentence; null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Records a stream until it ends. The pipe waits while the disk does. */
  async record(stream: Readable, number: StreamNumber): Promise<void> {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      this.#writing = this.#writing.then(() => this.#write(bytes, number));
      await this.#writing;
    }
  }

  /** Replaces `status.json` as a whole. */
  async tell(status: RunStatus): Promise<void> {
    const file = join(this.#folder.path, 'status.json');
    await writeFile(`${file}.new`, JSON.stringify(status));
    await rename(`${file}.new`, file);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#log.close();
    await this.#index.close();
  }

  async #write(bytes: Buffer, number: StreamNumber): Promise<void> {
    const record = Buffer.alloc(24);
    record.writeDoubleLE(this.#offset, 0);
    record.writeDoubleLE(Date.now() / 1000, 8);
    record.writeUInt32LE(bytes.length, 16);
    record.writeUInt32LE(number, 20);
    try {
      await this.#log.appendFile(bytes);
      await this.#index.appendFile(record);
      this.#offset += bytes.length;
      if (this.#copy !== null) await appendFile(this.#copy, bytes);
    } catch (error) {
      // The script goes on; that output is missing is told with the run.
      const cause = fileCause(error);
      this.#problem ??= `Output of the script could not be recorded: ${cause}.`;
    }
  }
}
