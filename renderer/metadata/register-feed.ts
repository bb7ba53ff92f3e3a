import { errorText } from '../../shared/error-text';
import type { SlotId } from '../../shared/domain/ids';
import type { RegisterFaults, RegisterRow } from '../../shared/domain/register';
import { call } from '../bridge';

/** What a slot's registers are at one moment. A new value whenever something has changed. */
export interface ShownRegisters {
  readonly rows: ReadonlyMap<string, RegisterRow>;
  /** Their paths, sorted; keeps its identity while no register is new. */
  readonly paths: readonly string[];
  /** Null before the first answer. */
  readonly faults: RegisterFaults | null;
  /** Whether all there was at first has been read. */
  readonly isComplete: boolean;
  /** Why what is shown may be old, in a sentence; null while reading works. */
  readonly fault: string | null;
}

/** The least time between two questions, milliseconds; and how many registers one answer brings. */
const askEvery = 500;
const pieceSize = 1000;

/** Answers of the first reading after which what has come is shown. */
const showEvery = 5;

/**
 * The registers of a slot, read from main while somebody looks: at first all of them in pieces, then what has changed,
 * twice a second. Nothing is asked while the window is hidden or an answer is on its way.
 */
export class RegisterFeed {
  readonly #slot: SlotId;
  readonly #listeners = new Set<() => void>();
  #rows = new Map<string, RegisterRow>();
  #paths: readonly string[] = [];
  #added: string[] = [];
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  #isAsking = false;
  #shown: ShownRegisters = { rows: this.#rows, paths: [], faults: null, isComplete: false, fault: null };

  constructor(slot: SlotId) {
    this.#slot = slot;
  }

  /** Hears of every change, and keeps the reading going. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#ask();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#isRunning = false;
      clearTimeout(this.#timer);
    };
  };

  readonly shown = (): ShownRegisters => this.#shown;

  #ask(): void {
    if (!this.#isRunning || this.#isAsking) return;
    if (document.hidden) {
      this.#askLater();
      return;
    }
    this.#isAsking = true;
    this.#read()
      .catch((error: unknown) => this.#show({ fault: errorText(error) }))
      .finally(() => {
        this.#isAsking = false;
        this.#askLater();
      });
  }

  #askLater(): void {
    clearTimeout(this.#timer);
    if (this.#isRunning) this.#timer = setTimeout(() => this.#ask(), askEvery);
  }

  async #read(): Promise<void> {
    let pieces = 0;
    for (;;) {
      const reply = await call('metadata.changes', {
        slot: this.#slot,
        since: this.#version,
        limit: pieceSize,
      });
      if (!reply.ok) {
        this.#show({ fault: reply.error.message });
        return;
      }
      const { rows, version, more, total, faults } = reply.value;
      this.#version = version;
      for (const row of rows) {
        if (!this.#rows.has(row.path)) this.#added.push(row.path);
        this.#rows.set(row.path, row);
      }
      if (!more && this.#rows.size > total) {
        // Main has let go of some: what they were is not known here, so all is read anew.
        this.#rows = new Map();
        this.#paths = [];
        this.#added = [];
        this.#version = 0;
        return;
      }
      pieces += 1;
      const isFirst = this.#shown.faults === null;
      const hasNews =
        rows.length > 0 || isFirst || this.#shown.fault !== null || differs(this.#shown.faults, faults);
      if (!more) {
        if (hasNews) this.#show({ faults, isComplete: true, fault: null });
        return;
      }
      if (pieces % showEvery === 0) this.#show({ faults, fault: null });
      if (!this.#isRunning) return;
    }
  }

  #show(change: Partial<ShownRegisters>): void {
    if (this.#added.length > 0) {
      this.#paths = merged(this.#paths, this.#added.toSorted(byText));
      this.#added = [];
    }
    this.#shown = { ...this.#shown, ...change, rows: this.#rows, paths: this.#paths };
    for (const listener of this.#listeners) listener();
  }
}

function differs(before: RegisterFaults | null, after: RegisterFaults): boolean {
  return before?.refused !== after.refused || before.unreadable !== after.unreadable;
}

/** By code units: quick for tens of thousands, and the same everywhere. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function merged(one: readonly string[], other: readonly string[]): string[] {
  const all: string[] = [];
  let next = 0;
  for (const path of one) {
    while (next < other.length && (other[next] ?? '') < path) {
      all.push(other[next] ?? '');
      next += 1;
    }
    all.push(path);
  }
  return [...all, ...other.slice(next)];
}
