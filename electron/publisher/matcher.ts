import type { CrateConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';

/** The prefix of the ids under which a slot's streamer publishes. */
export const streamerPrefix = 'STREAMER:';

/**
 * Tells which slot a publisher id belongs to: the slot's own id, one of its aliases, or either behind `STREAMER:`.
 * Made anew for each configuration.
 */
export class PublisherMatcher {
  readonly #slots = new Map<string, SlotId>();

  constructor(crates: readonly CrateConfig[]) {
    const slots = crates.flatMap((crate) => crate.slots);
    // In order of precedence: what is known first stays.
    for (const slot of slots) this.#add(slot.id, slot.id);
    for (const slot of slots) {
      for (const alias of slot.aliases) this.#add(alias, slot.id);
    }
    for (const slot of slots) {
      for (const id of [slot.id, ...slot.aliases]) this.#add(`${streamerPrefix}${id}`, slot.id);
    }
  }

  /** The slot of a publisher id, or null. */
  match(publisherId: string): SlotId | null {
    return this.#slots.get(publisherId) ?? null;
  }

  #add(publisherId: string, slot: SlotId): void {
    if (!this.#slots.has(publisherId)) this.#slots.set(publisherId, slot);
  }
}
