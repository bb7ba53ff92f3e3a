import { diskLevel, type DiskStatus } from '../../shared/domain/disk';
import { fileCause } from '../files/file-errors';

/** How often the disk is measured, milliseconds. */
export const measurePeriod = 30_000;

/** What a file system says of itself: blocks, those that an ordinary user can still write, and bytes of a block. */
export interface FileSystemSize {
  readonly blocks: number;
  readonly bavail: number;
  readonly bsize: number;
}

/** What the watch of a disk needs of the panel. */
export interface DiskWatchOptions {
  /** A folder on the disk. */
  readonly path: string;
  readonly measure: (path: string) => Promise<FileSystemSize>;
  readonly onStatus: (status: DiskStatus) => void;
  readonly notify: (severity: 'error', message: string) => void;
}

/**
 * Measures the free space of a disk now and again. What could not be measured is not known, whatever it was before: so
 * too while a file system does not answer, which is asked once and not again until it does.
 */
export class DiskWatch {
  readonly #options: DiskWatchOptions;
  #timer: NodeJS.Timeout | null = null;
  #isMeasuring = false;
  /** The operator was told that the disk is nearly full, and it has not had ample room since. */
  #isTold = false;

  constructor(options: DiskWatchOptions) {
    this.#options = options;
  }

  /** Measures at once, and from then on. */
  open(): void {
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => this.#tick(), measurePeriod);
    this.#tick();
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    if (this.#isMeasuring) {
      this.#show({ state: 'unknown', message: `The disk of ${this.#options.path} does not answer.` });
      return;
    }
    this.#isMeasuring = true;
    this.#options
      .measure(this.#options.path)
      .then((size) => this.#show(statusOf(size, this.#options.path)))
      .catch((error: unknown) => {
        const message = `The disk of ${this.#options.path} could not be measured: ${fileCause(error)}`;
        this.#show({ state: 'unknown', message });
      })
      .finally(() => {
        this.#isMeasuring = false;
      });
  }

  #show(status: DiskStatus): void {
    if (this.#timer === null) return;
    this.#options.onStatus(status);
    if (status.state === 'unknown') return;
    if (status.level === 'ample') this.#isTold = false;
    if (status.level !== 'nearly-full' || this.#isTold) return;
    this.#isTold = true;
    this.#options.notify(
      'error',
      `The disk of the home folder ${this.#options.path} is nearly full. When it is full, logs and messages of runs ` +
        'are not kept any more. Remove files from it, or set limits for what is kept in Settings.',
    );
  }
}

function statusOf({ blocks, bavail, bsize }: FileSystemSize, path: string): DiskStatus {
  const total = blocks * bsize;
  const free = bavail * bsize;
  // Some file systems, those of user space above all, do not tell.
  if (total === 0) return { state: 'unknown', message: `The disk of ${path} does not say how large it is.` };
  return { state: 'measured', level: diskLevel(free, total), free, total };
}
