import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { watchedValueSchema, type WatchedValue } from '../../shared/domain/watched-value';
import { inTransaction } from './transaction';
import type { PinPointRecord, PinRecord } from './value-records';

/** Pinned values and a coarse history of each. SQLite has no NaN: it is kept as NULL. */
export class PinTable {
  readonly #database: DatabaseSync;
  readonly #add: StatementSync;
  readonly #addPoint: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare(
      'INSERT INTO pins (watched, chart, pinned_at) VALUES (?, 0, ?) RETURNING id',
    );
    this.#addPoint = database.prepare(
      `INSERT INTO pin_points (pin, at, least, greatest) SELECT id, ?, ?, ? FROM pins WHERE id = ?
       ON CONFLICT (pin, at) DO UPDATE SET
         least = min(ifnull(least, excluded.least), ifnull(excluded.least, least)),
         greatest = max(ifnull(greatest, excluded.greatest), ifnull(excluded.greatest, greatest))`,
    );
  }

  /** Every pin, in the order in which they were pinned. */
  read(): PinRecord[] {
    return this.#database
      .prepare('SELECT * FROM pins ORDER BY id')
      .all()
      .map((row) => ({
        id: Number(row['id']),
        watched: watchedValueSchema.parse(JSON.parse(String(row['watched']))),
        chart: Number(row['chart']),
        pinnedAt: Number(row['pinned_at']),
      }));
  }

  /** Keeps a pin, in a chart of its own. Returns its id. */
  add(watched: WatchedValue, pinnedAt: number): number {
    let id = 0;
    inTransaction(this.#database, () => {
      id = Number(this.#add.get(JSON.stringify(watched), pinnedAt)?.['id']);
      this.group(id, id);
    });
    return id;
  }

  /** Keeps pins under the ids that they have. */
  keep(pins: readonly PinRecord[]): void {
    const keep = this.#database.prepare(
      'INSERT OR REPLACE INTO pins (id, watched, chart, pinned_at) VALUES (?, ?, ?, ?)',
    );
    inTransaction(this.#database, () => {
      for (const { id, watched, chart, pinnedAt } of pins) {
        keep.run(id, JSON.stringify(watched), chart, pinnedAt);
      }
    });
  }

  group(pin: number, chart: number): void {
    this.#database.prepare('UPDATE pins SET chart = ? WHERE id = ?').run(chart, pin);
  }

  remove(pin: number): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM pins WHERE id = ?').run(pin);
      this.#database.prepare('DELETE FROM pin_points WHERE pin = ?').run(pin);
    });
  }

  /** A pin's points from a time on, oldest first. */
  points(pin: number, from: number): PinPointRecord[] {
    return this.#database
      .prepare('SELECT at, least, greatest FROM pin_points WHERE pin = ? AND at >= ? ORDER BY at')
      .all(pin, from)
      .map((row) => ({
        pin,
        at: Number(row['at']),
        least: row['least'] === null ? Number.NaN : Number(row['least']),
        greatest: row['greatest'] === null ? Number.NaN : Number(row['greatest']),
      }));
  }

  /** Adds points of pins that there still are, and forgets those of before a time. */
  savePoints(points: readonly PinPointRecord[], forgetBefore: number): void {
    inTransaction(this.#database, () => {
      for (const { pin, at, least, greatest } of points) {
        this.#addPoint.run(at, orNull(least), orNull(greatest), pin);
      }
      this.#database.prepare('DELETE FROM pin_points WHERE at < ?').run(forgetBefore);
    });
  }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
