import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where `npm run dist` puts its packages. */
export const dist = resolve(import.meta.dirname, '../../dist');

/** The package in dist/ whose name ends so; null where it was not built here. */
export function builtPackage(ending: string): string | null {
  const name = readdirSync(dist).find((file) => file.endsWith(ending));
  return name === undefined ? null : join(dist, name);
}

/** What an asar archive's header says of a file or folder. */
interface ArchiveEntry {
  readonly files?: Readonly<Record<string, ArchiveEntry>>;
  readonly size?: number;
  readonly offset?: string;
}

/** An asar archive: the files in it, with their sizes, and the text of one. */
export class Archive {
  private constructor(
    private readonly path: string,
    private readonly header: ArchiveEntry,
    private readonly dataStart: number,
  ) {}

  static async read(path: string): Promise<Archive> {
    const file = await open(path);
    try {
      // Four numbers of four bytes: the last is the length of the header's JSON, the second that of all before the data.
      const sizes = Buffer.alloc(16);
      await file.read(sizes, 0, 16, 0);
      const json = Buffer.alloc(sizes.readUInt32LE(12));
      await file.read(json, 0, json.length, 16);
      return new Archive(path, JSON.parse(json.toString()) as ArchiveEntry, 8 + sizes.readUInt32LE(4));
    } finally {
      await file.close();
    }
  }

  /** Every file's path with its size in bytes. */
  files(): { path: string; size: number }[] {
    return filesOf(this.header, '');
  }

  async text(path: string): Promise<string> {
    const entry = path
      .split('/')
      .reduce<ArchiveEntry | undefined>((folder, name) => folder?.files?.[name], this.header);
    if (entry?.size === undefined) throw new Error(`${this.path} holds no ${path}`);
    const file = await open(this.path);
    try {
      const bytes = Buffer.alloc(entry.size);
      await file.read(bytes, 0, entry.size, this.dataStart + Number(entry.offset));
      return bytes.toString();
    } finally {
      await file.close();
    }
  }
}

function filesOf(entry: ArchiveEntry, folder: string): { path: string; size: number }[] {
  return Object.entries(entry.files ?? {}).flatMap(([name, child]) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    return child.files === undefined ? [{ path, size: child.size ?? 0 }] : filesOf(child, path);
  });
}
