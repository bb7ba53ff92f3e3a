import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SlotId } from '../../shared/domain/ids';
import type { MessageType } from '../../shared/domain/message';

/** The most types of a slot that are counted; a publisher is free to invent them. */
const typesLimit = 200;

/**
 * How many messages of each type a slot has. Counted from the index when it is first asked for, and kept up with what
 * is added and trimmed from then on, so that asking costs nothing however many messages there are.
 */
export class TypeCounts {
  readonly #slots = new Map<SlotId | null, Map<string, number>>();
  readonly #count: StatementSync;
  readonly #below: StatementSync;

  constructor(database: DatabaseSync) {
    this.#count = database.prepare(
      'SELECT msgtype, count(*) AS count FROM messages WHERE slot IS ? GROUP BY msgtype ORDER BY msgtype LIMIT ?',
    );
    this.#below = database.prepare(
      'SELECT slot, msgtype, count(*) AS count FROM messages WHERE position < ? GROUP BY slot, msgtype',
    );
  }

  /** The types of a slot, sorted. */
  of(slot: SlotId | null): MessageType[] {
    let counts = this.#slots.get(slot);
    if (counts === undefined) {
      counts = new Map(
        this.#count.all(slot, typesLimit).map((row) => [String(row['msgtype']), Number(row['count'])]),
      );
      this.#slots.set(slot, counts);
    }
    return [...counts].map(([msgtype, count]) => ({ msgtype, count })).toSorted(byName);
  }

  /** A message was added. */
  add(slot: SlotId | null, msgtype: string): void {
    const counts = this.#slots.get(slot);
    if (counts === undefined) return;
    const before = counts.get(msgtype);
    if (before === undefined && counts.size >= typesLimit) return;
    counts.set(msgtype, (before ?? 0) + 1);
  }

  /** Messages below a position are about to be deleted. */
  removeBelow(position: number): void {
    if (this.#slots.size === 0) return;
    for (const row of this.#below.all(position)) {
      const counts = this.#slotOf(row['slot']);
      const msgtype = String(row['msgtype']);
      const before = counts?.get(msgtype);
      if (counts === undefined || before === undefined) continue;
      const after = before - Number(row['count']);
      if (after > 0) counts.set(msgtype, after);
      else counts.delete(msgtype);
    }
  }

  /** What was counted may be wrong: a batch was taken back. */
  forget(): void {
    this.#slots.clear();
  }

  #slotOf(slot: unknown): Map<string, number> | undefined {
    for (const [counted, counts] of this.#slots) if (counted === slot) return counts;
    return undefined;
  }
}

function byName(one: MessageType, other: MessageType): number {
  return one.msgtype < other.msgtype ? -1 : 1;
}
