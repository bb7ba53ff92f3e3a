import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { ListenerState } from '../../shared/domain/listener';

/** Who sent a datagram. */
export interface DatagramSender {
  readonly address: string;
  readonly port: number;
}

export interface DatagramListenerOptions {
  /** A name or an IPv4 address of this machine. */
  readonly host: string;
  /** 0 lets the system choose; `port` of the listener then says which. */
  readonly port: number;
  /** Called for every datagram. Must not throw. `receivedAt` is Unix milliseconds. */
  onDatagram(bytes: Buffer, sender: DatagramSender, receivedAt: number): void;
  onState(state: ListenerState): void;
  /** Names the process that holds a UDP port, or null. */
  findHolder(port: number): Promise<string | null>;
  /** Milliseconds between attempts at a port that could not be had. */
  readonly retryEveryMs?: number;
  readonly clock?: () => number;
}

/** What is asked of the kernel: at 20,000 messages a second this carries main through a pause of half a second. */
const wantedBuffer = 8 * 1024 * 1024;
const smallestBuffer = 256 * 1024;

/**
 * The UDP socket, the only one of the panel. It tries until it is closed: a port in use, a missing network or an error
 * in service is a state and a next attempt, never an end. It does not share its port, because two listeners on one
 * port would each get a part of the messages.
 */
export class DatagramListener {
  readonly #options: DatagramListenerOptions;
  readonly #retryEvery: number;
  readonly #clock: () => number;
  #socket: Socket | null = null;
  #boundPort: number | null = null;
  #retry: NodeJS.Timeout | null = null;
  #attempt: Promise<void> | null = null;
  #closed = false;

  constructor(options: DatagramListenerOptions) {
    this.#options = options;
    this.#retryEvery = options.retryEveryMs ?? 5000;
    this.#clock = options.clock ?? Date.now;
  }

  /** The port that is bound, or else the one that is wanted. */
  get port(): number {
    return this.#boundPort ?? this.#options.port;
  }

  /** Opens the socket. Resolves when the first attempt has ended, well or not; later ones follow by themselves. */
  open(): Promise<void> {
    if (this.#closed) throw new Error('the listener is closed');
    if (this.#attempt === null) {
      this.#options.onState({ state: 'starting' });
      this.#attempt = this.#tryToBind();
    }
    return this.#attempt;
  }

  /** Closes the socket and stops trying. After it no callback is called any more. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#release();
    await this.#attempt;
  }

  #tryToBind(): Promise<void> {
    const socket = createSocket({ type: 'udp4', reuseAddr: false });
    this.#socket = socket;
    // Replaced on every later fault as well: an error of a bound socket takes the same way as one of binding.
    return new Promise((resolve) => {
      socket.on('error', (error) => resolve(this.#fail(socket, error)));
      socket.on('close', () => resolve());
      socket.bind({ port: this.#options.port, address: this.#options.host }, () => {
        this.#serve(socket);
        resolve();
      });
    });
  }

  #serve(socket: Socket): void {
    const options = this.#options;
    this.#boundPort = socket.address().port;
    const receiveBuffer = growReceiveBuffer(socket);
    socket.on('message', (bytes: Buffer, sender: RemoteInfo) => {
      if (!this.#closed) options.onDatagram(bytes, sender, this.#clock());
    });
    if (!this.#closed) options.onState({ state: 'listening', receiveBuffer });
  }

  async #fail(socket: Socket, error: Error): Promise<void> {
    if (this.#closed || this.#socket !== socket) return;
    const inUse = 'code' in error && error.code === 'EADDRINUSE';
    await this.#release();
    const holder = inUse ? await this.#options.findHolder(this.#options.port) : null;
    if (this.#closed) return;
    const retryAt = this.#clock() + this.#retryEvery;
    this.#retry = setTimeout(() => {
      this.#attempt = this.#tryToBind();
    }, this.#retryEvery);
    this.#options.onState(
      inUse
        ? { state: 'port-in-use', holder, retryAt }
        : { state: 'failed', message: this.#describe(error), retryAt },
    );
  }

  #describe(error: Error): string {
    const place = `UDP port ${this.#options.port} on ${this.#options.host}`;
    const code = 'code' in error ? error.code : null;
    if (code === 'EACCES') return `${place} may not be opened by this user (EACCES)`;
    if (code === 'EADDRNOTAVAIL')
      return `${place} cannot be opened: this machine has no such address (EADDRNOTAVAIL)`;
    if (code === 'ENOTFOUND') return `${place} cannot be opened: the host name is not known (ENOTFOUND)`;
    return `${place} cannot be listened on: ${error.message}`;
  }

  #release(): Promise<void> {
    const socket = this.#socket;
    this.#socket = null;
    this.#boundPort = null;
    if (socket === null) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once('close', () => resolve());
      socket.close();
    });
  }
}

/** Asks for the wanted buffer, or as much of it as the system allows, and says what was granted in bytes. */
function growReceiveBuffer(socket: Socket): number {
  for (let size = wantedBuffer; size >= smallestBuffer; size /= 2) {
    if (tryReceiveBuffer(socket, size)) break;
  }
  const size = socket.getRecvBufferSize();
  // Linux doubles what it grants, for its own book-keeping, and reports the doubled number (man 7 socket, SO_RCVBUF):
  // with rmem_max at 4 MiB, 8 MiB asked read back as 8 MiB, of which 4 MiB are granted.
  return process.platform === 'linux' ? size / 2 : size;
}

/** Linux cuts what is too much; other systems refuse it. */
function tryReceiveBuffer(socket: Socket, size: number): boolean {
  try {
    socket.setRecvBufferSize(size);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SOCKET_BUFFER_SIZE') return false;
    throw error;
  }
}
