import type { ArrayPreview } from '../../shared/ipc/calls/files-calls';
import { success, type Result } from '../../shared/result';
import { readArrayHeader, type ArrayHeader } from './array-header';
import { collectorFor, nothing, type ArrayCollector } from './array-plot';
import type { OpenFile } from './open-file';

/** Values whose text is shown. */
const firstCount = 100;
/** Bytes read in one go: few enough that main does other things between them. */
const chunkLength = 512 * 1024;
/** Values that are looked at in one go, for the same reason: of small ones many fit into few bytes. */
const chunkValues = 16_384;
/** The most bytes of values that are read to draw them. */
const mostBytes = 512 * 1024 * 1024;

/** Whole values that a file of `size` bytes has room for. */
function presentValues({ type, shape, offset }: ArrayHeader, size: number): number {
  const count = countOf(shape);
  if (type.size === 0) return count;
  return Math.min(count, Math.floor(Math.max(0, size - offset) / type.size));
}

/** Why an array is not whole, in words that follow the file's name; null where it is. */
export async function arrayFault(file: OpenFile): Promise<string | null> {
  const header = await readArrayHeader(file);
  if (!header.ok) return header.error.message;
  // Pickled objects have no known length.
  if (header.value.type.text === null) return null;
  const present = presentValues(header.value, file.size);
  const count = countOf(header.value.shape);
  return present < count ? `is cut: ${present} of ${count} values are there` : null;
}

/** What a `.npy` file holds, and what can be drawn of it. Objects are named, never unpickled. */
export async function previewArray(file: OpenFile): Promise<Result<ArrayPreview>> {
  const header = await readArrayHeader(file);
  if (!header.ok) return header;
  const { type, shape, isFortran } = header.value;
  const present = type.text === null ? 0 : presentValues(header.value, file.size);
  const collector = suitableCollector(header.value, present);
  const range = await collect(file, header.value, present, collector);
  return success({
    dtype: type.dtype,
    typeName: type.name,
    shape: [...shape],
    order: isFortran ? 'Fortran' : 'C',
    count: countOf(shape),
    present,
    first: await firstValues(file, header.value, present),
    minimum: range?.minimum ?? null,
    maximum: range?.maximum ?? null,
    plot: collector.plot(),
  });
}

function suitableCollector(header: ArrayHeader, present: number): ArrayCollector {
  const { type, shape, isFortran } = header;
  if (type.text === null) return nothing('Pickled objects are not opened: unpickling can run programs.');
  if (type.number === null) return nothing(`Values of the type ${type.dtype} are not drawn.`);
  if (present * type.size > mostBytes) {
    return nothing(
      `It has more than ${mostBytes / 1024 / 1024} MiB of values, which are not read to draw them.`,
    );
  }
  return collectorFor(shape, isFortran, present);
}

/** Gives every value to the collector, and answers the range of the finite ones; null where there are none. */
async function collect(
  file: OpenFile,
  { type, offset }: ArrayHeader,
  present: number,
  collector: ArrayCollector,
): Promise<{ minimum: number; maximum: number } | null> {
  const read = type.number;
  if (read === null || present * type.size > mostBytes) return null;
  const perChunk = Math.max(1, Math.min(chunkValues, Math.floor(chunkLength / type.size)));
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < present; start += perChunk) {
    const count = Math.min(perChunk, present - start);
    const bytes = await file.read(offset + start * type.size, count * type.size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // A file that became shorter meanwhile ends the reading; what was read is still true.
    const whole = Math.floor(bytes.length / type.size);
    for (let index = 0; index < whole; index += 1) {
      const value = read(view, index * type.size);
      collector.add(start + index, value);
      if (!Number.isFinite(value)) continue;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    if (whole < count) break;
  }
  return minimum <= maximum ? { minimum, maximum } : null;
}

async function firstValues(
  file: OpenFile,
  { type, offset }: ArrayHeader,
  present: number,
): Promise<string[]> {
  const { text, size } = type;
  // Values of many bytes each must not make up for their number.
  const count = Math.min(present, firstCount, Math.max(1, Math.floor(chunkLength / Math.max(1, size))));
  if (text === null || count === 0 || size > chunkLength) return [];
  const bytes = await file.read(offset, count * size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = size === 0 ? count : Math.floor(bytes.length / size);
  return Array.from({ length: Math.min(count, whole) }, (_, index) => text(view, index * size).slice(0, 500));
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
