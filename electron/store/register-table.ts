import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SlotId } from '../../shared/domain/ids';
import { stringifyPythonJson } from '../../shared/python-json';
import { parseTolerantJson } from '../publisher/tolerant-json';
import { inTransaction } from './transaction';
import type { RegisterRecord, ValueQuestions } from './value-records';

/** The newest values of registers. Paths and values are JSON text, whose escapes carry what SQLite's text cannot. */
export class RegisterTable {
  readonly #database: DatabaseSync;
  readonly #save: StatementSync;
  readonly #read: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#save = database.prepare(
      `INSERT OR REPLACE INTO registers (slot, path, value, type, received_at, changed_at, updates)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#read = database.prepare(
      'SELECT * FROM registers WHERE slot = ? AND path > ? ORDER BY path LIMIT ?',
    );
  }

  save(registers: readonly RegisterRecord[]): void {
    inTransaction(this.#database, () => {
      for (const { slot, path, value, type, receivedAt, changedAt, updates } of registers) {
        const pathText = stringifyPythonJson(path);
        const valueText = stringifyPythonJson(value);
        this.#save.run(slot, pathText, valueText, stringifyPythonJson(type), receivedAt, changedAt, updates);
      }
    });
  }

  /** A page of a slot's registers, in the order of their paths. */
  read(slot: SlotId, after: string | null, limit: number): ValueQuestions['readRegisters']['response'] {
    const rows = this.#read.all(slot, after ?? '', limit);
    const registers = rows.map((row) => ({
      slot,
      path: textOf(row['path']),
      value: parseTolerantJson(String(row['value'])),
      type: textOf(row['type']),
      receivedAt: Number(row['received_at']),
      changedAt: Number(row['changed_at']),
      updates: Number(row['updates']),
      size: String(row['value']).length,
    }));
    const last = rows.at(-1)?.['path'];
    return { registers, after: rows.length < limit || last === undefined ? null : String(last) };
  }
}

function textOf(json: unknown): string {
  const text = parseTolerantJson(String(json));
  if (typeof text !== 'string') throw new Error('a text of a register in the database is not a string');
  return text;
}
