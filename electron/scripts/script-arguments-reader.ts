import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ScriptArguments } from '../../shared/arguments/argument-form';
import { failure, success, type Result } from '../../shared/result';
import { largestSource } from './argparse/limits';
import { ArgumentsWorkerClient } from './arguments-worker-client';
import { decodeSource } from './decode-source';
import { findModule, type FoundModule, type ModulePlaces, type ReadsFiles } from './module-reader';

/** What the reader needs. */
export interface ScriptArgumentsReaderOptions {
  /** The built `arguments-worker`. */
  readonly workerFile: string | URL;
  /** The folder of stand-ins for modules that are found nowhere. */
  readonly standIns: string;
  /** How long the worker may take for one script, milliseconds. */
  readonly patience?: number;
}

/** Modules by dotted name; null for one that was not found. */
type Modules = ReadonlyMap<string, FoundModule | null>;

/** What is remembered of a script: the modules that it asked for last, so that they are read in one go. */
interface Remembered {
  readonly modules: readonly string[];
  readonly key: string;
  readonly read: ScriptArguments;
}

const usualPatience = 10_000;
/** Times that reading a module may turn up further modules, and modules in all. */
const mostRounds = 6;
const mostModules = 24;
/** Scripts remembered, and reads under way at once. */
const mostRemembered = 200;
const mostAtOnce = 32;

/**
 * Reads what scripts say of their arguments, wherever they are: the script and its modules come through the slot's
 * transport, the reading happens in a worker. A script with the same content is not read twice.
 */
export class ScriptArgumentsReader {
  readonly #worker: ArgumentsWorkerClient;
  readonly #standIns: string;
  /** By the hash of the script's path and text. */
  readonly #remembered = new Map<string, Remembered>();
  #underWay = 0;

  constructor({ workerFile, standIns, patience = usualPatience }: ScriptArgumentsReaderOptions) {
    this.#standIns = standIns;
    this.#worker = new ArgumentsWorkerClient(workerFile, patience);
  }

  /**
   * `folders` are those of `PYTHONPATH`. Fails where the script cannot be read, or takes too long; what cannot be made out
   * is said in the answer.
   */
  async read(
    transport: ReadsFiles,
    path: string,
    folders: readonly string[],
  ): Promise<Result<ScriptArguments>> {
    if (this.#underWay >= mostAtOnce) {
      return failure('arguments-busy', `Too many scripts are being read at once; ${path} was not.`);
    }
    this.#underWay += 1;
    try {
      return await this.#read(transport, path, folders);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Ends the worker. */
  async close(): Promise<void> {
    await this.#worker.close();
  }

  async #read(
    transport: ReadsFiles,
    path: string,
    folders: readonly string[],
  ): Promise<Result<ScriptArguments>> {
    // One byte more than is read at most, so that a longer one is told from one that just fits.
    const bytes = await transport.readFile(path, largestSource + 1);
    if (!bytes.ok) return bytes;
    const source = decodeSource(bytes.value);
    const place = hashOf([path, source]);
    const known = this.#remembered.get(place);
    const modules = new Map<string, FoundModule | null>();
    const places = { transport, folders: [posix.dirname(path), ...folders], standIns: this.#standIns };
    await addModules(modules, known?.modules ?? [], places);
    if (known?.key === keyOf(modules)) return success(known.read);
    for (let round = 0; ; round += 1) {
      const program = posix.basename(path);
      const texts = new Map([...modules].map(([name, found]) => [name, found?.module ?? null]));
      const answer = await this.#worker.ask({ source, program, modules: texts });
      if (!answer.ok) return answer;
      const { wanted } = answer.value;
      const next = wanted.slice(0, Math.max(0, mostModules - modules.size));
      if (next.length === 0 || round === mostRounds) {
        const read = noteStandIns(answer.value.read, modules);
        this.#remember(place, { modules: [...modules.keys()], key: keyOf(modules), read });
        return success(read);
      }
      await addModules(modules, next, places);
    }
  }

  #remember(place: string, remembered: Remembered): void {
    this.#remembered.delete(place);
    this.#remembered.set(place, remembered);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= mostRemembered) break;
      this.#remembered.delete(oldest);
    }
  }
}

/**
 * Says that some arguments of a form are the panel's own idea of a package. A script that imports the package and takes
 * its arguments by itself has none of these.
 */
function noteStandIns(read: ScriptArguments, modules: Modules): ScriptArguments {
  const shown = new Set(read.form?.arguments.flatMap(({ flags }) => flags));
  const notes = [...modules].flatMap(([name, found]) => {
    if (found?.isStandIn !== true) return [];
    const names = [...found.module.text.matchAll(/'(--[\w-]+)'/g)].flatMap(([, flag]) => flag ?? []);
    if (!names.every((flag) => shown.has(flag))) return [];
    const [first = name] = name.split('.');
    const message =
      `${first} is neither beside the script nor in a folder of the slot’s PYTHONPATH that can be read: ` +
      `${names.join(', ')} are the panel’s own idea of its arguments. If the script says otherwise, type them under Arguments.`;
    return [{ line: null, message }];
  });
  return { ...read, unread: [...notes, ...read.unread] };
}

async function addModules(
  modules: Map<string, FoundModule | null>,
  names: readonly string[],
  places: ModulePlaces,
): Promise<void> {
  const found = await Promise.all(names.map((name) => findModule(places, name)));
  for (const [index, name] of names.entries()) modules.set(name, found[index] ?? null);
}

function keyOf(modules: Modules): string {
  return hashOf(
    [...modules].flatMap(([name, found]) => [
      name,
      String(found?.isStandIn),
      String(found?.module.isPackage),
      found?.module.text ?? '',
    ]),
  );
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}
