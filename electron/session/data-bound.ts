import { isJsonObject, type Json } from '../../shared/json';

/** What the data of one session may grow to. Every value is also in the messages, so that nothing is lost by it. */
export interface DataLimits {
  readonly keys: number;
  /** About so many bytes of memory. */
  readonly bytes: number;
}

/** Far beyond what a script publishes for a session, and little enough that main and the window stay quick. */
export const sessionDataLimits: DataLimits = { keys: 10_000, bytes: 32_000_000 };

/** Keeps count of what the keys of a session hold, and says what still fits. */
export class DataBound {
  readonly #limits: DataLimits;
  #keys = 0;
  #bytes = 0;

  constructor(limits: DataLimits) {
    this.#limits = limits;
  }

  /**
   * Counts a key's value in place of the one before it, whose size is given, null for a new key. Answers about how many
   * bytes it takes; null where it does not fit: then nothing is counted.
   */
  take(key: string, value: Json, before: number | null): number | null {
    if (before === null && this.#keys >= this.#limits.keys) return null;
    const size = 2 * key.length + sizeOf(value);
    const bytes = this.#bytes - (before ?? 0) + size;
    if (bytes > this.#limits.bytes) return null;
    if (before === null) this.#keys += 1;
    this.#bytes = bytes;
    return size;
  }
}

/** About how many bytes a value takes. Nesting is bounded where messages are read (`maximumDepth`). */
export function sizeOf(value: Json): number {
  // Asked for every value that is published: the commonest kinds first, and no list of keys made.
  if (typeof value === 'number') return 8;
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (Array.isArray(value)) return sumOf(value);
  if (!isJsonObject(value)) return 8;
  let size = 32;
  // What JSON.parse made inherits no keys.
  for (const key in value) size += 16 + 2 * key.length + sizeOf(value[key] ?? null);
  return size;
}

function sumOf(list: readonly Json[]): number {
  let size = 32;
  for (const each of list) size += typeof each === 'number' ? 8 : sizeOf(each);
  return size;
}
