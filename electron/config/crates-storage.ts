import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure, success, type Result } from '../../shared/result';
import { longestCratesFile } from './crates-document';
import { fileCause } from '../files/file-errors';

/** The file's text as it stands on disk; null where there is no file. */
export type StoredText = { readonly text: string; readonly revision: string } | null;

/** Reads the file. An unreadable one is a failure with a sentence; a missing one is not. */
export async function readText(path: string): Promise<Result<StoredText>> {
  try {
    const { size } = await stat(path);
    if (size > longestCratesFile) {
      return failure('config-unreadable', `${path} is larger than ${longestCratesFile / 1_000_000} MB.`);
    }
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return success({ text, revision: revisionOf(text) });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return success(null);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return failure('config-unreadable', `${path} is not UTF-8 text.`);
    }
    if (code === null) throw error;
    return failure('config-unreadable', `${path} cannot be read: ${fileCause(error)}.`);
  }
}

/**
 * Writes the file so that a crash leaves either the old text or the new one. A link is followed, and the file keeps its
 * permissions and, where this user may, its owner.
 */
export async function writeText(path: string, text: string): Promise<Result<void>> {
  try {
    const target = await targetOf(path);
    await mkdir(dirname(target), { recursive: true });
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await writeDurably(temporary, text);
      await keepPermissions(target, temporary);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(target));
    return success(undefined);
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    return failure(
      'config-unwritable',
      `${path} cannot be written: ${fileCause(error)}. Nothing was changed.`,
    );
  }
}

/** Names a state of the text. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepPermissions(from: string, to: string): Promise<void> {
  const found = await stat(from).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return;
  if (process.getuid?.() === 0) await chown(to, found.uid, found.gid);
  await chmod(to, found.mode & 0o7777);
}

/** The file behind a link, also where the link's target is not there yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  try {
    return resolve(dirname(path), await readlink(path));
  } catch (error) {
    // Neither a file nor a link: it will be made.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EINVAL') return path;
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
