import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { runMarkSchema, type RunMark } from '../../shared/domain/history';
import type { RunId } from '../../shared/domain/ids';

/** Characters of a note that a list carries. */
const listedNote = 200;

/** The table of notes and pins. A run without either has no row. */
export class MarkTable {
  readonly #setNote: StatementSync;
  readonly #setPinned: StatementSync;
  readonly #prune: StatementSync;
  readonly #read: StatementSync;
  readonly #list: StatementSync;

  constructor(database: DatabaseSync) {
    this.#setNote = database.prepare(
      `INSERT INTO run_marks (run, note, pinned) VALUES (?, ?, 0)
       ON CONFLICT (run) DO UPDATE SET note = excluded.note`,
    );
    this.#setPinned = database.prepare(
      `INSERT INTO run_marks (run, note, pinned) VALUES (?, '', ?)
       ON CONFLICT (run) DO UPDATE SET pinned = excluded.pinned`,
    );
    this.#prune = database.prepare(`DELETE FROM run_marks WHERE run = ? AND note = '' AND pinned = 0`);
    this.#read = database.prepare('SELECT note, pinned FROM run_marks WHERE run = ?');
    this.#list = database.prepare(
      `SELECT run, substr(note, 1, ${listedNote}) AS note, pinned FROM run_marks
       WHERE run IN (SELECT value FROM json_each(?))`,
    );
  }

  setNote(run: RunId, note: string): void {
    // SQLite's text ends at a NUL.
    this.#setNote.run(run, note.replaceAll('\0', '\u2400'));
    this.#prune.run(run);
  }

  setPinned(run: RunId, pinned: boolean): void {
    this.#setPinned.run(run, pinned ? 1 : 0);
    this.#prune.run(run);
  }

  /** What was put down about a run, the note whole. */
  read(run: RunId): RunMark {
    const row = this.#read.get(run);
    return { run, note: String(row?.['note'] ?? ''), pinned: row?.['pinned'] === 1 };
  }

  /** What was put down about these runs, notes cut for a list; runs without anything are left out. */
  list(runs: readonly RunId[]): RunMark[] {
    return this.#list
      .all(JSON.stringify(runs))
      .map((row) => runMarkSchema.parse({ run: row['run'], note: row['note'], pinned: row['pinned'] === 1 }));
  }
}
