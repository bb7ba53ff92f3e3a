import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../../shared/error-text';
import { isMissing } from '../files/file-errors';
import { FolderWatch } from '../files/folder-watch';
import { readRelayRecords, relayFileName, type RelayRecord } from './relay-format';

/** The most that is read at once. A datagram fits many times. */
const blockSize = 512 * 1024;

/** What a relay reader needs. */
export interface RelayReaderOptions {
  /** The run's folder on this machine. */
  readonly folder: string;
  /** Where to begin in the file: behind the last record that was taken by an earlier panel. */
  readonly from: number;
  readonly onRecord: (record: RelayRecord) => void;
  /** Answers whether all that was read is kept. Awaited after each block, so that reading goes no faster than keeping. */
  readonly kept: () => Promise<boolean>;
  /** Whether more may be read although what was read before could not be kept yet. */
  readonly hasRoom: () => boolean;
  /** Reading has to wait until what was read can be kept. Told once for as long as it lasts. */
  readonly onHeld: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Reads the messages that a run's supervisor recorded, as the file grows. Nothing is lost while the panel is away or
 * slow, or cannot keep them: the file waits.
 */
export class RelayReader {
  readonly #options: RelayReaderOptions;
  readonly #watch: FolderWatch;
  #position: number;
  #reading: Promise<void> | null = null;
  #again = false;
  #isHeld = false;
  /** The fault under way, so that each wake-up does not tell it again. */
  #failing: string | null = null;
  #isDamaged = false;
  #isClosed = false;
  #finishing: ((isTaken: boolean) => void) | null = null;

  constructor(options: RelayReaderOptions) {
    this.#options = options;
    this.#position = options.from;
    // Woken once a second in any case, to try again what failed.
    this.#watch = new FolderWatch(options.folder, [relayFileName], () => void this.catchUp());
  }

  start(): void {
    this.#watch.start();
  }

  /** Reads everything that is there now and can be kept. */
  catchUp(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#again = this.#reading !== null;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      if (this.#again) void this.catchUp();
    });
    return this.#reading;
  }

  /**
   * For a run that is over: reads what is left, as long as it takes, then closes. Answers true when all of it is kept,
   * false where the reader was closed before.
   */
  finish(): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#finishing = resolve;
      void this.catchUp();
    });
  }

  async close(): Promise<void> {
    this.#shut(false);
    await this.#reading;
  }

  async #read(): Promise<void> {
    const finishing = this.#finishing;
    try {
      if (!(await this.#readAll())) return;
      this.#failing = null;
      if (finishing !== null && (await this.#options.kept())) this.#shut(true);
    } catch (error) {
      const text = errorText(error);
      if (this.#failing !== text) this.#options.onFault(error);
      this.#failing = text;
    }
  }

  /** Whether it came to the end of what is there. */
  async #readAll(): Promise<boolean> {
    if (this.#isHeld && !(await this.#mayGoOn())) return false;
    while (!this.#isClosed && !this.#isDamaged && (await this.#readBlock())) {
      if (!(await this.#mayGoOn())) return false;
    }
    return !this.#isClosed;
  }

  async #mayGoOn(): Promise<boolean> {
    const mayGoOn = (await this.#options.kept()) || this.#options.hasRoom();
    if (!mayGoOn && !this.#isHeld && !this.#isClosed) this.#options.onHeld();
    this.#isHeld = !mayGoOn;
    return mayGoOn;
  }

  #shut(isTaken: boolean): void {
    this.#isClosed = true;
    this.#watch.close();
    this.#finishing?.(isTaken);
    this.#finishing = null;
  }

  /** Whether records were taken, so that there may be more. */
  async #readBlock(): Promise<boolean> {
    const block = await readAt(join(this.#options.folder, relayFileName), this.#position);
    const { records, damaged } = readRelayRecords(block, this.#position);
    for (const record of records) {
      this.#options.onRecord(record);
      this.#position = record.end;
    }
    if (damaged) {
      this.#isDamaged = true;
      const where = `${this.#options.folder}/${relayFileName} is damaged at byte ${this.#position}`;
      this.#options.onFault(new Error(`${where}: the messages after it cannot be read.`));
    }
    return records.length > 0;
  }
}

async function readAt(path: string, position: number): Promise<Buffer> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    // No message yet.
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
  try {
    const block = Buffer.allocUnsafe(blockSize);
    const { bytesRead } = await file.read(block, 0, blockSize, position);
    return block.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
