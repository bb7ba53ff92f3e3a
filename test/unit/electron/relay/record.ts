/** A relayed datagram as the supervisor writes it into `messages.rec`. `time` is Unix seconds. */
export function record(text: string, time = 1584402012.5, port = 4000): Buffer {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(14);
  header.writeDoubleLE(time, 0);
  header.writeUInt16LE(port, 8);
  header.writeUInt32LE(bytes.length, 10);
  return Buffer.concat([header, bytes]);
}
