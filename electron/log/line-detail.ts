import type { LogLineDetail } from '../../shared/ipc/calls/log-calls';
import { failure, success, type Result } from '../../shared/result';
import type { LogReader } from './log-reader';

/** Bytes of a line that are shown at once. */
const partSize = 64 * 1024;

/** One part of a line, however long, as it stands in the log: nothing overwritten, nothing left out. */
export async function readLineDetail(
  reader: LogReader,
  line: number,
  part: number,
): Promise<Result<LogLineDetail>> {
  const [span] = await reader.readSpans(line, 1);
  if (span === undefined) return failure('log-line-unknown', `The log has no line ${line + 1}.`);
  const { start, end, stream, time } = span;
  const parts = Math.max(1, Math.ceil((end - start) / partSize));
  const from = start + Math.min(part, parts - 1) * partSize;
  // Up to three bytes more tell where a code point that was begun ends.
  const bytes = await reader.readBytes(from, Math.min(end, from + partSize + 3));
  const first = from === start ? 0 : continuation(bytes, 0);
  const last = bytes.length <= partSize ? bytes.length : partSize + continuation(bytes, partSize);
  const text = bytes.toString('utf8', first, last).replace(/\r?\n$/, '');
  return success({ line, stream, time, bytes: end - start, part: Math.min(part, parts - 1), parts, text });
}

/** Bytes from `position` on that go on with a code point. */
function continuation(bytes: Buffer, position: number): number {
  let count = 0;
  while (count < 3 && ((bytes[position + count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}
