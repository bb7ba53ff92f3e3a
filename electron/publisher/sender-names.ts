import type { DatagramSender } from './listener';

const limit = 4096;

/**
 * The names of senders, `address:port`. Kept, because the same few send thousands of messages a second and a name that
 * is the same string each time is quick to look up.
 */
export class SenderNames {
  readonly #byPort = new Map<number, { readonly address: string; readonly name: string }>();

  name(sender: DatagramSender): string {
    const known = this.#byPort.get(sender.port);
    if (known !== undefined && known.address === sender.address) return known.name;
    // What is forgotten is only made again.
    if (this.#byPort.size >= limit) this.#byPort.clear();
    const name = `${sender.address}:${sender.port}`;
    this.#byPort.set(sender.port, { address: sender.address, name });
    return name;
  }
}
