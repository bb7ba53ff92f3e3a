import type { RegisterFaults } from '../../shared/domain/register';
import { longestRegisterPath } from '../../shared/domain/watched-value';
import type { Json } from '../../shared/json';
import { isLate } from './point-ring';
import { sameJson } from './same-json';

/** How much a slot's registers may hold. */
export interface RegisterLimits {
  readonly registers: number;
  /** Of the messages that the kept values came in. */
  readonly characters: number;
}

/** Tens of thousands of registers are usual; the characters keep a hostile publisher from filling the memory. */
export const defaultRegisterLimits: RegisterLimits = { registers: 50_000, characters: 64_000_000 };

/** A register with its newest value. Changed in place, so that a message costs the same however many there are. */
export interface Register {
  readonly path: string;
  value: Json;
  type: string;
  receivedAt: number;
  changedAt: number;
  updates: number;
  /** Characters of the message that the value came in. */
  size: number;
  /** Counts the slot's messages: larger is newer. */
  version: number;
  older: Register | null;
  newer: Register | null;
}

/** What is kept of a register across restarts. */
export interface StoredRegister {
  readonly path: string;
  readonly value: Json;
  readonly type: string;
  readonly receivedAt: number;
  readonly changedAt: number;
  readonly updates: number;
}

const longestType = 60;

/**
 * The registers of one slot by path, and in the order in which they were received last, as a linked list: what is new
 * since a version is at its end.
 */
export class SlotRegisters {
  readonly #limits: RegisterLimits;
  readonly #byPath = new Map<string, Register>();
  #newest: Register | null = null;
  #version = 0;
  #characters = 0;
  #refused = 0;
  #unreadable = 0;

  constructor(limits: RegisterLimits = defaultRegisterLimits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#byPath.size;
  }

  get faults(): RegisterFaults {
    return { refused: this.#refused, unreadable: this.#unreadable, limit: this.#limits.registers };
  }

  find(path: string): Register | null {
    return this.#byPath.get(path) ?? null;
  }

  /** Counts a metadata message that says no register. */
  countUnreadable(): void {
    this.#unreadable += 1;
  }

  /** Takes a register's value. `size` is the message's characters. Null where there was no room for it. */
  take(path: string, value: Json, type: string, receivedAt: number, size: number): Register | null {
    if (path === '' || path.length > longestRegisterPath) {
      this.#unreadable += 1;
      return null;
    }
    const known = this.#byPath.get(path);
    const held = this.#characters - (known?.size ?? 0) + size;
    if (held > this.#limits.characters || (known === undefined && this.count >= this.#limits.registers)) {
      this.#refused += 1;
      // A value that is not the newest any more must not go on being shown as if it were.
      if (known !== undefined) this.#drop(known);
      return null;
    }
    this.#characters = held;
    const register = known ?? this.#add(path, value, receivedAt);
    if (known !== undefined && !sameJson(known.value, value)) known.changedAt = receivedAt;
    register.value = value;
    register.type = type.slice(0, longestType);
    register.receivedAt = receivedAt;
    register.updates += 1;
    register.size = size;
    this.#moveToEnd(register);
    return register;
  }

  /**
   * Puts in what was kept before a restart. What has been taken since stays, unless it came late, and counts on. `now` is
   * Unix milliseconds.
   */
  restore(stored: StoredRegister, size: number, now: number): void {
    const known = this.#byPath.get(stored.path);
    if (known !== undefined) {
      known.updates += stored.updates;
      if (isLate(known.receivedAt, stored.receivedAt, now)) {
        const { value, type, receivedAt, changedAt } = stored;
        this.#characters += size - known.size;
        Object.assign(known, { value, type, receivedAt, changedAt, size });
      } else if (sameJson(known.value, stored.value)) known.changedAt = stored.changedAt;
      this.#moveToEnd(known);
      return;
    }
    if (this.count >= this.#limits.registers || this.#characters + size > this.#limits.characters) return;
    this.#characters += size;
    const register = this.#add(stored.path, stored.value, stored.changedAt);
    Object.assign(register, { type: stored.type, receivedAt: stored.receivedAt, updates: stored.updates });
    register.size = size;
    this.#moveToEnd(register);
  }

  /** Registers received since a version, oldest first, at most `limit`, and the version that this leads to. */
  changes(since: number, limit: number): { registers: Register[]; version: number; more: boolean } {
    let first: Register | null = null;
    for (let each = this.#newest; each !== null && each.version > since; each = each.older) first = each;
    const registers: Register[] = [];
    let next = first;
    while (next !== null && registers.length < limit) {
      registers.push(next);
      next = next.newer;
    }
    return { registers, version: registers.at(-1)?.version ?? since, more: next !== null };
  }

  #add(path: string, value: Json, changedAt: number): Register {
    // A path cut out of a datagram would keep the whole of it in memory; this copies it, once.
    const own = path.isWellFormed() ? Buffer.from(path).toString() : path;
    const register: Register = {
      path: own,
      value,
      type: '',
      receivedAt: 0,
      changedAt,
      updates: 0,
      size: 0,
      version: 0,
      older: null,
      newer: null,
    };
    this.#byPath.set(own, register);
    return register;
  }

  #drop(register: Register): void {
    this.#byPath.delete(register.path);
    this.#characters -= register.size;
    this.#unlink(register);
  }

  #moveToEnd(register: Register): void {
    this.#version += 1;
    register.version = this.#version;
    if (this.#newest === register) return;
    this.#unlink(register);
    register.older = this.#newest;
    if (this.#newest !== null) this.#newest.newer = register;
    this.#newest = register;
  }

  #unlink(register: Register): void {
    const { older, newer } = register;
    if (older !== null) older.newer = newer;
    if (newer !== null) newer.older = older;
    if (this.#newest === register) this.#newest = older;
    register.older = null;
    register.newer = null;
  }
}
