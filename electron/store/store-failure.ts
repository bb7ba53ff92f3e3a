import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Failure } from '../../shared/result';
import { fileCause } from '../files/file-errors';

/** What can be wrong with the database, as far as the panel acts on it or tells it apart. */
export type StoreFailureCode =
  | 'store-corrupt'
  | 'store-disk-full'
  | 'store-failed'
  | 'store-locked'
  | 'store-newer-version'
  | 'store-read-only'
  | 'store-unavailable'
  | 'store-unreachable';

export type StoreFailure = Failure<StoreFailureCode>;

/** SQLite's primary result codes (sqlite.org/rescode.html); extended ones carry these in their low byte. */
const sqliteCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Extended codes of input and output that failed where the file, its log or the shared memory beside it has to grow. */
const growingFailed: ReadonlySet<number> = new Set([
  778, // IOERR_WRITE
  1034, // IOERR_FSYNC
  1290, // IOERR_DIR_FSYNC
  1546, // IOERR_TRUNCATE
  4618, // IOERR_SHMOPEN
  4874, // IOERR_SHMSIZE
  5386, // IOERR_SHMMAP
]);

/** Less room than this is none: the shared memory alone wants 32 KiB at a time. In bytes. */
const leastRoom = 64 * 1024;

/** The failure behind an error that `node:sqlite` threw, or null where the error is not SQLite's. */
export function sqliteFailure(error: unknown, path: string): StoreFailure | null {
  const code = extendedCode(error);
  if (code === null || !(error instanceof Error)) return null;
  if (growingFailed.has(code) && isFull(dirname(path))) return diskFull(path, error);
  // The low byte is the primary code.
  switch (code & 0xff) {
    case sqliteCode.corrupt:
    case sqliteCode.notADatabase:
      return { code: 'store-corrupt', message: `The database ${path} is damaged (${error.message}).` };
    case sqliteCode.full:
      return diskFull(path, error);
    case sqliteCode.readOnly:
      return {
        code: 'store-read-only',
        message: `The database ${path} cannot be written: the file or its folder is read-only (${error.message}).`,
      };
    case sqliteCode.busy:
    case sqliteCode.locked:
      return { code: 'store-locked', message: `The database ${path} is locked by another program.` };
    case sqliteCode.cannotOpen:
      return unreachable(path);
    default:
      return { code: 'store-failed', message: `The database ${path} failed: ${error.message}.` };
  }
}

/** Like `sqliteFailure`, and throws what is not SQLite's. */
export function expectSqliteFailure(error: unknown, path: string): StoreFailure {
  const failure = sqliteFailure(error, path);
  if (failure === null) throw error;
  return failure;
}

function extendedCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

function diskFull(path: string, error: Error): StoreFailure {
  return {
    code: 'store-disk-full',
    message: `The database ${path} cannot be written because the disk is full (${error.message}).`,
  };
}

/** Whether the disk of a folder has no room for this user; one that does not say is taken to have some. */
function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastRoom;
  } catch {
    return false;
  }
}

/** SQLite does not say why it cannot open a file; the folder mostly does. */
function unreachable(path: string): StoreFailure {
  const folder = dirname(path);
  try {
    if (!statSync(folder).isDirectory()) {
      return {
        code: 'store-unreachable',
        message: `The database ${path} cannot be opened: ${folder} is not a folder.`,
      };
    }
    accessSync(folder, constants.W_OK);
    return { code: 'store-unreachable', message: `The database ${path} cannot be opened.` };
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? error.code : null;
    if (cause === 'EROFS' || cause === 'EACCES') {
      const message = `The database ${path} cannot be written: the folder ${folder} is read-only for this user.`;
      return { code: 'store-read-only', message };
    }
    const reason = fileCause(error);
    const message = `The database ${path} cannot be opened: its folder cannot be used (${reason}).`;
    return { code: 'store-unreachable', message };
  }
}
