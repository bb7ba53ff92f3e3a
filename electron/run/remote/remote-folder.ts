import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../../files/file-errors';
import type { RunFolder } from '../run-folder';
import { replaceFile } from './remote-status';

/** In a run's local folder: where the run's folder is on the machine of the script. */
const fileName = 'remote.json';

const remoteFolderSchema = z.object({ version: z.literal(1), host: z.string(), folder: z.string() });

/** Remembers where a run is. Throws what the file system throws. */
export function rememberRemoteFolder(folder: RunFolder, host: string, remote: string): Promise<void> {
  return replaceFile(folder.path, fileName, `${JSON.stringify({ version: 1, host, folder: remote })}\n`);
}

/** Where a run is; null where that was not written down. Throws where it is there and not to be read. */
export async function recallRemoteFolder(folder: RunFolder): Promise<string | null> {
  let text: string;
  try {
    text = await readFile(join(folder.path, fileName), 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  return remoteFolderSchema.parse(JSON.parse(text)).folder;
}
