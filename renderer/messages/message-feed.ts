import { errorText } from '../../shared/error-text';
import type { SlotId, RunId } from '../../shared/domain/ids';
import type { MessageRow, MessageType } from '../../shared/domain/message';
import type { CallResponse } from '../../shared/ipc/contract';
import { call } from '../bridge';

/** Which messages are listed. */
export interface MessageFilter {
  /** Null for messages that matched no slot. */
  readonly slot: SlotId | null;
  readonly run: RunId | null;
  /** Empty for all. */
  readonly msgtypes: readonly string[];
  readonly text: string;
  /** Part of the publisher id; empty for all. */
  readonly publisher: string;
  /** Only messages received before this, Unix milliseconds; null for all. */
  readonly until: number | null;
}

/** What a feed shows at one moment. */
export interface ShownMessages {
  /** Newest first. */
  readonly rows: readonly MessageRow[];
  /** Every type that the slot has; null before the first answer. */
  readonly types: readonly MessageType[] | null;
  /**
   * `more`: older ones may exist; `searching`: they are being looked through; `stopped`: the operator has stopped that;
   * `all`: there are none; `full`: no more are held.
   */
  readonly older: 'more' | 'searching' | 'stopped' | 'all' | 'full';
  /** How far back was looked, Unix milliseconds; null where that is not known. */
  readonly reachedAt: number | null;
  /** Why rows are missing, in a sentence; null while reading works. */
  readonly fault: string | null;
  /** What the last refresh was asked for at; null before the first. */
  readonly mark: number | null;
}

const pageSize = 200;

/** The most messages that the list holds; older ones are reached by narrowing the filter or by their time. */
export const mostMessages = 10_000;

type Page = CallResponse<'messages.page'>;

/**
 * The messages of a filter, newest first. Older ones are looked through a part at a time, so that what is found shows
 * at once and the search can be stopped; a refresh reads only what has come since. One read is in flight at a time.
 */
export class MessageFeed {
  /** What it lists. */
  readonly filter: MessageFilter;
  readonly #listeners = new Set<() => void>();
  #shown: ShownMessages = {
    rows: [],
    types: null,
    older: 'more',
    reachedAt: null,
    fault: null,
    mark: null,
  };
  /** The newest position that was looked at; null before the first answer. */
  #newest: number | null = null;
  /** Where older ones go on. */
  #next: number | null = null;
  #reading = false;
  #refreshWanted = false;
  /** How many rows there are to be before the search for older ones rests. */
  #wanted = 0;
  #closed = false;

  constructor(filter: MessageFilter) {
    this.filter = filter;
  }

  /** Hears of every change. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#closed = false;
    this.#pump();
    return () => {
      this.#listeners.delete(listener);
      // Nobody looks any more: a long search ends with the part that is under way.
      this.#closed = this.#listeners.size === 0;
    };
  };

  /** What there is to show; a new value whenever it has changed. */
  readonly shown = (): ShownMessages => this.#shown;

  /** Reads what has come since the last time. `mark` is kept, to tell what has happened since. */
  refresh(mark: number): void {
    this.#refreshWanted = true;
    if (mark !== this.#shown.mark) this.#show({ mark });
    this.#pump();
  }

  /** Looks for more of the older ones, if there may be any. */
  loadOlder(): void {
    if (this.#shown.older !== 'more' || this.#shown.fault !== null || this.#newest === null) return;
    this.#wanted = this.#shown.rows.length + pageSize;
    this.#show({ older: 'searching' });
    this.#pump();
  }

  /** Ends the search for older ones where it stands. */
  stop(): void {
    if (this.#shown.older === 'searching') this.#show({ older: 'stopped' });
  }

  /** Goes on with a search that was stopped. */
  resume(): void {
    if (this.#shown.older !== 'stopped') return;
    this.#show({ older: 'more' });
    this.loadOlder();
  }

  #pump(): void {
    if (this.#reading || this.#closed) return;
    if (!this.#refreshWanted && this.#shown.older !== 'searching') return;
    const isRefresh = this.#refreshWanted;
    this.#refreshWanted = false;
    this.#reading = true;
    (isRefresh ? this.#readNewest() : this.#readOlder())
      .catch((error: unknown) => this.#show({ fault: errorText(error) }))
      .finally(() => {
        this.#reading = false;
        this.#pump();
      });
  }

  async #readNewest(): Promise<void> {
    const held = this.#newest;
    const page = await this.#read(null, held);
    if (page === null) return;
    if (held === null) {
      this.#begin(page);
      return;
    }
    const rows = [...page.rows];
    let last = page;
    while (last.next !== null && rows.length < pageSize) {
      const more = await this.#read(last.next, held);
      if (more === null) return;
      rows.push(...more.rows);
      last = more;
    }
    if (last.next !== null) {
      // So much has come that what is held no longer joins on: the list begins anew.
      this.#begin({ ...last, rows, newest: page.newest, types: page.types });
      return;
    }
    this.#newest = page.newest;
    const all = [...rows, ...this.#shown.rows];
    if (all.length > mostMessages) this.#show({ older: 'full' });
    this.#show({
      rows: rows.length === 0 ? this.#shown.rows : all.slice(0, mostMessages),
      types: page.types,
    });
    this.#show({ fault: null });
  }

  #begin(page: Page): void {
    this.#newest = page.newest;
    this.#next = page.next;
    this.#wanted = pageSize;
    // A first part that is not full has only begun to look.
    const older = page.next === null ? 'all' : page.rows.length < pageSize ? 'searching' : 'more';
    this.#show({ rows: page.rows, types: page.types, older, reachedAt: page.reachedAt, fault: null });
  }

  async #readOlder(): Promise<void> {
    const before = this.#next;
    const page = await this.#read(before, null);
    // The list may have begun anew, or the search been stopped, while the page was on its way.
    if (page === null || this.#next !== before) return;
    this.#next = page.next;
    const rows = page.rows.length === 0 ? this.#shown.rows : [...this.#shown.rows, ...page.rows];
    const { older } = this.#shown;
    const now =
      page.next === null
        ? 'all'
        : rows.length >= mostMessages
          ? 'full'
          : older === 'searching' && rows.length >= this.#wanted
            ? 'more'
            : older;
    this.#show({ rows: rows.slice(0, mostMessages), older: now, reachedAt: page.reachedAt });
  }

  /** One part; null where it failed, which is then shown. */
  async #read(before: number | null, after: number | null): Promise<Page | null> {
    const { msgtypes, ...filter } = this.filter;
    const request = { ...filter, msgtypes: [...msgtypes], before, after, limit: pageSize };
    const reply = await call('messages.page', request);
    if (reply.ok) return reply.value;
    const { older } = this.#shown;
    this.#show({ fault: reply.error.message, older: older === 'searching' ? 'more' : older });
    return null;
  }

  #show(change: Partial<ShownMessages>): void {
    this.#shown = { ...this.#shown, ...change };
    for (const listener of this.#listeners) listener();
  }
}
