import { join } from 'node:path';
import { FolderWatch } from '../files/folder-watch';
import { saveIndex, sizeOf, type IndexedLog } from './index-file';
import { LineIndex } from './line-index';
import { LogError, LogFile, type LogFailure } from './log-file';
import { logFileNames } from './log-format';
import { RecordIntake, type Segment } from './record-intake';
import { BarReader } from './tqdm';
import type { BarProgress } from '../../shared/domain/bar-progress';

/** The most bytes of a log that are read and indexed at once. */
export const pieceSize = 1024 * 1024;

export interface LogFollowerOptions {
  /** The run's folder. Neither it nor the files in it need exist yet. */
  readonly folder: string;
  /** Called after each piece that was indexed; whoever shows it decides how often. */
  readonly onGrowth: () => void;
  /** Called with each failure once, until reading works again. Following goes on. */
  readonly onError: (error: LogFailure) => void;
}

/**
 * Keeps the line index of one run's log up to date while the log grows. Bytes count as soon as a record covers them;
 * those that no record covers (a supervisor that was killed) count when the output has ended.
 */
export class LogFollower implements IndexedLog {
  readonly #folder: string;
  readonly #onGrowth: () => void;
  readonly #onError: (error: LogFailure) => void;
  readonly #log: LogFile;
  readonly #recordFile: LogFile;
  readonly #bars = new BarReader();
  #index = new LineIndex();
  #intake: RecordIntake;
  readonly #watch: FolderWatch;
  #segments: Segment[] = [];
  #head = 0;
  #ended = false;
  #closed = false;
  #again = false;
  #reading: Promise<void> | null = null;
  #finishing: Promise<void> | null = null;
  /** The message of the failure under way, so that a poll does not repeat it each second. */
  #failing: string | null = null;
  #brokenReported = false;

  constructor(options: LogFollowerOptions) {
    this.#folder = options.folder;
    this.#onGrowth = options.onGrowth;
    this.#onError = options.onError;
    this.#log = new LogFile(join(options.folder, logFileNames.log));
    this.#recordFile = new LogFile(join(options.folder, logFileNames.records));
    this.#intake = new RecordIntake(this.#recordFile);
    this.#watch = new FolderWatch(options.folder, [logFileNames.log, logFileNames.records], () => {
      void this.catchUp();
    });
  }

  /** The index; another one once the log was replaced by another file. */
  get index(): LineIndex {
    return this.#index;
  }

  /** The newest progress bar in the output; null where none was drawn. */
  get bar(): BarProgress | null {
    return this.#bars.bar;
  }

  get lines(): number {
    return this.index.lines;
  }

  get bytes(): number {
    return this.index.bytes;
  }

  /** Records of `output.idx` that the index rests on. */
  get records(): number {
    return this.#intake.records;
  }

  /** Follows from now on. */
  start(): void {
    if (!this.#closed && !this.#ended) this.#watch.start();
  }

  /** Indexes everything that is there when it is called. Failures go to `onError`. */
  catchUp(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#again = true;
    this.#reading ??= this.#read();
    return this.#reading;
  }

  /**
   * The output has ended: indexes the rest, bytes without a record included, saves the index in the folder and releases
   * everything. The index stays of use.
   */
  finish(): Promise<void> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  async #finish(): Promise<void> {
    this.#watch.close();
    // Before the records are read: a record that comes later makes the saved index stale, as it should.
    const recordBytes = await this.#guard(() => sizeOf(this.#recordFile.path));
    this.#ended = true;
    await this.catchUp();
    const complete = !this.#closed && recordBytes !== null && this.#failing === null && this.bytes > 0;
    if (complete) await this.#guard(() => saveIndex(this.#folder, this, recordBytes));
    await this.close();
  }

  /** Stops following and waits until nothing is read any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    await this.#reading;
    await Promise.all([this.#log.close(), this.#recordFile.close()]);
  }

  async #read(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#guard(() => this.#readAll());
      }
    } finally {
      this.#reading = null;
    }
  }

  /** Reads piece by piece; each read goes through the event loop, so that nothing else in main waits long. */
  async #readAll(): Promise<void> {
    // Not kept between calls: a hundred idle followers would hold as many megabytes.
    let buffer = Buffer.alloc(0);
    if (!this.#closed) await this.#noticeReplacement();
    for (;;) {
      const available = this.#closed ? 0 : await this.#available();
      if (available === 0) break;
      if (buffer.length < available) buffer = Buffer.allocUnsafe(available);
      const filled = await this.#log.read(buffer.subarray(0, available), this.index.bytes);
      if (filled === 0) break;
      this.#feed(buffer.subarray(0, filled));
      this.#onGrowth();
    }
    this.#failing = null;
  }

  /** Another file under a name of the log's (a copy that was made anew, say) is read from its beginning. */
  async #noticeReplacement(): Promise<void> {
    const replaced = await Promise.all([this.#log.isReplaced(), this.#recordFile.isReplaced()]);
    if (!replaced.includes(true)) return;
    await Promise.all([this.#log.reopen(), this.#recordFile.reopen()]);
    this.#index = new LineIndex();
    this.#intake = new RecordIntake(this.#recordFile);
    this.#segments = [];
    this.#head = 0;
    this.#onGrowth();
  }

  /** How many bytes of known stream can be read next, one piece at most. */
  async #available(): Promise<number> {
    const size = (await this.#log.size()) ?? 0;
    const position = this.index.bytes;
    if (size < position) {
      const message = `The log ${this.#log.path} was cut from ${position} to ${size} bytes by someone else.`;
      throw new LogError('log-shrunk', message);
    }
    if (this.#head === this.#segments.length) await this.#loadSegments(size);
    return Math.min(pieceSize, (this.#segments.at(-1)?.end ?? position) - position, size - position);
  }

  async #loadSegments(size: number): Promise<void> {
    // As it was before the records are read: only then are those that were read surely all.
    const ended = this.#ended;
    this.#segments = await this.#intake.next();
    this.#head = 0;
    if (this.#segments.length > 0) return;
    const { broken } = this.#intake;
    if (broken !== null && !this.#brokenReported) {
      this.#brokenReported = true;
      this.#onError(broken.failure);
    }
    const unrecorded = ended || broken !== null;
    if (unrecorded && size > this.index.bytes) this.#segments.push({ end: size, stream: 1 });
  }

  #feed(bytes: Buffer): void {
    this.#bars.take(bytes);
    const base = this.index.bytes;
    let taken = 0;
    while (taken < bytes.length) {
      const segment = this.#segments[this.#head];
      if (segment === undefined) throw new Error('bytes of the log were read beyond its records');
      const end = Math.min(segment.end - base, bytes.length);
      this.index.append(bytes.subarray(taken, end), segment.stream);
      taken = end;
      if (base + end === segment.end) this.#head += 1;
    }
  }

  /** Runs work whose expected failures are reported instead of thrown; answers null then. */
  async #guard<Value>(work: () => Promise<Value>): Promise<Value | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      if (this.#failing !== error.failure.message) {
        this.#failing = error.failure.message;
        this.#onError(error.failure);
      }
      return null;
    }
  }
}
