import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { socketInodes, udpSocketsOnPort, valueOrNull } from './proc-net-udp';

/**
 * Names the process that holds a UDP port, for example `python3 (pid 123)`, or the user whose it is where that is all
 * that may be known. Null where the system does not tell (other than Linux) or nobody holds it.
 */
export async function findPortHolder(port: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const sockets = await udpSocketsOnPort(port, ['/proc/net/udp', '/proc/net/udp6']);
  const [first] = sockets;
  if (first === undefined) return null;
  for (const entry of (await valueOrNull(readdir('/proc'))) ?? []) {
    if (!/^\d+$/.test(entry)) continue;
    const inodes = await socketInodes(entry);
    if (sockets.some((socket) => inodes.has(socket.inode)))
      return `${await processName(entry)} (pid ${entry})`;
  }
  return `a process of user ${first.userId}`;
}

async function processName(pid: string): Promise<string> {
  const command = await valueOrNull(readFile(`/proc/${pid}/cmdline`, 'utf8'));
  const program = basename(command?.split('\0')[0] ?? '');
  if (program !== '') return program;
  const short = await valueOrNull(readFile(`/proc/${pid}/comm`, 'utf8'));
  return short === null ? 'a process that has just ended' : short.trim();
}
