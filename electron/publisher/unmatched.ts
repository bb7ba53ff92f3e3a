import type { UnmatchedPublisher } from '../../shared/domain/listener';

/** The publisher ids that belong to no slot. Bounded: the one heard longest ago goes first, and is counted. */
export class UnmatchedRegistry {
  readonly #publishers = new Map<string, { messages: number; lastAt: number; sender: string }>();
  readonly #limit: number;
  #forgotten = 0;

  constructor(limit = 200) {
    this.#limit = limit;
  }

  /** Counts a message. True where its id was not known yet. */
  add(publisherId: string, sender: string, receivedAt: number): boolean {
    const known = this.#publishers.get(publisherId);
    if (known !== undefined) {
      known.messages += 1;
      known.lastAt = receivedAt;
      known.sender = sender;
      return false;
    }
    if (this.#publishers.size >= this.#limit) this.#forgetOldest();
    this.#publishers.set(publisherId, { messages: 1, lastAt: receivedAt, sender });
    return true;
  }

  /** Takes out the ids that belong to a slot by now. */
  remove(isMatched: (publisherId: string) => boolean): void {
    for (const publisherId of this.#publishers.keys()) {
      if (isMatched(publisherId)) this.#publishers.delete(publisherId);
    }
  }

  /** The publishers in the order in which they were first heard. */
  list(): UnmatchedPublisher[] {
    return [...this.#publishers].map(([publisherId, entry]) => ({ publisherId, ...entry }));
  }

  /** How many ids had to make room for others. */
  get forgotten(): number {
    return this.#forgotten;
  }

  #forgetOldest(): void {
    let oldest: string | null = null;
    let oldestAt = Number.POSITIVE_INFINITY;
    for (const [publisherId, { lastAt }] of this.#publishers) {
      if (lastAt >= oldestAt) continue;
      oldest = publisherId;
      oldestAt = lastAt;
    }
    if (oldest === null) return;
    this.#publishers.delete(oldest);
    this.#forgotten += 1;
  }
}
