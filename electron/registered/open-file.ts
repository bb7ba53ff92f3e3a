import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { relative, isAbsolute, sep } from 'node:path';
import { fileCause } from '../files/file-errors';
import type { FileState } from '../../shared/domain/registered-file';
import { NoAnswerError, type PatientGate } from './patient-gate';
import { secretFault } from './path-map';

/** Why a file cannot be read, as its state and in a sentence. */
export interface FileFault {
  readonly state: Exclude<FileState, 'ready' | 'growing'>;
  readonly message: string;
}

/** A file that is open for reading. */
export interface OpenFile {
  /** Its path on this machine; null where it was fetched from another. */
  readonly here: string | null;
  /** Bytes. */
  readonly size: number;
  /** Unix milliseconds; null where that is not known. */
  readonly modifiedAt: number | null;
  /** Up to `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Throws a fault, so that the steps of opening need not each pass it on. */
export class FileFaultError extends Error {
  /** `size`: bytes of the file, where they are known although it is not opened. */
  constructor(
    readonly fault: FileFault,
    readonly size: number | null = null,
  ) {
    super(fault.message);
  }
}

/**
 * Opens a file of this machine for reading. What it really is must lie in `root` (null: anywhere but in system and
 * hidden folders) and be an ordinary file; it is looked at again once it is open, so that nothing can be put in its
 * place in between. Throws `FileFaultError`.
 */
export async function openHere(path: string, root: string | null, gate: PatientGate): Promise<OpenFile> {
  try {
    const real = await gate.run(() => realpath(path));
    if (root !== null) {
      const realRoot = await gate.run(() => realpath(root));
      if (!isInside(real, realRoot)) {
        throw refused(`${path} is not opened: it leads out of the mapped folder ${root}, to ${real}.`);
      }
    } else {
      const secret = secretFault(real);
      if (secret !== null) throw refused(secret);
    }
    // Without waiting: opening a named pipe would else wait for its other end.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const before = await gate.run(() => stat(real));
    if (!before.isFile()) throw refused(`${path} is not opened: it is not an ordinary file.`);
    const handle = await gate.run(
      () => open(real, flags),
      (late) => late.close(),
    );
    try {
      const now = await gate.run(() => handle.stat());
      const isSame = now.isFile() && now.ino === before.ino && now.dev === before.dev;
      if (!isSame || (await gate.run(() => realpath(path))) !== real)
        throw refused(`${path} was replaced while it was opened. Try again.`);
      return openHandle(real, handle, now.size, now.mtimeMs, gate);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof FileFaultError ? error : new FileFaultError(faultOf(error, path));
  }
}

function refused(message: string): FileFaultError {
  return new FileFaultError({ state: 'refused', message });
}

function openHandle(
  here: string,
  handle: FileHandle,
  size: number,
  modifiedAt: number,
  gate: PatientGate,
): OpenFile {
  return {
    here,
    size,
    modifiedAt,
    read: async (offset, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      let filled = 0;
      while (filled < buffer.length) {
        const at = filled;
        const { bytesRead } = await gate.run(() => handle.read(buffer, at, buffer.length - at, offset + at));
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

/** A file whose bytes are here already. */
export function openBytes(bytes: Buffer, modifiedAt: number | null): OpenFile {
  return {
    here: null,
    size: bytes.length,
    modifiedAt,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => undefined,
  };
}

/** What an error of the file system means for a file. */
export function faultOf(error: unknown, path: string): FileFault {
  if (error instanceof NoAnswerError) {
    return { state: 'unreachable', message: `The folder of ${path} does not answer. Is its server up?` };
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { state: 'missing', message: `There is no file ${path} on this machine.` };
    case 'EACCES':
    case 'EPERM':
      return { state: 'unreadable', message: `${path} may not be read by the user who runs the panel.` };
    case 'ELOOP':
      return { state: 'refused', message: `${path} is not opened: it is a link that leads nowhere.` };
    case 'ENAMETOOLONG':
      return { state: 'missing', message: `${path} is too long for a path of this machine.` };
    default:
      return { state: 'unreadable', message: `${path} cannot be read: ${fileCause(error)}.` };
  }
}

/** Whether a path is a folder's own, or below it. Both are real paths. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
