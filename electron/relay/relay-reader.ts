import { open } from 'node:fs/promises';
import { join } from 'node:path';
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
  /** Awaited after each block, so that reading goes no faster than what was read can be kept. */
  readonly settled: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/**
 * Reads the messages that a run's supervisor recorded, as the file grows. Nothing is lost while the panel is away or
 * slow: the file waits.
 */
export class RelayReader {
  readonly #options: RelayReaderOptions;
  readonly #watch: FolderWatch;
  #position: number;
  #reading: Promise<void> | null = null;
  #again = false;
  #isDamaged = false;
  #isClosed = false;

  constructor(options: RelayReaderOptions) {
    this.#options = options;
    this.#position = options.from;
    this.#watch = new FolderWatch(options.folder, [relayFileName], () => void this.catchUp());
  }

  start(): void {
    this.#watch.start();
  }

  /** Reads everything that is there now. */
  catchUp(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#again = this.#reading !== null;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      if (this.#again) void this.catchUp();
    });
    return this.#reading;
  }

  /** Reads what is left, then closes: for a run that is over. */
  async finish(): Promise<void> {
    this.#watch.close();
    await this.#reading;
    await this.catchUp();
    await this.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#watch.close();
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      while (!this.#isClosed && !this.#isDamaged && (await this.#readBlock())) await this.#options.settled();
    } catch (error) {
      this.#options.onFault(error);
    }
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
