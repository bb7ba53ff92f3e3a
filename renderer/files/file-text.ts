import { assertNever } from '../../shared/assert-never';
import {
  fileName,
  type FileInspection,
  type FileState,
  type RegisteredFile,
} from '../../shared/domain/registered-file';

/** The word for how a file stands, as lists show it. */
export function stateWord(state: FileState): string {
  switch (state) {
    case 'ready':
      return 'ready';
    case 'growing':
      return 'being written';
    case 'missing':
      return 'missing';
    case 'unmapped':
      return 'not mapped';
    case 'refused':
      return 'refused';
    case 'too-large':
      return 'too large';
    case 'damaged':
      return 'damaged';
    case 'unreadable':
      return 'not readable';
    case 'unreachable':
      return 'no answer';
    case 'elsewhere':
      return 'not fetched';
    default:
      return assertNever(state);
  }
}

/** Whether a state is a fault to be told apart by more than its word. */
export function isFault(state: FileState): boolean {
  return state !== 'ready' && state !== 'growing' && state !== 'elsewhere';
}

/** A file's name without the time stamp that all files of its action begin with, where there is little room. */
export function shortName({ path, actionTs }: RegisteredFile): string {
  const name = fileName(path);
  const prefix = `${actionTs ?? ''}_`;
  return prefix.length > 1 && name.startsWith(prefix) && name.length > prefix.length
    ? name.slice(prefix.length)
    : name;
}

/** Names a state of a file's bytes, for the address that a picture is loaded from. */
export function versionOf({ size, modifiedAt }: FileInspection): string {
  return `${modifiedAt ?? 0}-${size ?? 0}`;
}
