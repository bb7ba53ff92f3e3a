import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { SlotConfig } from '../../shared/config/crates';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import { fileCause } from '../files/file-errors';

/** Reads the entries of a folder, on the machine where the slot's scripts run. Throws what the file system throws. */
export type ReadDirectory = (
  path: string,
) => Promise<readonly Pick<Dirent, 'name' | 'isDirectory' | 'isFile' | 'isSymbolicLink'>[]>;

/** The scripts of a slot, and sentences on what could not be listed. */
export interface ScriptList {
  readonly scripts: ScriptEntry[];
  readonly problems: string[];
}

/** Folders below a slot's folder that are looked into, and entries looked at in all. */
const deepest = 3;
const mostEntries = 2000;

/** Reads a folder of this machine. */
export const readLocalDirectory: ReadDirectory = (path) => readdir(path, { withFileTypes: true });

/**
 * Lists the Python files in a slot's folders, by folder in the order of the configuration, then by name. `folder` is
 * the slot's folder, `name` the path below it. What begins with `_` or `.` is a module or hidden, not a script.
 */
export async function listScripts(
  slot: Pick<SlotConfig, 'scripts'>,
  readDirectory: ReadDirectory = readLocalDirectory,
): Promise<ScriptList> {
  const walk = new Walk(readDirectory);
  for (const folder of new Set(slot.scripts)) await walk.folder(folder);
  return { scripts: walk.scripts, problems: walk.problems };
}

class Walk {
  readonly scripts: ScriptEntry[] = [];
  readonly problems: string[] = [];
  readonly #readDirectory: ReadDirectory;
  #seen = 0;
  #isFull = false;

  constructor(readDirectory: ReadDirectory) {
    this.#readDirectory = readDirectory;
  }

  async folder(root: string): Promise<void> {
    const found: ScriptEntry[] = [];
    await this.#below(root, '', 0, found);
    found.sort((one, other) => compare(one.name, other.name));
    this.scripts.push(...found);
  }

  async #below(root: string, below: string, depth: number, found: ScriptEntry[]): Promise<void> {
    if (this.#isFull) return;
    const path = posix.join(root, below);
    const entries = await this.#entries(path);
    for (const entry of entries.toSorted((one, other) => compare(one.name, other.name))) {
      if (!this.#hasRoom()) return;
      const name = posix.join(below, entry.name);
      if (/^[_.]/.test(entry.name)) continue;
      if (entry.isDirectory()) {
        if (depth < deepest) await this.#below(root, name, depth + 1, found);
      } else if (entry.name.endsWith('.py') && (entry.isFile() || entry.isSymbolicLink())) {
        // A linked file is a script; a linked folder is not followed, as it may lead in a circle.
        found.push({ path: posix.join(root, name), name, folder: root });
      }
    }
  }

  async #entries(path: string) {
    try {
      return await this.#readDirectory(path);
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      const why = error.code === 'ENOTDIR' ? 'it is not a folder' : fileCause(error);
      this.problems.push(`The folder ${path} cannot be listed: ${why}.`);
      return [];
    }
  }

  #hasRoom(): boolean {
    this.#seen += 1;
    if (this.#seen <= mostEntries) return true;
    if (!this.#isFull) {
      this.problems.push(`The slot's folders hold more than ${mostEntries} entries; the rest is not listed.`);
    }
    this.#isFull = true;
    return false;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
