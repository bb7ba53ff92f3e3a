import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The files that tell an installed panel what is the newest version (`latest-linux.yml` and its like). electron-builder
 * writes each anew in every pass, with that pass's packages only; here they are put together.
 */
export class FeedFiles {
  /** @type {Map<string, { files: unknown[], [key: string]: unknown }>} */
  #feeds = new Map();
  #folder;

  /** @param {string} folder where the packages are built */
  constructor(folder) {
    this.#folder = folder;
  }

  /** Takes what the last pass wrote. */
  async collect() {
    // Only now: the packages may just have been installed.
    const { parse } = await import('yaml');
    for (const name of await readdir(this.#folder)) {
      if (!/^latest.*\.yml$/.test(name)) continue;
      const feed = parse(await readFile(join(this.#folder, name), 'utf8'));
      const before = this.#feeds.get(name)?.files ?? [];
      const isNew = (/** @type {{ url: string }} */ file) =>
        !before.some((known) => /** @type {{ url: string }} */ (known).url === file.url);
      this.#feeds.set(name, { ...feed, files: [...before, ...feed.files.filter(isNew)] });
    }
  }

  /** Writes them with the packages of all passes. */
  async write() {
    const { stringify } = await import('yaml');
    for (const [name, feed] of this.#feeds) await writeFile(join(this.#folder, name), stringify(feed));
  }
}
