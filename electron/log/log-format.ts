/*
 * The files of a run's log. `output.log` holds the raw bytes of both streams in the order of their arrival;
 * `output.idx` one record per chunk, written by the supervisor after the chunk's bytes; `lines.idx` is the panel's own.
 */

/** File names inside a run's folder. */
export const logFileNames = { log: 'output.log', records: 'output.idx', lines: 'lines.idx' } as const;

/** Bytes per record of `output.idx`: Python's struct format `<ddII`. */
export const recordSize = 24;

/** Where output came from: 1 stdout, 2 stderr. */
export type LogStream = 1 | 2;

/** One record of `output.idx` as it stands in the file. */
export interface ChunkRecord {
  /** Position of the chunk's first byte in `output.log`. */
  readonly offset: number;
  readonly length: number;
  /** Null where the number in the file names no stream. */
  readonly stream: LogStream | null;
  /** Unix milliseconds, null where the number in the file is not a time. */
  readonly time: number | null;
}

/** Decodes the record at `position` of a piece of `output.idx`. */
export function decodeRecord(bytes: DataView, position: number): ChunkRecord {
  const seconds = bytes.getFloat64(position + 8, true);
  return {
    offset: bytes.getFloat64(position, true),
    time: Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null,
    length: bytes.getUint32(position + 16, true),
    stream: parseStream(bytes.getUint32(position + 20, true)),
  };
}

/** The bytes as `decodeRecord` reads them. A `DataView` is several times faster than the methods of `Buffer`. */
export function recordView(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The stream that a number in a file stands for, null where it is none. */
export function parseStream(value: number): LogStream | null {
  return value === 1 || value === 2 ? value : null;
}
