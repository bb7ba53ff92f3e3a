import { socketInodes, udpSocketsOnPort } from './proc-net-udp';

/**
 * How many datagrams the kernel has dropped from this process's IPv4 socket on a port since it was opened, because its
 * buffer was full. Null where the system does not tell (other than Linux) or there is no such socket.
 */
export async function readKernelDrops(port: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const sockets = await udpSocketsOnPort(port, ['/proc/net/udp']);
  if (sockets.length <= 1) return sockets[0]?.drops ?? null;
  // Another program may have the same port on another address; ours is the one whose inode we hold.
  const own = await socketInodes('self');
  return sockets.find((socket) => own.has(socket.inode))?.drops ?? null;
}
