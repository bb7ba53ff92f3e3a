/** What came from the publishers of one slot since the panel started. */
export interface SlotTraffic {
  readonly messages: number;
  /** Messages in the last full second. */
  readonly perSecond: number;
  /** Unix milliseconds; null before the first. */
  readonly lastMessageAt: number | null;
  readonly lost: number;
  readonly oversize: number;
}

/** The account of one stream of messages, and its rate. */
export class TrafficCounter {
  #messages = 0;
  #counted = 0;
  #perSecond = 0;
  #lastMessageAt: number | null = null;
  #lost = 0;
  #oversize = 0;

  add(receivedAt: number, lost: number, oversize: number): void {
    this.#messages += 1;
    this.#lastMessageAt = receivedAt;
    this.#lost += lost;
    this.#oversize += oversize;
  }

  /** Ends a period of `elapsed` milliseconds. True where the rate has changed by it. */
  tick(elapsed: number): boolean {
    const before = this.#perSecond;
    this.#perSecond = Math.round(((this.#messages - this.#counted) * 1000) / elapsed);
    this.#counted = this.#messages;
    return this.#perSecond !== before;
  }

  /** A late message can arrive after its loss was counted for another slot, so the sum is kept from going below 0. */
  read(): SlotTraffic {
    return {
      messages: this.#messages,
      perSecond: this.#perSecond,
      lastMessageAt: this.#lastMessageAt,
      lost: Math.max(0, this.#lost),
      oversize: this.#oversize,
    };
  }
}

/** The traffic of a slot that nothing was heard from. */
export const noTraffic: SlotTraffic = {
  messages: 0,
  perSecond: 0,
  lastMessageAt: null,
  lost: 0,
  oversize: 0,
};
