import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A real UDP socket on loopback; port 0 for any. */
export async function openSocket(port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

export async function closeSocket(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}

/** Sends one datagram; resolves when the system has taken it. */
export function sendTo(socket: Socket, port: number, datagram: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(datagram, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)));
  });
}
