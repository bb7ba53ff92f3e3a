import type { SlotId } from '../../shared/domain/ids';
import type { Batch, PanelState, SessionPatch } from '../../shared/ipc/state';

/** The parts of the state that travel whole when they change; slots travel one by one. */
export type StatePart = Exclude<keyof PanelState, 'slots' | 'facts'>;

/** Where the batcher reads what has become of the parts that were marked. */
export interface BatchSource {
  state(): PanelState;
  /** What the watched session gained since it was last asked; null where nothing. */
  takeSessionPatch(): SessionPatch | null;
  /** Whether there is more of it than one batch carries. */
  hasSessionPatch(): boolean;
}

/** At most this often, milliseconds: 20 batches a second. */
const shortestInterval = 50;

/**
 * Carries changes down to the renderer. Changes are marked, not queued: a batch reads the present value of what was
 * marked, so that nothing grows while the renderer is slow. One batch is in flight; the next waits for its
 * acknowledgement, and starts afresh with each snapshot, since a reloaded window will never acknowledge an old one.
 */
export class Batcher {
  private version = 0;
  private inFlight: number | null = null;
  private readonly parts = new Set<StatePart>();
  private readonly slots = new Set<SlotId>();
  private session = false;
  private timer: NodeJS.Timeout | null = null;
  private lastSentAt = 0;
  private listening = false;

  constructor(
    private readonly source: BatchSource,
    private readonly send: (batch: Batch) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  markPart(part: StatePart): void {
    this.parts.add(part);
    this.schedule();
  }

  markSlot(slot: SlotId): void {
    this.slots.add(slot);
    this.schedule();
  }

  markSession(): void {
    this.session = true;
    this.schedule();
  }

  /** The whole state, and the version it stands at. From here on the renderer hears batches. */
  snapshot(): { version: number; state: PanelState } {
    this.inFlight = null;
    this.listening = true;
    this.parts.clear();
    this.slots.clear();
    this.version += 1;
    return { version: this.version, state: this.source.state() };
  }

  /** A version for something that the renderer was handed outside a batch, so that later batches are later. */
  nextVersion(): number {
    this.version += 1;
    return this.version;
  }

  /** The renderer has applied a batch. */
  acknowledge(version: number): void {
    if (this.inFlight === null || version < this.inFlight) return;
    this.inFlight = null;
    this.schedule();
  }

  /** The renderer is gone: nothing is sent until the next snapshot. */
  pause(): void {
    this.listening = false;
    this.inFlight = null;
  }

  close(): void {
    this.pause();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private schedule(): void {
    if (this.timer !== null || !this.listening || this.inFlight !== null || !this.isDirty()) return;
    const wait = Math.max(0, this.lastSentAt + shortestInterval - this.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.flush();
    }, wait);
  }

  private isDirty(): boolean {
    return this.parts.size > 0 || this.slots.size > 0 || this.session;
  }

  private flush(): void {
    if (!this.listening || this.inFlight !== null || !this.isDirty()) return;
    const state = this.source.state();
    this.version += 1;
    const batch: Batch = {
      version: this.version,
      state: Object.fromEntries([...this.parts].map((part) => [part, state[part]])),
      slots: [...this.slots].flatMap((slot) => state.slots[slot] ?? []),
      session: this.session ? this.source.takeSessionPatch() : null,
    };
    this.parts.clear();
    this.slots.clear();
    this.session = this.session && this.source.hasSessionPatch();
    this.inFlight = this.version;
    this.lastSentAt = this.now();
    this.send(batch);
  }
}
