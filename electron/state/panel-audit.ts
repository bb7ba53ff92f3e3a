import type { PanelConfig } from '../../shared/config/crates';
import type { AuditRecord } from '../store/records';
import type { Signal } from './signal';

/** What the audit of the panel itself needs. */
export interface PanelAuditOptions {
  readonly config: Signal<PanelConfig>;
  readonly audit: (entry: AuditRecord) => void;
  readonly actor: string;
  readonly version: string;
  /** Unix milliseconds now. */
  readonly now: () => number;
}

/** Keeps in the audit what happens without a button of the window: the panel's start and end, another configuration. */
export class PanelAudit {
  readonly #options: PanelAuditOptions;
  #isOpen = false;

  constructor(options: PanelAuditOptions) {
    this.#options = options;
    options.config.listen((config) => {
      // The first one belongs to the start.
      if (this.#isOpen) this.#keep('config.in-force', { crates: String(config.crates.length) });
    });
  }

  /** The panel has started. */
  open(): void {
    this.#isOpen = true;
    this.#keep('panel.start', { version: this.#options.version });
  }

  /** The panel ends by being quit; of one that is killed there is no such entry. */
  async close(): Promise<void> {
    if (this.#isOpen) this.#keep('panel.stop', {});
    this.#isOpen = false;
  }

  #keep(action: string, detail: Record<string, string>): void {
    const { audit, actor, now } = this.#options;
    audit({ at: now(), actor, action, slot: null, run: null, detail });
  }
}
