import { watch, type FSWatcher } from 'node:fs';

/** Watching misses changes on network file systems, and fails where the folder does not exist yet. */
const pollInterval = 1000;

/** At most one wake-up per this many milliseconds, however fast the files change. */
const wakeInterval = 20;

/** Calls `onWake` soon after one of the named files in a folder may have changed, and once a second in any case. */
export class FolderWatch {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  readonly #onWake: () => void;
  #watcher: FSWatcher | null = null;
  #poll: NodeJS.Timeout | null = null;
  #pending: NodeJS.Timeout | null = null;
  #lastWake = 0;

  constructor(folder: string, names: readonly string[], onWake: () => void) {
    this.#folder = folder;
    this.#names = new Set(names);
    this.#onWake = onWake;
  }

  start(): void {
    if (this.#poll !== null) return;
    this.#poll = setInterval(() => {
      this.#open();
      this.#wake();
    }, pollInterval);
    this.#open();
    this.#wake();
  }

  close(): void {
    if (this.#poll !== null) clearInterval(this.#poll);
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#poll = null;
    this.#pending = null;
    this.#drop();
  }

  #open(): void {
    if (this.#watcher !== null) return;
    try {
      const watcher = watch(this.#folder, (_event, name) => {
        if (name === null || this.#names.has(name)) this.#wake();
      });
      watcher.on('error', () => this.#drop());
      this.#watcher = watcher;
    } catch {
      // No folder yet, or no watches left on this machine: the poll carries on and tries again.
      this.#watcher = null;
    }
  }

  #drop(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #wake(): void {
    if (this.#pending !== null) return;
    const delay = Math.max(0, this.#lastWake + wakeInterval - performance.now());
    this.#pending = setTimeout(() => {
      this.#pending = null;
      this.#lastWake = performance.now();
      this.#onWake();
    }, delay);
  }
}
