import type { FileHandle } from 'node:fs/promises';
import { decodeRecord, recordSize, recordView } from '../log/log-format';

const recordsPerBlock = 4096;

/** The columns of `log-times.csv`. */
const logTimesHeading = 'offset,length,stream,time,time_utc\r\n';

/**
 * `output.idx` as CSV: one line for each piece of output that arrived together, with where it stands in `log.txt`.
 * Pieces beyond `logBytes` came after the log was taken and are left out. The file is opened only when it is read, and closed at its end.
 */
export async function* logTimes(
  openFile: () => Promise<FileHandle>,
  logBytes: number,
): AsyncGenerator<string> {
  const file = await openFile();
  try {
    yield logTimesHeading;
    const block = Buffer.allocUnsafe(recordsPerBlock * recordSize);
    for (let position = 0; ; position += recordsPerBlock * recordSize) {
      const { bytesRead } = await file.read(block, 0, block.length, position);
      const view = recordView(block);
      let text = '';
      for (let at = 0; at + recordSize <= bytesRead; at += recordSize) {
        const { offset, length, stream, time } = decodeRecord(view, at);
        if (offset >= logBytes) continue;
        const name = stream === 1 ? 'stdout' : stream === 2 ? 'stderr' : '';
        const when = time === null ? ',' : `${time / 1000},${new Date(time).toISOString()}`;
        text += `${offset},${Math.min(length, logBytes - offset)},${name},${when}\r\n`;
      }
      if (text !== '') yield text;
      if (bytesRead < block.length) return;
    }
  } finally {
    await file.close();
  }
}
