import { PassThrough, Transform, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { fileCause } from '../files/file-errors';
import type { Failure, Result } from '../../shared/result';
import { writeAtomically } from '../files/write-atomically';

/** Bytes from which an entry is written in the format for large files; below it the old one, which all programs read. */
const largeEntry = 4_000_000_000;

/** One file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  /** Bytes; null where they are not known before. */
  readonly size: number | null;
  /** When it was changed last, Unix milliseconds. */
  readonly modifiedAt: number;
  /** Opens it, or says in a sentence why it is left out. */
  readonly open: () => Promise<Readable | { readonly reason: string }>;
}

/** What an archive's writer hears while it is written. */
export interface ArchiveListener {
  readonly onEntry: (entry: ArchiveEntry) => void;
  /** So many more bytes of the present entry were read. */
  readonly onBytes: (bytes: number) => void;
  /** An entry was left out, or holds a part only; in a sentence. */
  readonly onLeftOut: (sentence: string) => void;
}

/**
 * Writes a zip archive, entry by entry and never whole in memory, and gives it its name when it is complete. What cannot
 * be read is told and left out; what cannot be written fails the whole. Answers the archive's size in bytes.
 */
export async function writeArchive(
  path: string,
  entries: AsyncIterable<ArchiveEntry>,
  listener: ArchiveListener,
  signal: AbortSignal,
): Promise<Result<number, Failure<'file-not-written' | 'write-cancelled'>>> {
  const zip = new ZipFile();
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  // yazl promises no more than a stream that can be piped; this one can be ended from here too.
  const output = zip.outputStream.pipe(new PassThrough());
  const written = writeAtomically(path, output, signal);
  // A disk that is full must also end the reading; and what fails here must also end the writing.
  const ended = written.finally(() => stop.abort());
  const filled = fill(zip, entries, listener, both).catch((error: unknown) => {
    const fault = error instanceof Error ? error : new Error(String(error));
    output.destroy(fault);
  });
  const [result] = await Promise.all([ended, filled]);
  return result;
}

async function fill(
  zip: ZipFile,
  entries: AsyncIterable<ArchiveEntry>,
  listener: ArchiveListener,
  signal: AbortSignal,
): Promise<void> {
  for await (const entry of entries) {
    signal.throwIfAborted();
    listener.onEntry(entry);
    const source = await entry.open();
    if ('reason' in source) {
      listener.onLeftOut(`${entry.name}: ${source.reason}`);
      continue;
    }
    // An abort while it was opened is over: nobody would hear of it any more.
    if (signal.aborted) source.destroy();
    signal.throwIfAborted();
    const counted = countedStream(source, entry.name, listener, signal);
    const ended = new Promise<void>((resolve, reject) => {
      counted.once('close', resolve);
      signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
    zip.addReadStream(counted, entry.name, {
      mtime: new Date(entry.modifiedAt),
      mode: 0o100644,
      forceZip64Format: entry.size === null || entry.size >= largeEntry,
    });
    await ended;
  }
  zip.end();
}

/** The bytes of a source; where it breaks off, what came until then, and a sentence to the listener. */
function countedStream(
  source: Readable,
  name: string,
  { onBytes, onLeftOut }: ArchiveListener,
  signal: AbortSignal,
): Transform {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  source.once('error', (error) => {
    onLeftOut(`${name} ends after ${bytes} bytes: ${fileCause(error)}`);
    counted.end();
  });
  signal.addEventListener('abort', () => source.destroy(), { once: true });
  source.pipe(counted);
  return counted;
}
