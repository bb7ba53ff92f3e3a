import { errorText } from '../../shared/error-text';

/** Whether an error says that a file or folder is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Whether an error says that a process is not there any more: so reads what stood in its folder under `/proc`. */
export function isProcessGone(error: unknown): boolean {
  return isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ESRCH');
}

/** What the system's codes for files and folders mean to an operator. */
const causes: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'this user has no permission'],
  ['EPERM', 'this user has no permission'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', "the user's quota of the disk is used up"],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'what should be a folder on its way is a file'],
  ['EEXIST', 'what should be a folder on its way is a file'],
  ['ENOTEMPTY', 'something was put into it meanwhile'],
  ['EBUSY', 'another program uses it'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENAMETOOLONG', 'its path is too long for this system'],
  ['EMFILE', 'the panel has too many files open'],
  ['ENFILE', 'this machine has too many files open'],
  ['EIO', 'the disk reports a fault'],
  ['ESTALE', 'its server does not know it any more'],
  ['ETIMEDOUT', 'its server does not answer'],
]);

/**
 * Why a file or folder could not be used, for sentences that name its path: without the path and the call that the
 * system's own message repeats. What is no error of the system says what it says.
 */
export function fileCause(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return errorText(error);
  return causes.get(code) ?? `the system says ${code}`;
}
