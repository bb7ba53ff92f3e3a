/** The file in a run's folder that holds the datagrams which the supervisor relayed. */
export const relayFileName = 'messages.rec';

/** Bytes before each datagram: Unix seconds (float64), the publisher's source port (u16), length (u32). */
export const relayHeaderSize = 14;

/** A longer datagram cannot be: UDP carries 65,507 bytes. What says so is damage. */
const longestDatagram = 65_535;

/** A relayed datagram. `end` is where its record ends in the file: the position to go on from. */
export interface RelayRecord {
  readonly bytes: Buffer;
  /** When the supervisor received it, Unix milliseconds. */
  readonly receivedAt: number;
  readonly port: number;
  readonly end: number;
}

/** The whole records at the front of `block`, which begins at `offset` of the file. `damaged` where one cannot be. */
export function readRelayRecords(
  block: Buffer,
  offset: number,
): { records: RelayRecord[]; damaged: boolean } {
  const records: RelayRecord[] = [];
  let at = 0;
  while (at + relayHeaderSize <= block.length) {
    const time = block.readDoubleLE(at);
    const length = block.readUInt32LE(at + 10);
    if (length > longestDatagram || !Number.isFinite(time)) return { records, damaged: true };
    const end = at + relayHeaderSize + length;
    if (end > block.length) break;
    records.push({
      bytes: block.subarray(at + relayHeaderSize, end),
      receivedAt: Math.round(time * 1000),
      port: block.readUInt16LE(at + 8),
      end: offset + end,
    });
    at = end;
  }
  return { records, damaged: false };
}
