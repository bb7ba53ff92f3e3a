import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ArrayPreview, TextPreview } from '../../shared/ipc/calls/files-calls';
import type { RunId } from '../../shared/domain/ids';
import {
  fileName,
  type FileId,
  type FileInspection,
  type FileKind,
  type RegisteredFile,
} from '../../shared/domain/registered-file';
import { failure, success, type Result } from '../../shared/result';
import type { ExportedFile } from '../export/exported-files';
import type { Store } from '../store/store';
import { previewArray } from './array-preview';
import { FileOpener, type FileOpenerOptions } from './file-opener';
import { inspectOpen } from './inspect-file';
import { FileFaultError, faultOf, type OpenFile } from './open-file';
import { placeOf } from './path-map';
import { NoAnswerError, PatientGate } from './patient-gate';
import { testPathRow } from './test-path';
import { previewText } from './text-preview';

export interface RegisteredFilesOptions extends Pick<FileOpenerOptions, 'slotOf' | 'transportOf'> {
  readonly store: Pick<Store, 'ask'>;
  /** Unix milliseconds now. */
  readonly now: () => number;
  /** Hears of faults of the panel itself, which make a file unreadable. */
  readonly onFault: (error: unknown) => void;
}

/** A file's bytes for the page. */
export interface ServedFile {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const contentTypes: Partial<Record<FileKind, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** Sizes that are remembered to see whether a file grows; the oldest go first. */
const mostSizes = 5000;
/** Registered files by which a row of the path map is tried. */
const sampleSize = 500;

/** The files that scripts and streamers registered: what is there of them, and their contents. Nothing else is opened. */
export class RegisteredFiles {
  readonly #options: RegisteredFilesOptions;
  readonly #gate = new PatientGate();
  readonly #opener: FileOpener;
  readonly #sizes = new Map<FileId, number>();

  constructor(options: RegisteredFilesOptions) {
    this.#options = options;
    this.#opener = new FileOpener({ ...options, gate: this.#gate });
  }

  /** Looks at files; `fetch` brings those of other machines here. In the order asked for. Ids that are not registered are left out. */
  async inspect(ids: readonly FileId[], fetch: boolean): Promise<FileInspection[]> {
    const found = await Promise.all(ids.map((id) => this.#inspect(id, fetch)));
    return found.filter((inspection) => inspection !== null);
  }

  /** The beginning of a text. */
  async text(id: FileId): Promise<Result<TextPreview>> {
    return this.#use(id, async (file) => success(await previewText(file)));
  }

  /** What a NumPy file holds. */
  async array(id: FileId): Promise<Result<ArrayPreview>> {
    return this.#use(id, async (file, name) => {
      const preview = await previewArray(file);
      return preview.ok ? preview : failure(preview.error.code, `${name} ${preview.error.message}.`);
    });
  }

  /** The bytes of an image or a PDF document that the page may draw; null for everything else. */
  async serve(id: FileId): Promise<ServedFile | null> {
    const served = await this.#use(id, async (file, name) => {
      const { kind, state } = await inspectOpen(file, name, null, this.#options.now());
      const contentType = contentTypes[kind];
      if (contentType === undefined || state === 'too-large') return failure('not-drawn', '');
      return success({ contentType, bytes: await file.read(0, file.size) });
    });
    return served.ok ? served.value : null;
  }

  /** The path of this machine by which a file, or else its folder, is shown in the file manager. */
  async pathToShow(id: FileId): Promise<Result<string>> {
    const file = await this.#read(id);
    if (!file.ok) return file;
    try {
      const opened = await this.#opener.open(file.value);
      await opened.close();
      if (opened.here !== null) return success(opened.here);
    } catch (error) {
      if (!(error instanceof FileFaultError)) throw error;
      const { state, message } = error.fault;
      if (state !== 'missing' && state !== 'too-large') return failure(`file-${state}`, message);
    }
    const slot = this.#options.slotOf(file.value.slot);
    const place = slot === null ? null : placeOf(file.value.path, slot);
    return place?.kind === 'here'
      ? success(dirname(place.path))
      : failure('file-elsewhere', `${file.value.path} is on another machine and has no folder here.`);
  }

  /** Tries a row of a path map: whether the folder is there, and which of the slot's files it holds. */
  async testPath(
    slot: RegisteredFile['slot'],
    from: string,
    to: string,
  ): Promise<Result<{ isGood: boolean; message: string }>> {
    const listed = await this.#options.store.ask('listFiles', {
      slot,
      run: null,
      text: '',
      before: null,
      limit: sampleSize,
    });
    if (!listed.ok) return listed;
    return success(await testPathRow({ from, to }, listed.value.files, this.#gate));
  }

  /** Every file that a run registered, for an archive of it, which tells equal names apart. */
  async *exportedFiles(run: RunId): AsyncIterable<ExportedFile> {
    const listed = await this.#options.store.ask('filesOfRun', { run });
    if (!listed.ok) throw new Error(listed.error.message);
    for (const file of listed.value) {
      yield { name: exportName(file), open: async () => rawFault(file) ?? (await this.#stream(file)) };
    }
  }

  async #inspect(id: FileId, fetch: boolean): Promise<FileInspection | null> {
    const file = await this.#read(id);
    if (!file.ok) return null;
    const name = fileName(file.value.path);
    try {
      const opened = await this.#opener.open(file.value, fetch);
      try {
        const found = await inspectOpen(opened, name, this.#sizes.get(id) ?? null, this.#options.now());
        this.#remember(id, opened.size);
        return { id, ...found };
      } finally {
        await opened.close();
      }
    } catch (error) {
      const { state, message } = this.#faultOf(error, file.value.path);
      const size = error instanceof FileFaultError ? error.size : null;
      return {
        id,
        state,
        kind: 'unknown',
        description: '',
        message,
        size,
        modifiedAt: null,
        here: null,
        pixels: null,
      };
    }
  }

  /** One file's fault must not take the answers about the others along. */
  #faultOf(error: unknown, path: string): ReturnType<typeof faultOf> {
    try {
      return faultIn(error, path);
    } catch (unexpected) {
      this.#options.onFault(unexpected);
      return faultOf(unexpected, path);
    }
  }

  #remember(id: FileId, size: number): void {
    this.#sizes.delete(id);
    this.#sizes.set(id, size);
    const [oldest] = this.#sizes.keys();
    if (this.#sizes.size > mostSizes && oldest !== undefined) this.#sizes.delete(oldest);
  }

  async #stream(file: RegisteredFile): Promise<Result<Readable>> {
    try {
      const opened = await this.#opener.open(file);
      const stream = Readable.from(chunksOf(opened));
      // Not at the end of the generator: one that was never read from does not get there.
      stream.once('close', () => {
        opened.close().catch(this.#options.onFault);
      });
      return success(stream);
    } catch (error) {
      return failure('file-unreadable', faultIn(error, file.path).message);
    }
  }

  async #use<Value>(
    id: FileId,
    work: (file: OpenFile, name: string) => Promise<Result<Value>>,
  ): Promise<Result<Value>> {
    const file = await this.#read(id);
    if (!file.ok) return file;
    try {
      const opened = await this.#opener.open(file.value);
      try {
        return await work(opened, fileName(file.value.path));
      } finally {
        await opened.close();
      }
    } catch (error) {
      const { state, message } = faultIn(error, file.value.path);
      return failure(`file-${state}`, message);
    }
  }

  async #read(id: FileId): Promise<Result<RegisteredFile>> {
    const read = await this.#options.store.ask('readFile', { file: id });
    if (!read.ok) return read;
    return read.value === null
      ? failure('file-unknown', 'This file is not among the registered ones any more.')
      : success(read.value);
  }
}

function faultIn(error: unknown, path: string): ReturnType<typeof faultOf> {
  if (error instanceof FileFaultError) return error.fault;
  // Errors of the file system have a code; any other is a fault of the panel and surfaces.
  const isOfFiles = error instanceof Error && 'code' in error && typeof error.code === 'string';
  if (isOfFiles || error instanceof NoAnswerError) return faultOf(error, path);
  throw error;
}

const streamChunk = 1024 * 1024;

async function* chunksOf(file: OpenFile): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < file.size;) {
    const bytes = await file.read(offset, streamChunk);
    if (bytes.length === 0) throw new Error('the file became shorter while it was read');
    offset += bytes.length;
    yield bytes;
  }
}

/** Why a streamer's file is not copied into an archive, null for any other: hours of timestreams take terabytes. */
function rawFault({ format, path }: RegisteredFile): Result<never> | null {
  if (format !== 'g3') return null;
  return failure('file-raw', `raw timestreams are not copied; where it was written it is ${path}`);
}

/** `<action_ts>_<action>/<name>`, as the field groups files; without an action in a folder of their own. */
function exportName({ action, actionTs, path }: RegisteredFile): string {
  const folder =
    action === null && actionTs === null ? 'without_action' : `${actionTs ?? ''}_${action ?? ''}`;
  // What some system takes for more than a name.
  // oxlint-disable-next-line no-control-regex -- they are among it
  const safe = (text: string): string => text.replace(/[/\\:*?"<>|\0-\x1f]/g, '_').replace(/^\.+$/, '_');
  return `${safe(folder)}/${safe(fileName(path))}`;
}
