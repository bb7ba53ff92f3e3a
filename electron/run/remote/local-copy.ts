import { createHash } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../files/file-errors';
import { logFileNames, recordSize } from '../../log/log-format';
import { relayFileName } from '../../relay/relay-format';
import { wholeMessages } from './message-records';

/** The files of a run that are copied from where it runs. */
export const copiedParts = ['log', 'index', 'messages'] as const;
export type CopiedPart = (typeof copiedParts)[number];

/** A value for each of the copied files. */
export type PerPart<Value> = Readonly<Record<CopiedPart, Value>>;

/** What a file holds, to compare it with another. */
export interface Digest {
  readonly bytes: number;
  readonly sha256: string;
}

const fileNames: PerPart<string> = {
  log: logFileNames.log,
  index: logFileNames.records,
  messages: relayFileName,
};

const readSize = 1024 * 1024;

/** The local copy of a run's growing files: only appended to, and cut back to whole records after a crash. */
export class LocalCopy {
  readonly #folder: string;
  readonly #suffix: string;
  readonly #handles = new Map<CopiedPart, FileHandle>();
  /** Messages up to here are known to be whole records. */
  #wholeMessages = 0;

  /** @param suffix of the files' names: a copy that is made anew stands beside the one in use. */
  constructor(folder: string, suffix = '') {
    this.#folder = folder;
    this.#suffix = suffix;
  }

  path(part: CopiedPart): string {
    return join(this.#folder, `${fileNames[part]}${this.#suffix}`);
  }

  /**
   * The sizes to go on from. A record that was torn by a crash or a full disk is cut off first; bytes of the log that no
   * record covers are good, as the log is written before its records. Throws what the file system throws.
   */
  async settle(): Promise<PerPart<number>> {
    const [log, index, messages] = await Promise.all([
      this.#size('log'),
      this.#size('index'),
      this.#size('messages'),
    ]);
    const wholeIndex = index - (index % recordSize);
    if (wholeIndex < index) await this.#cut('index', wholeIndex);
    if (messages < this.#wholeMessages) this.#wholeMessages = 0;
    if (messages > this.#wholeMessages) {
      const handle = await this.#handle('messages');
      this.#wholeMessages = await wholeMessages(handle, this.#wholeMessages, messages);
      if (this.#wholeMessages < messages) await this.#cut('messages', this.#wholeMessages);
    }
    return { log, index: wholeIndex, messages: this.#wholeMessages };
  }

  /** Appends all of `bytes`. Throws what the file system throws; then `settle` comes before the next one. */
  async append(part: CopiedPart, bytes: Buffer): Promise<void> {
    const handle = await this.#handle(part);
    let written = 0;
    while (written < bytes.length) {
      written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
    }
    // Only whole records are sent, so that what was written whole ends with one.
    if (part === 'messages') this.#wholeMessages += bytes.length;
  }

  async digest(part: CopiedPart): Promise<Digest> {
    const hash = createHash('sha256');
    const size = await this.#size(part);
    if (size === 0) return { bytes: 0, sha256: hash.digest('hex') };
    const handle = await this.#handle(part);
    const buffer = Buffer.alloc(Math.min(size, readSize));
    let position = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    return { bytes: position, sha256: hash.digest('hex') };
  }

  /** Puts this copy in the place of the one without a suffix. */
  async takePlace(): Promise<void> {
    await this.close();
    for (const part of copiedParts) {
      const place = join(this.#folder, fileNames[part]);
      if ((await this.#size(part)) > 0) await rename(this.path(part), place);
      else await rm(place, { force: true });
    }
  }

  /** Moves the files aside under another suffix, so that nothing that was received is ever thrown away. */
  async moveAside(suffix: string): Promise<void> {
    await this.close();
    for (const part of copiedParts) {
      if ((await this.#size(part)) > 0) await rename(this.path(part), `${this.path(part)}${suffix}`);
    }
    this.#wholeMessages = 0;
  }

  async remove(): Promise<void> {
    await this.close();
    for (const part of copiedParts) await rm(this.path(part), { force: true });
    this.#wholeMessages = 0;
  }

  async close(): Promise<void> {
    const handles = [...this.#handles.values()];
    this.#handles.clear();
    await Promise.all(handles.map((handle) => handle.close()));
  }

  async #handle(part: CopiedPart): Promise<FileHandle> {
    const held = this.#handles.get(part);
    if (held !== undefined) return held;
    const handle = await open(this.path(part), 'a+', 0o600);
    this.#handles.set(part, handle);
    return handle;
  }

  async #cut(part: CopiedPart, size: number): Promise<void> {
    await (await this.#handle(part)).truncate(size);
  }

  async #size(part: CopiedPart): Promise<number> {
    try {
      return (await stat(this.path(part))).size;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }
}
