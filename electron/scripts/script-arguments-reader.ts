import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { ScriptArguments } from '../../shared/arguments/argument-form';
import { failure, success, type Result } from '../../shared/result';
import type { Transport } from '../run/transport';
import { largestSource } from './argparse/limits';
import type { ModuleText } from './argparse/source-module';
import { ArgumentsWorkerClient } from './arguments-worker-client';
import { decodeSource } from './decode-source';

/** What the reader needs. */
export interface ScriptArgumentsReaderOptions {
  /** The built `arguments-worker`. */
  readonly workerFile: string | URL;
  /** How long the worker may take for one script, milliseconds. */
  readonly patience?: number;
}

/** How the reader reaches a script: all that it needs of a transport. */
export type ReadsFiles = Pick<Transport, 'readFile'>;

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
 * Reads what scripts say of their arguments, wherever they are: the script and the modules beside it come through the
 * slot's transport, the reading happens in a worker. A script with the same content is not read twice.
 */
export class ScriptArgumentsReader {
  readonly #worker: ArgumentsWorkerClient;
  /** By the hash of the script's path and text. */
  readonly #remembered = new Map<string, Remembered>();
  #underWay = 0;

  constructor({ workerFile, patience = usualPatience }: ScriptArgumentsReaderOptions) {
    this.#worker = new ArgumentsWorkerClient(workerFile, patience);
  }

  /** Fails where the script cannot be read, or takes too long; what cannot be made out is said in the answer. */
  async read(transport: ReadsFiles, path: string): Promise<Result<ScriptArguments>> {
    if (this.#underWay >= mostAtOnce) {
      return failure('arguments-busy', `Too many scripts are being read at once; ${path} was not.`);
    }
    this.#underWay += 1;
    try {
      return await this.#read(transport, path);
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Ends the worker. */
  async close(): Promise<void> {
    await this.#worker.close();
  }

  async #read(transport: ReadsFiles, path: string): Promise<Result<ScriptArguments>> {
    // One byte more than is read at most, so that a longer one is told from one that just fits.
    const bytes = await transport.readFile(path, largestSource + 1);
    if (!bytes.ok) return bytes;
    const source = decodeSource(bytes.value);
    const place = hashOf([path, source]);
    const known = this.#remembered.get(place);
    const modules = new Map<string, ModuleText | null>();
    await this.#addModules(modules, known?.modules ?? [], transport, path);
    if (known?.key === keyOf(modules)) return success(known.read);
    for (let round = 0; ; round += 1) {
      const program = posix.basename(path);
      const answer = await this.#worker.ask({ source, program, modules });
      if (!answer.ok) return answer;
      const { read, wanted } = answer.value;
      const next = wanted.slice(0, Math.max(0, mostModules - modules.size));
      if (next.length === 0 || round === mostRounds) {
        this.#remember(place, { modules: [...modules.keys()], key: keyOf(modules), read });
        return success(read);
      }
      await this.#addModules(modules, next, transport, path);
    }
  }

  async #addModules(
    modules: Map<string, ModuleText | null>,
    names: readonly string[],
    transport: ReadsFiles,
    script: string,
  ): Promise<void> {
    const texts = await Promise.all(names.map((name) => readModule(transport, script, name)));
    for (const [index, name] of names.entries()) modules.set(name, texts[index] ?? null);
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

/** The text of a module beside the script, or null where there is none that can be read. */
async function readModule(transport: ReadsFiles, script: string, name: string): Promise<ModuleText | null> {
  if (!/^[\p{L}\p{N}_]+(\.[\p{L}\p{N}_]+)*$/u.test(name)) return null;
  const base = posix.join(posix.dirname(script), ...name.split('.'));
  const [file, folder] = await Promise.all([
    transport.readFile(`${base}.py`, largestSource + 1),
    transport.readFile(posix.join(base, '__init__.py'), largestSource + 1),
  ]);
  // A folder with __init__.py goes before a file of the same name, as in Python.
  const found = folder.ok ? folder : file;
  return found.ok ? { text: decodeSource(found.value), isPackage: folder.ok } : null;
}

function keyOf(modules: ReadonlyMap<string, ModuleText | null>): string {
  return hashOf(
    [...modules].flatMap(([name, module]) => [name, String(module?.isPackage), module?.text ?? '']),
  );
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}
