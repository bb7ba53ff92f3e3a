import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './file-errors';

/** The bytes of the files directly in a folder and below it, links not followed; null where there is no such folder. */
export async function folderSize(path: string): Promise<number | null> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const sizes = await Promise.all(
      entries.map((entry) => sizeOf(join(path, entry.name), entry.isDirectory())),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function sizeOf(path: string, isFolder: boolean): Promise<number> {
  if (isFolder) return (await folderSize(path)) ?? 0;
  try {
    return (await lstat(path)).size;
  } catch (error) {
    // Replaced by its next version while the folder was read.
    if (isMissing(error)) return 0;
    throw error;
  }
}
