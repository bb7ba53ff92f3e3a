import {
  controlsLockedCode,
  controlsLockedMessage,
  controlsLockSchema,
  type ControlsLock,
  type LockReason,
} from '../../shared/domain/controls-lock';
import type { Json } from '../../shared/json';
import { failure, type Failure } from '../../shared/result';
import type { CallName } from '../../shared/ipc/contract';
import { worksWhileLocked } from '../../shared/ipc/locked-calls';
import type { KeptChoices } from './kept-choices';

/** What the lock of the controls needs of the panel. */
export interface LockingOptions {
  readonly store: KeptChoices;
  /** The operator, as the system knows them. */
  readonly actor: string;
  /** Unix milliseconds now. */
  readonly now: () => number;
  readonly onChange: (lock: ControlsLock | null) => void;
  /** What could not be kept or read, as a sentence. */
  readonly onWarning: (message: string) => void;
}

/**
 * The lock of the controls, for screens that nobody watches: while it holds, the gate answers no call that changes
 * anything. It keeps hands off, it keeps no secret: whoever is at the screen can lift it deliberately.
 */
export class ControlsLocking {
  #lock: ControlsLock | null = null;
  readonly #opened = Promise.withResolvers<void>();

  constructor(private readonly options: LockingOptions) {}

  get lock(): ControlsLock | null {
    return this.#lock;
  }

  /** Reads how the panel was left. Calls that change something wait for it. */
  async open(): Promise<void> {
    try {
      const read = await this.options.store.ask('readPreference', { name: 'lock' });
      if (!read.ok) {
        this.options.onWarning(
          `Whether the controls were locked is not known, so they are not: ${read.error.message}`,
        );
        return;
      }
      const parsed = controlsLockSchema.safeParse(read.value);
      if (parsed.success) this.#take(parsed.data);
    } finally {
      this.#opened.resolve();
    }
  }

  /** Locks the controls. Locked already, nothing changes; answers whether it did. */
  async lockControls(reason: LockReason): Promise<boolean> {
    await this.#opened.promise;
    if (this.#lock !== null) return false;
    const lock = { since: this.options.now(), by: this.options.actor, reason };
    this.#take(lock);
    await this.#keep(lock);
    return true;
  }

  /** Unlocks the controls. It never fails: an abort may wait for it. Answers whether they were locked. */
  async unlockControls(): Promise<boolean> {
    await this.#opened.promise;
    if (this.#lock === null) return false;
    this.#take(null);
    // Not awaited by whoever aborts: a database that hangs must not hold up a signal.
    void this.#keep(null);
    return true;
  }

  /** Why a call is not answered while the controls are locked; null where it is. */
  async refusal(name: CallName, request: unknown): Promise<Failure | null> {
    if (worksWhileLocked(name, request)) return null;
    await this.#opened.promise;
    if (this.#lock === null) return null;
    return failure(controlsLockedCode, controlsLockedMessage).error;
  }

  /** The database holds nothing of before: a lock that holds is kept again. */
  async keepAnew(): Promise<void> {
    if (this.#lock !== null) await this.#keep(this.#lock);
  }

  #take(lock: ControlsLock | null): void {
    this.#lock = lock;
    this.options.onChange(lock);
  }

  async #keep(value: Json): Promise<void> {
    const kept = await this.options.store.ask('writePreference', { name: 'lock', value });
    if (kept.ok) return;
    const state = this.#lock === null ? 'unlocked' : 'locked';
    this.options.onWarning(
      `The controls are ${state}, but a restart of the panel may not know of it: ${kept.error.message}`,
    );
  }
}
