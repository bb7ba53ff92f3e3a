import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../files/file-errors';

/** The most bytes that are kept. */
const usualLimit = 512 * 1024 * 1024;

/** What a cached piece of a file was read from. A file that was written since has another size or time. */
export interface CachedFile {
  readonly host: string;
  readonly path: string;
  readonly size: number;
  /** Unix seconds. */
  readonly mtime: number;
  /** How many of its bytes the piece has at most. */
  readonly limit: number;
}

/**
 * Files of other machines, kept in a folder of this one. The ones used longest ago go first when there are too many.
 * Several caches may use the same folder.
 */
export class FileCache {
  constructor(
    private readonly folder: string,
    private readonly limit = usualLimit,
  ) {}

  /** The piece of a file; null where it is not kept. Throws where the folder cannot be read. */
  async get(file: CachedFile): Promise<Buffer | null> {
    const path = this.#path(file);
    try {
      const bytes = await readFile(path);
      const now = new Date();
      // Its time is when it was last used.
      await utimes(path, now, now);
      return bytes;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Keeps a piece of a file, unless it alone is too large. Throws where the folder cannot be written. */
  async put(file: CachedFile, bytes: Uint8Array): Promise<void> {
    if (bytes.length > this.limit) return;
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = this.#path(file);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
    try {
      await writeFile(temporary, bytes, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await this.#makeRoom();
  }

  async #makeRoom(): Promise<void> {
    const kept: { path: string; size: number; usedAt: number }[] = [];
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      try {
        const { size, mtimeMs } = await stat(path);
        kept.push({ path, size, usedAt: mtimeMs });
      } catch (error) {
        // Another cache on this folder made room meanwhile.
        if (!isMissing(error)) throw error;
      }
    }
    let total = kept.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of kept.toSorted((one, other) => one.usedAt - other.usedAt)) {
      if (total <= this.limit) return;
      await rm(path, { force: true });
      total -= size;
    }
  }

  #path({ host, path, size, mtime, limit }: CachedFile): string {
    // Where the limit cuts nothing off it makes no difference.
    const key = JSON.stringify([host, path, size, mtime, Math.min(limit, size)]);
    return join(this.folder, createHash('sha256').update(key).digest('hex'));
  }
}
