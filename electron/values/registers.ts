import type { SlotId } from '../../shared/domain/ids';
import type { RegisterRow } from '../../shared/domain/register';
import { numberOf } from '../../shared/domain/watched-value';
import { isJsonObject, type Json } from '../../shared/json';
import type { StoreAnswer } from '../store/protocol';
import { isLate } from './point-ring';
import type { ValuesStore } from './values-store';
import { defaultRegisterLimits, SlotRegisters, type Register, type RegisterLimits } from './slot-registers';
import { previewText } from './value-text';

/** Registers that go to or come from the database at once, so that neither thread is held up. */
const pieceSize = 500;

/** A register that was received, for those who follow single ones. */
export interface ReceivedRegister {
  readonly path: string;
  readonly value: Json;
}

/**
 * The newest value of every register of every slot, from `metadata` messages. What was received is kept across restarts:
 * saved now and then, each register once however often it came.
 */
export class Registers {
  readonly #store: ValuesStore;
  readonly #now: () => number;
  readonly #limits: RegisterLimits;
  readonly #slots = new Map<SlotId, SlotRegisters>();
  readonly #unsaved = new Map<Register, SlotId>();
  readonly #restored = new Set<SlotId>();
  #configured: readonly SlotId[] = [];

  /** `now` gives Unix milliseconds. */
  constructor(store: ValuesStore, now: () => number, limits: RegisterLimits = defaultRegisterLimits) {
    this.#store = store;
    this.#now = now;
    this.#limits = limits;
  }

  /**
   * Takes the payload of a `metadata` message. `size` is the message's characters. Null where it says no register, or
   * one that comes later than a newer value: what waited for the database is older than what came straight.
   */
  take(slot: SlotId, payload: Json, receivedAt: number, size: number): ReceivedRegister | null {
    const registers = this.of(slot);
    if (!isJsonObject(payload)) return this.#unreadable(registers);
    const { path, value, type } = payload;
    if (typeof path !== 'string' || value === undefined) return this.#unreadable(registers);
    const known = registers.find(path);
    if (known !== null && isLate(receivedAt, known.receivedAt, this.#now())) {
      known.updates += 1;
      this.#unsaved.set(known, slot);
      return null;
    }
    const taken = registers.take(path, value, typeof type === 'string' ? type : '', receivedAt, size);
    if (taken === null) return null;
    this.#unsaved.set(taken, slot);
    return taken;
  }

  /** A slot's registers; none where nothing was received. */
  of(slot: SlotId): SlotRegisters {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    const registers = new SlotRegisters(this.#limits);
    this.#slots.set(slot, registers);
    return registers;
  }

  /** Says which slots there are: what was kept of them is read with the next `restore`. */
  configure(slots: readonly SlotId[]): void {
    this.#configured = slots;
  }

  /** Reads what was kept of the configured slots, where that was not done yet. Without a database, the next time. */
  async restore(): Promise<void> {
    for (const slot of this.#configured) {
      if (!this.#restored.has(slot) && (await this.#restoreSlot(slot))) this.#restored.add(slot);
    }
  }

  /** Saves what was received since the last time. What cannot be saved now waits for the next time. */
  async save(): Promise<void> {
    // Of a slot that was not restored yet, what is kept would be overwritten before it was read.
    const due = [...this.#unsaved].filter(([, slot]) => this.#restored.has(slot));
    for (let first = 0; first < due.length; first += pieceSize) {
      const piece = due.slice(first, first + pieceSize);
      for (const [register] of piece) this.#unsaved.delete(register);
      const registers = piece.map(([{ path, value, type, receivedAt, changedAt, updates }, slot]) => {
        return { slot, path, value, type, receivedAt, changedAt, updates };
      });
      const saved = await this.#store.ask('saveRegisters', { registers });
      if (saved.ok) continue;
      for (const [register, slot] of piece) this.#unsaved.set(register, slot);
      return;
    }
  }

  /** The database holds nothing of before: the next saving keeps all registers. */
  keepAnew(): void {
    for (const [slot, registers] of this.#slots) {
      for (const register of registers.changes(0, registers.count).registers)
        this.#unsaved.set(register, slot);
    }
  }

  async #restoreSlot(slot: SlotId): Promise<boolean> {
    let after: string | null = null;
    do {
      const page: StoreAnswer<'readRegisters'> = await this.#store.ask('readRegisters', {
        slot,
        after,
        limit: pieceSize,
      });
      if (!page.ok) return false;
      for (const stored of page.value.registers) this.of(slot).restore(stored, stored.size, this.#now());
      ({ after } = page.value);
    } while (after !== null);
    return true;
  }

  #unreadable(registers: SlotRegisters): null {
    registers.countUnreadable();
    return null;
  }
}

/** A register as the table lists it. */
export function registerRow(register: Register): RegisterRow {
  const { path, value, type, receivedAt, changedAt, updates } = register;
  return {
    path,
    preview: previewText(value),
    type,
    isNumber: numberOf(value) !== null,
    receivedAt,
    changedAt,
    updates,
  };
}
