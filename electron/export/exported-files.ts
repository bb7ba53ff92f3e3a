import type { Readable } from 'node:stream';
import type { RunId } from '../../shared/domain/ids';
import type { Result } from '../../shared/result';

/** A file that a run registered, as it goes into the archive. */
export interface ExportedFile {
  /** Its name in the archive, below `files/`. */
  readonly name: string;
  /** Opens it, or says in a sentence why it cannot be included. */
  open(): Promise<Result<Readable>>;
}

/** The files that a run registered. */
export type ExportedFiles = (run: RunId) => AsyncIterable<ExportedFile>;

/** A name that stays inside its folder wherever the archive is unpacked; names that were taken get a number. */
export function archiveName(name: string, taken: Set<string>): string {
  const parts = name
    .split(/[/\\]/)
    .map((part) => Array.from(part, (letter) => (isUnsafe(letter) ? '_' : letter)).join(''))
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const wanted = parts.length === 0 ? 'file' : parts.join('/');
  let free = wanted;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = numbered(wanted, count);
  taken.add(free.toLowerCase());
  return free;
}

/** What a file system of today refuses in a name, control characters included. */
function isUnsafe(letter: string): boolean {
  return letter < ' ' || letter === '\u007f' || '<>:"|?*'.includes(letter);
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf('.');
  return dot <= name.lastIndexOf('/') + 1
    ? `${name}-${count}`
    : `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
}
