import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { RunId } from '../../shared/domain/ids';
import { runSchema, type Run } from '../../shared/domain/run';
import type { MarkTable } from './mark-table';
import type { RunList, RunListRequest, RunSelection } from './records';
import { runConditions } from './run-filter';

const columns = [
  'id',
  'slot',
  'crate',
  'task',
  'script',
  'args',
  'log',
  'phase',
  'requested_at',
  'started_at',
  'ended_at',
  'outcome',
  'abort',
  'survivors',
  'problems',
  'lines',
  'bytes',
] as const;

/** The table of runs. Lists are newest first: by the time of the request, then by id. */
export class RunTable {
  readonly #database: DatabaseSync;
  readonly #marks: MarkTable;
  readonly #save: StatementSync;
  readonly #end: StatementSync;

  constructor(database: DatabaseSync, marks: MarkTable) {
    this.#database = database;
    this.#marks = marks;
    const updates = columns
      .filter((column) => column !== 'id')
      .map((column) => `${column} = excluded.${column}`);
    this.#save = database.prepare(
      `INSERT INTO runs (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    );
    this.#end = database.prepare('UPDATE runs SET over = 1 WHERE id = ?');
  }

  /** Adds a run, or replaces what is known of it. */
  save(run: Run): void {
    this.#save.run(
      run.id,
      run.slot,
      run.crate,
      run.task,
      run.script,
      JSON.stringify(run.args),
      JSON.stringify(run.log),
      run.phase,
      run.requestedAt,
      run.startedAt,
      run.endedAt,
      JSON.stringify(run.outcome),
      JSON.stringify(run.abort),
      JSON.stringify(run.survivors),
      JSON.stringify(run.problems),
      run.lines,
      run.bytes,
    );
  }

  /** Nothing of a run lives, and everything is kept. */
  end(run: RunId): void {
    this.#end.run(run);
  }

  read(run: RunId): Run | null {
    const row = this.#database.prepare('SELECT * FROM runs WHERE id = ?').get(run);
    return row === undefined ? null : runOfRow(row);
  }

  /** Which of these there are no rows of. */
  unknown(runs: readonly RunId[]): RunId[] {
    const known = this.#database.prepare('SELECT 1 FROM runs WHERE id = ?');
    return runs.filter((run) => known.get(run) === undefined);
  }

  /** Runs that were not over when they were last saved, oldest first: active, or with something left of them. */
  notOver(): Run[] {
    const rows = this.#database.prepare('SELECT * FROM runs WHERE over = 0 ORDER BY requested_at, id').all();
    return rows.map(runOfRow);
  }

  /** Up to `limit` runs older than `before` that the selection lets through; `total` counts them on all pages. */
  list({ before, limit, ...selection }: RunListRequest): RunList {
    const { sql, values } = runConditions(selection);
    const older =
      before === null
        ? ''
        : 'AND (requested_at, id) < (SELECT requested_at, id FROM runs WHERE id = $before)';
    const runs = this.#database
      .prepare(`SELECT * FROM runs WHERE ${sql} ${older} ORDER BY requested_at DESC, id DESC LIMIT $limit`)
      .all({ ...values, limit, ...(before === null ? {} : { before }) })
      .map(runOfRow);
    return { runs, total: this.count(selection), marks: this.#marks.list(runs.map((run) => run.id)) };
  }

  /** How many runs a selection lets through. */
  count(selection: RunSelection): number {
    const { sql, values } = runConditions(selection);
    return Number(
      this.#database.prepare(`SELECT count(*) AS runs FROM runs WHERE ${sql}`).get(values)?.['runs'],
    );
  }

  /** The newest run of every slot that ever had one. */
  latestPerSlot(): Run[] {
    const newest = this.#database.prepare(
      'SELECT * FROM runs WHERE slot = ? ORDER BY requested_at DESC, id DESC LIMIT 1',
    );
    const slots = this.#database.prepare('SELECT DISTINCT slot FROM runs ORDER BY slot').all();
    return slots.flatMap(({ slot }) => {
      const row = newest.get(slot ?? null);
      return row === undefined ? [] : [runOfRow(row)];
    });
  }
}

function runOfRow(row: Record<string, SQLOutputValue>): Run {
  const parsed = runSchema.safeParse({
    id: row['id'],
    slot: row['slot'],
    crate: row['crate'],
    task: row['task'],
    script: row['script'],
    args: jsonOf(row['args']),
    log: jsonOf(row['log']),
    phase: row['phase'],
    requestedAt: row['requested_at'],
    startedAt: row['started_at'],
    endedAt: row['ended_at'],
    outcome: jsonOf(row['outcome']),
    abort: jsonOf(row['abort']),
    survivors: jsonOf(row['survivors']),
    problems: jsonOf(row['problems']),
    lines: row['lines'],
    bytes: row['bytes'],
  });
  if (!parsed.success) {
    throw new Error(`the run ${String(row['id'])} in the database cannot be read: ${parsed.error.message}`);
  }
  return parsed.data;
}

function jsonOf(value: SQLOutputValue | undefined): unknown {
  return JSON.parse(String(value));
}
