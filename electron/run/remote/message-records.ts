import type { FileHandle } from 'node:fs/promises';
import { relayHeaderSize } from '../../relay/relay-format';

/** Where in a record's header the length of its datagram stands. */
const lengthPosition = 10;
const readSize = 1024 * 1024;

/**
 * How far a file of message records is whole: the end of its last whole record at or before `size`. Reading begins at
 * `from`, which is the beginning of a record or the file's end.
 */
export async function wholeMessages(file: FileHandle, from: number, size: number): Promise<number> {
  const buffer = Buffer.alloc(Math.min(readSize, Math.max(relayHeaderSize, size - from)));
  let start = from;
  let held = 0;
  let position = from;
  while (position + relayHeaderSize <= size) {
    if (position < start || position + relayHeaderSize > start + held) {
      start = position;
      held = (await file.read(buffer, 0, buffer.length, start)).bytesRead;
      if (held < relayHeaderSize) break;
    }
    const next = position + relayHeaderSize + buffer.readUInt32LE(position - start + lengthPosition);
    if (next > size) break;
    position = next;
  }
  return position;
}
