import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunId } from '../../shared/domain/ids';
import { sessionMessageSchema, type Session } from '../../shared/domain/session';
import type { Json } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { parseTolerantJson } from '../publisher/tolerant-json';
import type { SessionRecord } from './records';

/**
 * The tables of session data and messages. Keys, values and texts are kept as JSON with NaN and ±Infinity bare. Its
 * escapes also carry what SQLite's text cannot: a NUL, half a surrogate pair.
 */
export class SessionTable {
  readonly #setData: StatementSync;
  readonly #setMessage: StatementSync;
  readonly #data: StatementSync;
  readonly #messages: StatementSync;
  readonly #run: StatementSync;

  constructor(database: DatabaseSync) {
    // An upsert, not a replacement: the row keeps its place, and so the keys their order.
    this.#setData = database.prepare(
      `INSERT INTO session_data (run, key, value, changed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (run, key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
    );
    this.#setMessage = database.prepare(
      'INSERT OR REPLACE INTO session_messages (run, position, time, text, origin) VALUES (?, ?, ?, ?, ?)',
    );
    this.#data = database.prepare(
      'SELECT key, value, changed_at FROM session_data WHERE run = ? ORDER BY rowid',
    );
    this.#messages = database.prepare(
      'SELECT time, text, origin FROM session_messages WHERE run = ? ORDER BY position',
    );
    this.#run = database.prepare('SELECT 1 FROM runs WHERE id = ?');
  }

  save(record: SessionRecord): void {
    for (const { key, value, changedAt } of record.data) {
      this.#setData.run(record.run, stringifyPythonJson(key), stringifyPythonJson(value), changedAt);
    }
    for (const { position, message } of record.messages) {
      this.#setMessage.run(
        record.run,
        position,
        message.time,
        stringifyPythonJson(message.text),
        message.from,
      );
    }
  }

  /** The session of a run; empty where the run published nothing, null where there is no such run. */
  read(run: RunId): Session | null {
    const data = this.#data.all(run);
    const messages = this.#messages.all(run);
    if (data.length === 0 && messages.length === 0 && this.#run.get(run) === undefined) return null;
    const keyed = data.map((row) => ({ row, key: textOf(row['key']) }));
    return {
      run,
      // fromEntries defines own properties, so that a key called __proto__ is a key like any other.
      data: Object.fromEntries(keyed.map(({ row, key }) => [key, jsonOf(row['value'])])),
      changedAt: Object.fromEntries(keyed.map(({ row, key }) => [key, Number(row['changed_at'])])),
      messages: messages.map((row) =>
        sessionMessageSchema.parse({ time: row['time'], text: textOf(row['text']), from: row['origin'] }),
      ),
    };
  }
}

function jsonOf(value: unknown): Json {
  return parseTolerantJson(String(value));
}

function textOf(value: unknown): string {
  const text = jsonOf(value);
  if (typeof text !== 'string')
    throw new Error('a key or a text of a session in the database is not a string');
  return text;
}
