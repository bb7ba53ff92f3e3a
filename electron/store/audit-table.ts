import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import {
  auditEntrySchema,
  type AuditChoices,
  type AuditEntry,
  type AuditFilter,
} from '../../shared/domain/audit';

/** A page of the audit that is wanted: the newest, or those older than the entry at `before`. */
export interface AuditRequest {
  readonly filter: AuditFilter;
  readonly before: number | null;
  readonly limit: number;
}

/** Entries, newest first, and how many the filter lets through on all pages. */
export interface AuditPage {
  readonly entries: AuditEntry[];
  readonly total: number;
}

/** The questions about the audit. */
export interface AuditQuestions {
  listAudit: { request: AuditRequest; response: AuditPage };
  auditChoices: { request: null; response: AuditChoices };
}

/** The most names that a list of choices holds. */
const mostChoices = 1000;

const detailSchema = z.record(z.string(), z.unknown());

/** Reads what operators did; it is written with the other records. */
export class AuditTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list({ filter, before, limit }: AuditRequest): AuditPage {
    const { sql, values } = conditionsOf(filter);
    const entries = this.#database
      .prepare(
        `SELECT position, at, actor, action, slot, run, detail FROM audit
         WHERE ${sql} AND ($before IS NULL OR position < $before) ORDER BY position DESC LIMIT $limit`,
      )
      .all({ ...values, before, limit })
      .map(entryOf);
    const count = this.#database.prepare(`SELECT count(*) AS count FROM audit WHERE ${sql}`).get(values);
    return { entries, total: Number(count?.['count']) };
  }

  choices(): AuditChoices {
    const distinct = (column: 'action' | 'slot' | 'actor'): string[] =>
      this.#database
        .prepare(
          `SELECT DISTINCT ${column} AS name FROM audit WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT ${mostChoices}`,
        )
        .all()
        .map((row) => String(row['name']));
    return { actions: distinct('action'), slots: distinct('slot'), actors: distinct('actor') };
  }
}

function entryOf(row: Record<string, SQLOutputValue>): AuditEntry {
  const detail: Record<string, string> = {};
  for (const [name, value] of Object.entries(detailSchema.parse(JSON.parse(String(row['detail']))))) {
    detail[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return auditEntrySchema.parse({ ...row, detail });
}

function conditionsOf(filter: AuditFilter): { sql: string; values: Record<string, SQLInputValue> } {
  const conditions = ['TRUE'];
  const values: Record<string, SQLInputValue> = {};
  const hold = (condition: string, name: string, value: SQLInputValue): void => {
    conditions.push(condition);
    values[name] = value;
  };
  if (filter.actions.length > 0) {
    hold('action IN (SELECT value FROM json_each($actions))', 'actions', JSON.stringify(filter.actions));
  }
  if (filter.slot !== null) hold('slot = $slot', 'slot', filter.slot);
  if (filter.actor !== null) hold('actor = $actor', 'actor', filter.actor);
  if (filter.from !== null) hold('at >= $from', 'from', filter.from);
  if (filter.to !== null) hold('at < $to', 'to', filter.to);
  if (filter.text !== '') {
    const told = `(SELECT 1 FROM json_each(detail) WHERE value LIKE $text ESCAPE '!')`;
    const condition = `(EXISTS ${told} OR run LIKE $text ESCAPE '!' OR slot LIKE $text ESCAPE '!' OR action LIKE $text ESCAPE '!')`;
    hold(condition, 'text', `%${filter.text.replace(/[!%_]/g, '!$&')}%`);
  }
  return { sql: conditions.join(' AND '), values };
}
