import type { RunId } from '../../shared/domain/ids';
import { readStartedWith, type RunFolder } from '../run/run-folder';
import type { Transport } from '../run/transport';
import type { TransportConfig } from '../../shared/config/crates';

/** What removing the folders of runs elsewhere needs of the rest of the panel. */
export interface FoldersElsewhereOptions {
  readonly folderOf: (run: RunId) => string;
  readonly transportOf: (transport: TransportConfig) => Pick<Transport, 'remove'>;
  readonly onFault: (error: unknown) => void;
}

/**
 * Removes the folders that runs have where their scripts ran, in one pass of the retention: a machine that was out of
 * reach once is not asked again, or a hundred runs would wait for it a hundred times.
 */
export class FoldersElsewhere {
  readonly #options: FoldersElsewhereOptions;
  readonly #outOfReach = new Set<Pick<Transport, 'remove'>>();

  constructor(options: FoldersElsewhereOptions) {
    this.#options = options;
  }

  /** A run of this machine has nothing elsewhere, and so nothing is left of it there. */
  async remove(run: RunId): Promise<'removed' | 'left'> {
    const { folderOf, transportOf, onFault } = this.#options;
    const folder: RunFolder = { run, path: folderOf(run) };
    try {
      const startedWith = await readStartedWith(folder);
      if (startedWith === null || startedWith.transport.kind === 'local') return 'removed';
      const transport = transportOf(startedWith.transport);
      if (this.#outOfReach.has(transport)) return 'left';
      const removed = await transport.remove(folder);
      if (removed.ok) return 'removed';
      if (removed.error.code !== 'run-kept') this.#outOfReach.add(transport);
    } catch (error) {
      onFault(error);
    }
    return 'left';
  }
}
