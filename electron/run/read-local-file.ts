import { open, stat } from 'node:fs/promises';
import { fileCause } from '../files/file-errors';
import { failure, success, type Result } from '../../shared/result';

/** Size and time of writing (Unix seconds) of a file of this machine. */
export async function statLocalFile(path: string): Promise<Result<{ size: number; mtime: number }>> {
  try {
    const { size, mtimeMs } = await stat(path);
    return success({ size, mtime: mtimeMs / 1000 });
  } catch (error) {
    return failure('file-unreadable', `${path} cannot be read: ${fileCause(error)}.`);
  }
}

/** Reads a file of this machine, up to `limit` bytes. */
export async function readLocalFile(path: string, limit: number): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(limit);
      const { bytesRead } = await handle.read(buffer, 0, limit, 0);
      return success(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return failure('file-unreadable', `${path} cannot be read: ${fileCause(error)}.`);
  }
}
