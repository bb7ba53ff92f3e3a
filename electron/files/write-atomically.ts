import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileCause } from './file-errors';
import { failure, success, type Failure, type Result } from '../../shared/result';

/** The most letters of a file's name that its temporary name repeats, so that this is not too long where that is not. */
const longestRepeated = 50;

/**
 * Streams into a file under a temporary name beside it and gives it its own name when all is on disk, so that a file
 * of that name is whole or is what was there before. Answers its size in bytes. An abort is a failure too.
 */
export async function writeAtomically(
  path: string,
  source: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  signal?: AbortSignal,
): Promise<Result<number, Failure<'file-not-written' | 'write-cancelled'>>> {
  const name = basename(path).slice(0, longestRepeated);
  const temporary = join(dirname(path), `${name}.${randomUUID().slice(0, 8)}.part`);
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
    if (signal?.aborted === true) return failure('write-cancelled', 'The writing was cancelled.');
    return failure(
      'file-not-written',
      `${path} could not be written: ${fileCause(error)}. Nothing was changed there.`,
    );
  }
}
