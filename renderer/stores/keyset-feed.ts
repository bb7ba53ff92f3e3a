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
  /** Whether a row can still change, so that its page is read anew after a refresh. Left out: none does. */
  readonly canChange?: (row: Row) => boolean;
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

/** A read of rows, and what becomes of them. */
interface Wanted<Row, Extra> {
  readonly before: Row | null;
  readonly take: (page: KeysetPage<Row, Extra>) => void;
}

/**
 * A list that is read in pages from its newest row backwards and can be refreshed at its newest end; of what is held
 * beyond that, pages with rows that can change are read anew. One read is in flight; a refresh asked for meanwhile
 * follows it.
 */
export class KeysetFeed<Row, Extra> {
  readonly #source: KeysetSource<Row, Extra>;
  readonly #listeners = new Set<() => void>();
  #shown: KeysetRows<Row, Extra> = { rows: [], extra: null, older: 'more', fault: null, mark: null };
  #reading = false;
  #refreshWanted = false;
  #olderWanted = false;
  /** The row behind which held ones are to be looked through for those that can change; null when that is done. */
  #checkedTo: Row | null = null;

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
    if (this.#reading) return;
    const wanted = this.#next();
    if (wanted === null) return;
    this.#reading = true;
    this.#readOnce(wanted).catch((error: unknown) => {
      this.#show({ fault: errorText(error) });
    });
  }

  #next(): Wanted<Row, Extra> | null {
    if (this.#refreshWanted) {
      this.#refreshWanted = false;
      return { before: null, take: (page) => this.#takeNewest(page) };
    }
    const changing = this.#beforeChanging();
    if (changing !== null) {
      return { before: changing, take: (page) => this.#takeAnew(page, changing) };
    }
    const last = this.#shown.rows.at(-1);
    if (!this.#olderWanted || last === undefined) return null;
    this.#olderWanted = false;
    return { before: last, take: (page) => this.#takeOlder(page, last) };
  }

  /** The row before the next one that can change and was not read since the last refresh; null where there is none. */
  #beforeChanging(): Row | null {
    const { canChange } = this.#source;
    const checkedTo = this.#checkedTo;
    this.#checkedTo = null;
    if (checkedTo === null || canChange === undefined) return null;
    const { rows } = this.#shown;
    const first = rows.indexOf(checkedTo) + 1;
    const changing = rows.findIndex((row, index) => index >= first && canChange(row));
    return rows[changing - 1] ?? null;
  }

  async #readOnce({ before, take }: Wanted<Row, Extra>): Promise<void> {
    try {
      const reply = await this.#source.read(before, this.#source.pageSize);
      if (!reply.ok) this.#show({ fault: reply.error.message });
      else take(reply.value);
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
    this.#checkedTo = kept.length > 0 ? (last ?? null) : null;
    this.#show({ rows: all.slice(0, most), extra: page.extra, older: olderNow, fault: null });
  }

  /** Puts a page in the place of the held rows that it reaches over. */
  #takeAnew(page: KeysetPage<Row, Extra>, before: Row): void {
    const { isOlder, most, pageSize } = this.#source;
    const { rows, older } = this.#shown;
    const last = page.rows.at(-1);
    const newer = rows.slice(0, rows.indexOf(before) + 1);
    const isLastPage = last === undefined || page.rows.length < pageSize;
    const kept = isLastPage ? [] : rows.filter((row) => isOlder(row, last));
    this.#checkedTo = kept.length > 0 ? (last ?? null) : null;
    const all = [...newer, ...page.rows, ...kept];
    this.#show({ rows: all.slice(0, most), older: isLastPage ? 'all' : older, fault: null });
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
