import { z } from 'zod';
import { runIdSchema, slotIdSchema } from './ids';

/** Names a registered file for good: an id is never given to another file. */
export const fileIdSchema = z.number().int().positive().brand<'FileId'>();
export type FileId = z.infer<typeof fileIdSchema>;

/** A file that a script (`data_file`) or a streamer (`g3_file`) said it wrote. Nothing of it is checked yet. */
export const registeredFileSchema = z.object({
  id: fileIdSchema,
  slot: slotIdSchema,
  run: runIdSchema.nullable(),
  /** The outermost function that wrote it, and its time stamp as published; both null outside an action. */
  action: z.string().nullable(),
  actionTs: z.string().nullable(),
  /** The path as the script sees it. */
  path: z.string(),
  /** What the publisher calls it, for example `iv` or `noise_plot`. */
  type: z.string(),
  /** What the publisher says of its format; often empty. */
  format: z.string(),
  /** Whether the publisher says that it is a plot. */
  plot: z.boolean(),
  /** The archive that a streamer's file belongs to; null for the files of scripts. */
  archive: z.string().nullable(),
  /** Unix milliseconds; null where the publisher did not say. */
  publishedAt: z.number().nullable(),
  receivedAt: z.number(),
  /** Whether the same path was registered again later, by another run: the file may not be this run's any more. */
  isReplaced: z.boolean(),
});
export type RegisteredFile = z.infer<typeof registeredFileSchema>;

/** What a file is by its first bytes. `unknown` has no preview. */
export const fileKindSchema = z.enum(['png', 'jpeg', 'gif', 'webp', 'svg', 'pdf', 'npy', 'text', 'unknown']);
export type FileKind = z.infer<typeof fileKindSchema>;

/** The kinds that are drawn as a picture. */
export const imageKinds: ReadonlySet<FileKind> = new Set(['png', 'jpeg', 'gif', 'webp', 'svg']);

/**
 * How a file stands on disk. `ready`: whole, as far as its kind tells. `growing`: being written. `damaged`: cut or
 * broken. `unmapped`: no folder of this machine is known for its path. `refused`: it leads out of the mapped folders,
 * or is no ordinary file. `unreachable`: the machine that has it did not answer. `elsewhere`: it was not fetched yet.
 */
export const fileStateSchema = z.enum([
  'ready',
  'growing',
  'missing',
  'unmapped',
  'refused',
  'too-large',
  'damaged',
  'unreadable',
  'unreachable',
  'elsewhere',
]);
export type FileState = z.infer<typeof fileStateSchema>;

/** What was found of a file when it was last looked at. */
export const fileInspectionSchema = z.object({
  id: fileIdSchema,
  state: fileStateSchema,
  kind: fileKindSchema,
  /** What it is in words, for example `PNG image` or `HDF5 file`; empty where it could not be read. */
  description: z.string(),
  /** Why it is not ready, in a sentence; empty where it is. */
  message: z.string(),
  /** Bytes; null where that is not known. */
  size: z.number().nullable(),
  /** When it was last written, Unix milliseconds; null where that is not known. */
  modifiedAt: z.number().nullable(),
  /** Where this machine sees it; null where it does not. */
  here: z.string().nullable(),
  /** Width and height of an image in pixels, where its first bytes tell. */
  pixels: z.object({ width: z.number(), height: z.number() }).nullable(),
});
export type FileInspection = z.infer<typeof fileInspectionSchema>;

/** The host of the addresses under which the page gets registered files. */
export const fileHost = 'panel://file';

/** The address of a file's bytes; `version` makes another one when the file was written anew. */
export function fileAddress(id: FileId, version: string): string {
  return `${fileHost}/${id}?version=${encodeURIComponent(version)}`;
}

/** A path's last part, on any system. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
