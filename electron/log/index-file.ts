import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LineIndex } from './line-index';
import { fileCause, isMissing } from '../files/file-errors';
import { LogError } from './log-file';
import { logFileNames, parseStream } from './log-format';

/*
 * `lines.idx`, the panel's own index of an ended run's log, so that it need not be scanned again. All little-endian:
 * 8 bytes magic with the version, then float64: bytes of the log, bytes of `output.idx`, records used, lines ended,
 * start of the last line, stream of the last byte (0 none), number of checkpoints; then a uint32 CRC-32 of all that
 * follows and of the fields before it, and 4 unused bytes; then the checkpoints' lines and their offsets (float64), and a
 * byte for each that says whether a change of stream ended a line after it.
 */
const magic = Buffer.from('SPLINES2', 'latin1');
const fieldCount = 7;
const crcPosition = magic.length + fieldCount * 8;
const headerSize = crcPosition + 8;

/** A log's index with the number of records of `output.idx` on which it rests. */
export interface IndexedLog {
  readonly index: LineIndex;
  readonly records: number;
}

/**
 * Writes the index of an ended run's log into its folder, whole or not at all. `recordBytes` is the size that
 * `output.idx` had when it was read. Throws `LogError` where the folder cannot be written.
 */
export async function saveIndex(folder: string, log: IndexedLog, recordBytes: number): Promise<void> {
  const path = join(folder, logFileNames.lines);
  const temporary = `${path}.new`;
  try {
    await writeFile(temporary, encode(log, recordBytes));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const message = `The log's line index ${path} cannot be saved: ${fileCause(error)}. The log is read afresh each time.`;
    throw new LogError('log-index-not-saved', message, error);
  }
}

/** Reads a folder's saved index. Null where there is none, or where it does not fit the log as it is now. */
export async function loadIndex(folder: string): Promise<IndexedLog | null> {
  const bytes = await readFile(join(folder, logFileNames.lines)).catch((error: unknown) => {
    if (isMissing(error)) return null;
    const path = join(folder, logFileNames.lines);
    throw new LogError(
      'log-unreadable',
      `The log's line index ${path} cannot be read: ${fileCause(error)}.`,
      error,
    );
  });
  if (bytes === null || bytes.length < headerSize || !bytes.subarray(0, magic.length).equals(magic))
    return null;
  if (bytes.readUInt32LE(crcPosition) !== checksum(bytes)) return null;
  const field = (position: number) => bytes.readDoubleLE(magic.length + position * 8);
  const checkpoints = field(6);
  if (bytes.length !== headerSize + checkpoints * 17) return null;
  if (field(0) !== (await sizeOf(join(folder, logFileNames.log)))) return null;
  if (field(1) !== (await sizeOf(join(folder, logFileNames.records)))) return null;
  const index = LineIndex.restore({
    bytes: field(0),
    ended: field(3),
    lineStart: field(4),
    stream: parseStream(field(5)),
    checkpointLines: floats(bytes, headerSize, checkpoints),
    checkpointOffsets: floats(bytes, headerSize + checkpoints * 8, checkpoints),
    cuts: new Uint8Array(bytes.subarray(headerSize + checkpoints * 16)),
  });
  return { index, records: field(2) };
}

/** A file's size in bytes, 0 while it is absent. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw new LogError('log-unreadable', `The log file ${path} cannot be read: ${fileCause(error)}.`, error);
  }
}

function encode(log: IndexedLog, recordBytes: number): Buffer {
  const { bytes, ended, lineStart, stream, checkpointLines, checkpointOffsets, cuts } = log.index.state();
  const header = Buffer.alloc(headerSize);
  magic.copy(header);
  const fields = [bytes, recordBytes, log.records, ended, lineStart, stream ?? 0, checkpointLines.length];
  fields.forEach((value, position) => header.writeDoubleLE(value, magic.length + position * 8));
  const file = Buffer.concat([header, bytesOf(checkpointLines), bytesOf(checkpointOffsets), cuts]);
  file.writeUInt32LE(checksum(file), crcPosition);
  return file;
}

function checksum(file: Buffer): number {
  return crc32(file.subarray(headerSize), crc32(file.subarray(0, crcPosition)));
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Copies numbers out of a file's bytes, which need not stand at a multiple of 8 in memory. */
function floats(bytes: Buffer, start: number, count: number): Float64Array<ArrayBuffer> {
  const values = new Float64Array(count);
  bytesOf(values).set(bytes.subarray(start, start + count * 8));
  return values;
}
