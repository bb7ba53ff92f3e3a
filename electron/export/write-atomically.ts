import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { errorText } from '../../shared/error-text';
import { failure, success, type Failure, type Result } from '../../shared/result';

/**
 * Streams into a file under a temporary name beside it and gives it its own name when all is on disk, so that a file
 * of that name is whole or is what was there before. Answers its size in bytes. An abort is a failure too.
 */
export async function writeAtomically(
  path: string,
  source: AsyncIterable<string | Buffer>,
  signal?: AbortSignal,
): Promise<Result<number, Failure<'export-failed' | 'export-cancelled'>>> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const options = signal === undefined ? {} : { signal };
    await pipeline(source, createWriteStream(temporary, { flags: 'wx' }), options);
    const file = await open(temporary, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    const { size } = await stat(temporary);
    await rename(temporary, path);
    return success(size);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (signal?.aborted === true) return failure('export-cancelled', 'The export was cancelled.');
    return failure(
      'export-failed',
      `${path} cannot be written: ${errorText(error)}. Nothing was left there.`,
    );
  }
}
