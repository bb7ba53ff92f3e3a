import { errorText } from '../../shared/error-text';
import type { Result } from '../../shared/result';

/** A page of rows, newest first, with what else the answer said. */
export interface KeysetPage<Row, Extra> {
  readonly rows: readonly Row[];
  readonly extra: Extra;
}

/** What a feed needs to know of its rows. */
export interface KeysetSource<Row, Extra> {
  /** Reads up to `limit` rows older than `before`, or the newest with null. */
  readonly read: (before: Row | null, limit: number) => Promise<Result<KeysetPage<Row, Extra>>>;
  /** Whether `row` is older than `other`; a row is not older than itself. */
  readonly isOlder: (row: Row, other: Row) => boolean;
  /** Rows of one read. */
  readonly pageSize: number;
  /** The most rows that are held. */
  readonly most: number;
}

/** What a feed shows at one moment. */
export interface KeysetRows<Row, Extra> {
  readonly rows: readonly Row[];
  /** What the newest answer said beside its rows; null before the first. */
  readonly extra: Extra | null;
  /** `more`: older rows exist; `all`: none do; `full`: no more are held, though older ones exist. */
  readonly older: 'more' | 'all' | 'full';
  /** Why rows are missing, in a sentence; null while reading works. */
  readonly fault: string | null;
  /** What the last refresh was asked for at; null before the first. */
  readonly mark: string | number | null;
}

/**
 * A list that is read in pages from its newest row backwards and can be refreshed at its newest end. One read is in
 * flight; a refresh asked for meanwhile follows it.
 */
export class KeysetFeed<Row, Extra> {
  readonly #source: KeysetSource<Row, Extra>;
  readonly #listeners = new Set<() => void>();
  #shown: KeysetRows<Row, Extra> = { rows: [], extra: null, older: 'more', fault: null, mark: null };
  #reading = false;
  #refreshWanted = false;
  #olderWanted = false;

  constructor(source: KeysetSource<Row, Extra>) {
    this.#source = source;
  }

  /** Hears of every change. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** What there is to show; a new value whenever it has changed. */
  readonly shown = (): KeysetRows<Row, Extra> => this.#shown;

  /** Reads the newest page, and puts it before what is held. `mark` is kept, to tell what has happened since. */
  refresh(mark: string | number): void {
    this.#refreshWanted = true;
    if (mark !== this.#shown.mark) this.#show({ mark });
    this.#pump();
  }

  /** Reads the next older page, if there is one. */
  loadOlder(): void {
    if (this.#shown.older !== 'more' || this.#shown.rows.length === 0 || this.#shown.fault !== null) return;
    this.#olderWanted = true;
    this.#pump();
  }

  #pump(): void {
    if (this.#reading || (!this.#refreshWanted && !this.#olderWanted)) return;
    const before = this.#refreshWanted ? null : (this.#shown.rows.at(-1) ?? null);
    if (before === null) this.#refreshWanted = false;
    else this.#olderWanted = false;
    this.#reading = true;
    this.#readOnce(before).catch((error: unknown) => {
      this.#show({ fault: errorText(error) });
    });
  }

  async #readOnce(before: Row | null): Promise<void> {
    try {
      const reply = await this.#source.read(before, this.#source.pageSize);
      if (!reply.ok) this.#show({ fault: reply.error.message });
      else if (before === null) this.#takeNewest(reply.value);
      else this.#takeOlder(reply.value, before);
    } finally {
      this.#reading = false;
    }
    this.#pump();
  }

  #takeNewest(page: KeysetPage<Row, Extra>): void {
    const { isOlder, most, pageSize } = this.#source;
    const { rows, older } = this.#shown;
    const last = page.rows.at(-1);
    const newest = rows[0];
    // A page that is not full is all there is; one that does not reach down to what is held leaves a gap behind it.
    const meets =
      last !== undefined && newest !== undefined && page.rows.length >= pageSize && !isOlder(newest, last);
    const kept = meets ? rows.filter((row) => isOlder(row, last)) : [];
    const all = [...page.rows, ...kept];
    const olderNow = meets
      ? all.length > most
        ? 'full'
        : older
      : page.rows.length < pageSize
        ? 'all'
        : 'more';
    this.#show({ rows: all.slice(0, most), extra: page.extra, older: olderNow, fault: null });
  }

  #takeOlder(page: KeysetPage<Row, Extra>, before: Row): void {
    const { isOlder, most, pageSize } = this.#source;
    const { rows } = this.#shown;
    // The list may have been replaced while the page was on its way.
    if (rows.at(-1) !== before) return;
    const all = [...rows, ...page.rows.filter((row) => isOlder(row, before))];
    const older = page.rows.length < pageSize ? 'all' : all.length >= most ? 'full' : 'more';
    this.#show({ rows: all.slice(0, most), older, fault: null });
  }

  #show(change: Partial<KeysetRows<Row, Extra>>): void {
    this.#shown = { ...this.#shown, ...change };
    for (const listener of this.#listeners) listener();
  }
}
