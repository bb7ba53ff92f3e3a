import type { SlotConfig, TransportConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import type { Transport } from '../run/transport';
import { FileFaultError, openBytes, openHere, type FileFault, type OpenFile } from './open-file';
import { elsewhere, placeOf } from './path-map';
import { PatientGate } from './patient-gate';

/** The largest file that is fetched from another machine, in bytes. */
const fetchLimit = 32 * 1024 * 1024;

export interface FileOpenerOptions {
  /** A slot as configured now; null where no crate has it any more. */
  readonly slotOf: (slot: SlotId) => SlotConfig | null;
  readonly transportOf: (transport: TransportConfig) => Transport;
  readonly gate: PatientGate;
}

/** Opens registered files, where the path map says they are, or where the scripts run. */
export class FileOpener {
  readonly #options: FileOpenerOptions;
  /** Few at once: a slow connection also brings logs here. Transports end what takes too long by themselves. */
  readonly #fetching = new PatientGate(2, 600_000);

  constructor(options: FileOpenerOptions) {
    this.#options = options;
  }

  /** Opens a file, or throws `FileFaultError`. Without `fetch`, one of another machine is a fault too. */
  async open(file: RegisteredFile, fetch = true): Promise<OpenFile> {
    const slot = this.#options.slotOf(file.slot);
    if (slot === null) {
      const message = `No crate has the slot ${file.slot} any more, so that its path map is not known.`;
      throw new FileFaultError({ state: 'unmapped', message });
    }
    let first: unknown;
    for (const path of candidatesOf(file)) {
      try {
        return await this.#openPath(path, slot, fetch);
      } catch (error) {
        first ??= error;
        if (!(error instanceof FileFaultError && error.fault.state === 'missing')) throw error;
      }
    }
    throw first;
  }

  async #openPath(path: string, slot: SlotConfig, fetch: boolean): Promise<OpenFile> {
    const place = placeOf(path, slot);
    switch (place.kind) {
      case 'here':
        return openHere(place.path, place.root, this.#options.gate);
      case 'there':
        if (fetch) return this.#fetching.run(() => this.#fetch(place.path, slot));
        throw new FileFaultError({
          state: 'elsewhere',
          message: `${path} is on ${elsewhere(slot)}; it is fetched when it is opened.`,
        });
      case 'unmapped':
      case 'refused':
        throw new FileFaultError({ state: place.kind, message: place.message });
      default:
        return place satisfies never;
    }
  }

  async #fetch(path: string, slot: SlotConfig): Promise<OpenFile> {
    const transport = this.#options.transportOf(slot.transport);
    const about = await transport.statFile(path);
    if (!about.ok) throw new FileFaultError(fetchFault(about.error.code, about.error.message));
    const { size, mtime } = about.value;
    if (size > fetchLimit) {
      const message =
        `${path} has ${megabytes(size)}; up to ${megabytes(fetchLimit)} are fetched from ${elsewhere(slot)}. ` +
        'A path map to a folder of this machine has no such limit.';
      throw new FileFaultError({ state: 'too-large', message }, size);
    }
    const read = await transport.readFile(path, fetchLimit);
    if (!read.ok) throw new FileFaultError(fetchFault(read.error.code, read.error.message));
    return openBytes(Buffer.from(read.value), mtime * 1000);
  }
}

/** The paths under which a file may stand. `np.save` puts `.npy` behind a name that lacks it. */
function candidatesOf({ path, format }: RegisteredFile): string[] {
  const lacksEnding = format.toLowerCase() === 'npy' && !path.toLowerCase().endsWith('.npy');
  return lacksEnding ? [path, `${path}.npy`] : [path];
}

function fetchFault(code: string, message: string): FileFault {
  switch (code) {
    case 'file-missing':
      return { state: 'missing', message };
    case 'file-is-folder':
      return { state: 'refused', message };
    case 'file-unreadable':
      return { state: 'unreadable', message };
    default:
      return { state: 'unreachable', message };
  }
}

/** A size in decimal megabytes. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
}
