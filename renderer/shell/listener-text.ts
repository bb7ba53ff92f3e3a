import { assertNever } from '../../shared/assert-never';
import type { ListenerStatus } from '../../shared/domain/listener';

/** What the listener does, in words. */
export function describeListener({ host, port, socket }: ListenerStatus): string {
  switch (socket.state) {
    case 'starting':
      return `starting to listen on ${host}:${port}`;
    case 'listening':
      return `listening ${host}:${port}`;
    case 'port-in-use':
      return `not listening: port ${port} is in use by ${socket.holder ?? 'another program'}`;
    case 'failed':
      return `not listening on ${host}:${port}: ${socket.message}`;
    default:
      return assertNever(socket);
  }
}

/** Why no message is heard and what to do, as sentences; null while the listener listens or is about to. */
export function listenerFault({ host, port, socket }: ListenerStatus): string | null {
  switch (socket.state) {
    case 'starting':
    case 'listening':
      return null;
    case 'port-in-use':
      return (
        `No published message is heard, because port ${port} is in use by ${socket.holder ?? 'another program'}. ` +
        'Close that program, or choose another port in Settings.'
      );
    case 'failed':
      return (
        `No published message is heard on ${host}:${port}. ${socket.message.replace(/\.$/, '')}. ` +
        'Check the host and port in Settings.'
      );
    default:
      return assertNever(socket);
  }
}
