import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  alarmRecordSchema,
  alarmRuleDraftSchema,
  type AlarmRecord,
  type AlarmRuleDraft,
} from '../../shared/domain/alarm';
import type { Json } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { parseTolerantJson } from '../publisher/tolerant-json';
import { inTransaction } from './transaction';
import type { AlarmRuleRecord } from './value-records';

/** Rules of alarms, each with the alarm that it has raised. Both are JSON text with NaN bare. */
export class AlarmTable {
  readonly #database: DatabaseSync;
  readonly #add: StatementSync;
  readonly #change: StatementSync;
  readonly #setAlarm: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare('INSERT INTO alarm_rules (rule) VALUES (?) RETURNING id');
    this.#change = database.prepare('UPDATE alarm_rules SET rule = ? WHERE id = ?');
    this.#setAlarm = database.prepare('UPDATE alarm_rules SET alarm = ? WHERE id = ?');
  }

  read(): AlarmRuleRecord[] {
    return this.#database
      .prepare('SELECT * FROM alarm_rules ORDER BY id')
      .all()
      .map((row) => ({
        rule: { ...alarmRuleDraftSchema.parse(jsonOf(row['rule'])), id: Number(row['id']) },
        alarm: row['alarm'] === null ? null : alarmRecordSchema.parse(jsonOf(row['alarm'])),
      }));
  }

  /** Keeps a rule: a new one for id null. Returns its id. */
  save(id: number | null, rule: AlarmRuleDraft): number {
    const text = stringifyPythonJson(rule satisfies Json);
    if (id === null) return Number(this.#add.get(text)?.['id']);
    this.#change.run(text, id);
    return id;
  }

  /** Keeps rules under the ids that they have, with their alarms. */
  keep(rules: readonly AlarmRuleRecord[]): void {
    const keep = this.#database.prepare(
      'INSERT OR REPLACE INTO alarm_rules (id, rule, alarm) VALUES (?, ?, ?)',
    );
    inTransaction(this.#database, () => {
      for (const { rule, alarm } of rules) {
        const { id, ...draft } = rule;
        keep.run(id, stringifyPythonJson(draft satisfies Json), textOrNull(alarm));
      }
    });
  }

  remove(id: number): void {
    this.#database.prepare('DELETE FROM alarm_rules WHERE id = ?').run(id);
  }

  saveAlarms(alarms: readonly { readonly rule: number; readonly alarm: AlarmRecord | null }[]): void {
    inTransaction(this.#database, () => {
      for (const { rule, alarm } of alarms) {
        this.#setAlarm.run(textOrNull(alarm), rule);
      }
    });
  }
}

function textOrNull(alarm: AlarmRecord | null): string | null {
  return alarm === null ? null : stringifyPythonJson(alarm satisfies Json);
}

function jsonOf(text: unknown): Json {
  return parseTolerantJson(String(text));
}
