import type { TransportConfig } from '../../shared/config/crates';
import { makeTransport, type TransportSurroundings } from './remote/make-transport';
import type { Transport } from './transport';

/** One transport for each configuration, so that the runs and slots of one machine share their connection to it. */
export class TransportPool {
  readonly #around: TransportSurroundings;
  readonly #transports = new Map<string, Transport>();

  constructor(around: TransportSurroundings) {
    this.#around = around;
  }

  /** The transport for a configuration. Working folder and variables travel with each run and make no difference. */
  of(config: TransportConfig): Transport {
    const key = JSON.stringify({ ...config, cwd: null, env: null });
    let transport = this.#transports.get(key);
    if (transport === undefined) {
      transport = makeTransport(config, this.#around);
      this.#transports.set(key, transport);
    }
    return transport;
  }
  /** Tries at once to reach what is out of reach. */
  wake(): void {
    for (const transport of this.#transports.values()) transport.wake();
  }
}
