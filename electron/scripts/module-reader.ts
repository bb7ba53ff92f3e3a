import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isMissing } from '../files/file-errors';
import type { Transport } from '../run/transport';
import { largestSource } from './argparse/limits';
import type { ModuleText } from './argparse/source-module';
import { decodeSource } from './decode-source';

/** How the reader reaches a script: all that it needs of a transport. */
export type ReadsFiles = Pick<Transport, 'readFile'>;

/** Where the modules of a script are looked for. */
export interface ModulePlaces {
  readonly transport: ReadsFiles;
  /** In this order: the script's own folder, then those of `PYTHONPATH`. */
  readonly folders: readonly string[];
  /** The panel's folder of stand-ins for packages that declare arguments and can seldom be read where they are. */
  readonly standIns: string;
}

/** A module that was found; `isStandIn` where it is the panel's own idea of it. */
export interface FoundModule {
  readonly module: ModuleText;
  readonly isStandIn: boolean;
}

/** Reads a module by its dotted name, or null where there is none that can be read. */
export async function findModule(places: ModulePlaces, name: string): Promise<FoundModule | null> {
  if (!/^[\p{L}\p{N}_]+(\.[\p{L}\p{N}_]+)*$/u.test(name)) return null;
  for (const folder of places.folders) {
    const module = await readModule(places.transport, posix.join(folder, ...name.split('.')));
    if (module !== null) return { module, isStandIn: false };
  }
  const module = await readStandIn(places.standIns, name);
  return module === null ? null : { module, isStandIn: true };
}

async function readModule(transport: ReadsFiles, base: string): Promise<ModuleText | null> {
  const [file, folder] = await Promise.all([
    transport.readFile(`${base}.py`, largestSource + 1),
    transport.readFile(posix.join(base, '__init__.py'), largestSource + 1),
  ]);
  // A folder with __init__.py goes before a file of the same name, as in Python.
  const found = folder.ok ? folder : file;
  return found.ok ? { text: decodeSource(found.value), isPackage: folder.ok } : null;
}

async function readStandIn(folder: string, name: string): Promise<ModuleText | null> {
  try {
    return { text: await readFile(`${join(folder, ...name.split('.'))}.py`, 'utf8'), isPackage: false };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
