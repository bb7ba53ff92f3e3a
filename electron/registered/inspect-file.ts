import type { FileInspection, FileKind } from '../../shared/domain/registered-file';
import { arrayFault } from './array-preview';
import { megabytes } from './file-opener';
import type { OpenFile } from './open-file';
import { headLength, sniff } from './sniff';
import { pixelsOf, tailLength, wholenessFault } from './wholeness';

/** What is found of a file's own bytes. */
export type Found = Omit<FileInspection, 'id'>;

/** The largest files of each kind that are shown, in bytes; text is shown by its beginning. */
const largest: Partial<Record<FileKind, number>> = {
  png: 64e6,
  jpeg: 64e6,
  gif: 64e6,
  webp: 64e6,
  svg: 16e6,
  pdf: 64e6,
};

/** More pixels than this take gigabytes to draw, however small the file is. */
const mostPixels = 100e6;

/** A file that lacks its end and was written this short a time ago is taken for one that is being written. Milliseconds. */
const justWritten = 5000;

/** Looks at an open file. `lastSize` is what it had when it was looked at before, null for the first time. */
export async function inspectOpen(
  file: OpenFile,
  name: string,
  lastSize: number | null,
  now: number,
): Promise<Found> {
  const head = await file.read(0, headLength);
  const { kind, description } = sniff(head);
  const pixels = pixelsOf(kind, head);
  const common = { kind, description, pixels, size: file.size, modifiedAt: file.modifiedAt, here: file.here };
  const limit = largest[kind];
  if (limit !== undefined && file.size > limit) {
    const message = `${name} has ${megabytes(file.size)}; up to ${megabytes(limit)} of such a file are shown.`;
    return { ...common, state: 'too-large', message };
  }
  if (pixels !== null && pixels.width * pixels.height > mostPixels) {
    const message = `${name} has ${pixels.width} × ${pixels.height} pixels, too many to be drawn here.`;
    return { ...common, state: 'too-large', message };
  }
  const hasGrown = lastSize !== null && lastSize !== file.size;
  const fault = await faultOf(file, kind, head);
  const isYoung = file.modifiedAt !== null && Math.abs(now - file.modifiedAt) < justWritten;
  if (hasGrown || (fault !== null && isYoung)) {
    return { ...common, state: 'growing', message: `${name} is being written: its size is still changing.` };
  }
  if (fault !== null) return { ...common, state: 'damaged', message: `${name} ${fault}.` };
  if (file.size === 0 && isYoung) {
    return { ...common, state: 'growing', message: `${name} is empty so far.` };
  }
  return file.size === 0
    ? { ...common, state: 'damaged', message: `${name} is empty.` }
    : { ...common, state: 'ready', message: '' };
}

async function faultOf(file: OpenFile, kind: FileKind, head: Buffer): Promise<string | null> {
  if (kind === 'npy') return arrayFault(file);
  const start = Math.max(0, file.size - tailLength);
  const tail = file.size <= head.length ? head.subarray(start) : await file.read(start, tailLength);
  return wholenessFault(kind, { head, tail, size: file.size });
}
