import { readdir, readFile, readlink } from 'node:fs/promises';

/** A UDP socket as Linux lists it. */
export interface UdpSocketRow {
  readonly port: number;
  readonly userId: number;
  readonly inode: string;
  /** Datagrams that the kernel dropped for want of buffer since the socket was opened. */
  readonly drops: number;
}

/** Reads the text of `/proc/net/udp` or `udp6`; lines that are not as expected are left out. */
export function parseUdpTable(text: string): UdpSocketRow[] {
  const rows: UdpSocketRow[] = [];
  for (const line of text.split('\n')) {
    // sl local_address rem_address st queues timer retrnsmt uid timeout inode ref pointer drops
    const fields = line.trim().split(/\s+/);
    const [, local, , , , , , uid, , inode, , , drops] = fields;
    const port = Number.parseInt(local?.split(':').at(-1) ?? '', 16);
    if (inode === undefined || drops === undefined || !/^\d+$/.test(inode) || Number.isNaN(port)) continue;
    rows.push({ port, userId: Number(uid), inode, drops: Number(drops) });
  }
  return rows;
}

/** The UDP sockets on a port; none where the system has no such list. */
export async function udpSocketsOnPort(port: number, tables: readonly string[]): Promise<UdpSocketRow[]> {
  const texts = await Promise.all(tables.map((table) => valueOrNull(readFile(table, 'utf8'))));
  return texts
    .flatMap((text) => (text === null ? [] : parseUdpTable(text)))
    .filter((row) => row.port === port);
}

/** The inodes of the sockets that a process has open; empty where they may not be read. `process` is a pid or `self`. */
export async function socketInodes(process: string): Promise<Set<string>> {
  const folder = `/proc/${process}/fd`;
  const inodes = new Set<string>();
  for (const descriptor of (await valueOrNull(readdir(folder))) ?? []) {
    const target = await valueOrNull(readlink(`${folder}/${descriptor}`));
    const inode = target === null ? null : /^socket:\[(\d+)\]$/.exec(target);
    if (inode?.[1] !== undefined) inodes.add(inode[1]);
  }
  return inodes;
}

/** Processes come and go, and other users' are closed to us: what cannot be read is simply not known. */
export async function valueOrNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  });
}
