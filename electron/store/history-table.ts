import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HistoryChoices, UsualDuration } from '../../shared/domain/history';
import { runIdSchema, slotIdSchema, type RunId, type SlotId } from '../../shared/domain/ids';
import type { KeptRun, KeptRunsRequest, RunCounts, RunMessagesPage, RunMessagesRequest } from './records';

/** The newest successful runs that the usual duration is the median of. */
const usualRuns = 9;
/** Messages, and characters of them, that one page of a run's messages holds. */
const pageMessages = 500;
const pageCharacters = 4_000_000;
/** The most names that a list of choices holds. */
const mostChoices = 1000;

/** Questions about past runs as a whole, and their removal. */
export class HistoryTable {
  readonly #database: DatabaseSync;
  readonly #usualSame: StatementSync;
  readonly #usualAny: StatementSync;
  readonly #messages: StatementSync;
  readonly #oldestMessage: StatementSync;
  readonly #counts: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const usual = (condition: string): StatementSync =>
      database.prepare(
        `SELECT ended_at - started_at AS duration FROM runs
         WHERE slot = $slot AND script = $script AND outcome_word = 'succeeded' ${condition}
           AND ended_at >= started_at
         ORDER BY requested_at DESC LIMIT ${usualRuns}`,
      );
    this.#usualSame = usual('AND args = $args');
    this.#usualAny = usual('');
    this.#messages = database.prepare(
      `SELECT position, text FROM messages WHERE run = ? AND position > ? ORDER BY position LIMIT ${pageMessages}`,
    );
    this.#oldestMessage = database.prepare(
      'SELECT position, received_at FROM messages ORDER BY position LIMIT 1',
    );
    this.#counts = database.prepare(
      `SELECT (SELECT count(*) FROM session_data WHERE run = $run) AS keys,
              (SELECT count(*) FROM session_messages WHERE run = $run) AS session_messages,
              (SELECT count(*) FROM messages WHERE run = $run) AS messages`,
    );
  }

  /** The crates, slots and scripts of the runs that are kept, sorted. */
  choices(): HistoryChoices {
    const distinct = (column: string): string[] =>
      this.#database
        .prepare(`SELECT DISTINCT ${column} AS name FROM runs ORDER BY ${column} LIMIT ${mostChoices}`)
        .all()
        .map((row) => String(row['name']));
    return {
      crates: distinct('crate'),
      slots: distinct('slot').map((slot) => slotIdSchema.parse(slot)),
      scripts: distinct('script_name'),
    };
  }

  /** The median duration of the newest successful runs of the script on the slot: with these arguments, else any. */
  usual(slot: SlotId, script: string, args: readonly string[]): UsualDuration | null {
    const same = this.#usualSame.all({ slot, script, args: JSON.stringify(args) });
    const rows = same.length > 0 ? same : this.#usualAny.all({ slot, script });
    const duration = median(rows.map((row) => Number(row['duration'])));
    return duration === null ? null : { duration, runs: rows.length, sameArguments: same.length > 0 };
  }

  /** Messages of a run in order, as they were received. */
  messagesOf({ run, after }: RunMessagesRequest): RunMessagesPage {
    const texts: string[] = [];
    const removedBefore = this.#removedBefore(after);
    let characters = 0;
    let last = after;
    for (const row of this.#messages.iterate(run, after)) {
      const text = String(row['text']);
      texts.push(text);
      last = Number(row['position']);
      characters += text.length;
      if (characters >= pageCharacters) return { texts, next: last, removedBefore };
    }
    return { texts, next: texts.length < pageMessages ? null : last, removedBefore };
  }

  /** Positions begin at 1 and have no gaps, so that whatever is before the oldest was removed. */
  #removedBefore(after: number): number | null {
    const oldest = this.#oldestMessage.get();
    return oldest !== undefined && Number(oldest['position']) > after + 1
      ? Number(oldest['received_at'])
      : null;
  }

  counts(run: RunId): RunCounts {
    const row = this.#counts.get({ run });
    return {
      sessionKeys: Number(row?.['keys']),
      sessionMessages: Number(row?.['session_messages']),
      messages: Number(row?.['messages']),
    };
  }

  /** Up to `limit` runs older than `before` as retention sees them, newest first. */
  keptRuns({ before, limit }: KeptRunsRequest): KeptRun[] {
    const older =
      before === null
        ? ''
        : 'WHERE (requested_at, id) < (SELECT requested_at, id FROM runs WHERE id = $before)';
    return this.#database
      .prepare(
        `SELECT id, slot, requested_at, over, run_marks.run IS NOT NULL AS marked
         FROM runs LEFT JOIN run_marks ON run_marks.run = runs.id ${older}
         ORDER BY requested_at DESC, id DESC LIMIT $limit`,
      )
      .all({ limit, ...(before === null ? {} : { before }) })
      .map((row) => ({
        id: runIdSchema.parse(row['id']),
        slot: slotIdSchema.parse(row['slot']),
        requestedAt: Number(row['requested_at']),
        over: row['over'] === 1,
        marked: row['marked'] === 1,
      }));
  }

  /** Removes a run that is over, with its session and its marks, all or nothing. Its messages have a limit of their own. */
  remove(run: RunId): boolean {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const removed = this.#database.prepare('DELETE FROM runs WHERE id = ? AND over = 1').run(run);
      if (Number(removed.changes) > 0) {
        for (const table of ['session_data', 'session_messages', 'run_marks', 'relay_positions']) {
          this.#database.prepare(`DELETE FROM ${table} WHERE run = ?`).run(run);
        }
      }
      this.#database.exec('COMMIT');
      return Number(removed.changes) > 0;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}
