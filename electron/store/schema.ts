import type { DatabaseSync } from 'node:sqlite';
import { failure, success, type Result } from '../../shared/result';
import type { StoreFailure } from './store-failure';

/*
 * The database's shape. Migrations only go forward: never edit one that was released, add another. Numbers that
 * publishers choose are REAL, because an INTEGER beyond 2^53 could be stored but not read back.
 */

const firstVersion = `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    slot TEXT NOT NULL,
    crate TEXT NOT NULL,
    task TEXT,
    script TEXT NOT NULL,
    args TEXT NOT NULL,
    log TEXT NOT NULL,
    phase TEXT NOT NULL,
    requested_at REAL NOT NULL,
    started_at REAL,
    ended_at REAL,
    outcome TEXT NOT NULL,
    abort TEXT NOT NULL,
    survivors TEXT NOT NULL,
    problems TEXT NOT NULL,
    lines REAL NOT NULL,
    bytes REAL NOT NULL
  );
  CREATE INDEX runs_newest ON runs (requested_at, id);
  CREATE INDEX runs_by_slot ON runs (slot, requested_at, id);
  CREATE INDEX runs_active ON runs (phase) WHERE phase <> 'done';

  CREATE TABLE messages (
    position INTEGER PRIMARY KEY,
    received_at REAL NOT NULL,
    published_at REAL,
    publisher_id TEXT NOT NULL,
    slot TEXT,
    run TEXT,
    msgtype TEXT NOT NULL,
    seq_no REAL,
    text TEXT NOT NULL
  );
  CREATE INDEX messages_by_slot ON messages (slot);
  CREATE INDEX messages_by_type ON messages (slot, msgtype);
  CREATE INDEX messages_by_run ON messages (run) WHERE run IS NOT NULL;

  CREATE TABLE session_data (
    run TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at REAL NOT NULL,
    UNIQUE (run, key)
  );
  CREATE TABLE session_messages (
    run TEXT NOT NULL,
    position INTEGER NOT NULL,
    time REAL NOT NULL,
    text TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (run, position)
  ) WITHOUT ROWID;

  CREATE TABLE audit (
    position INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    slot TEXT,
    run TEXT,
    detail TEXT NOT NULL
  );

  CREATE TABLE last_batch (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    recorder TEXT NOT NULL,
    number INTEGER NOT NULL
  );
`;

/** How far the messages that a run's supervisor relayed have come, so that a restart takes none twice. */
const relayPositions = `
  CREATE TABLE relay_positions (
    run TEXT PRIMARY KEY,
    messages REAL NOT NULL,
    session REAL NOT NULL
  ) WITHOUT ROWID;
`;

/** Files that scripts and streamers registered. Ids are never used twice: an address must not come to mean another file. */
const registeredFiles = `
  CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    slot TEXT NOT NULL,
    run TEXT,
    action TEXT,
    action_ts TEXT,
    path TEXT NOT NULL,
    type TEXT NOT NULL,
    format TEXT NOT NULL,
    plot INTEGER NOT NULL,
    archive TEXT,
    published_at REAL,
    received_at REAL NOT NULL
  );
  CREATE UNIQUE INDEX files_by_path ON files (slot, path, ifnull(run, ''));
  CREATE INDEX files_by_slot ON files (slot, received_at, id);
  CREATE INDEX files_by_run ON files (run, received_at, id) WHERE run IS NOT NULL;
`;

/** The newest values of registers, pinned values with their history, and the rules of alarms. */
const chosenValues = `
  CREATE TABLE registers (
    slot TEXT NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    type TEXT NOT NULL,
    received_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    updates REAL NOT NULL,
    PRIMARY KEY (slot, path)
  );
  CREATE TABLE pins (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    watched TEXT NOT NULL UNIQUE,
    chart INTEGER NOT NULL,
    pinned_at REAL NOT NULL
  );
  CREATE TABLE pin_points (
    pin INTEGER NOT NULL,
    at REAL NOT NULL,
    least REAL,
    greatest REAL,
    PRIMARY KEY (pin, at)
  ) WITHOUT ROWID;
  CREATE TABLE alarm_rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    alarm TEXT
  );
`;

/**
 * Filtering the history: columns that follow from those that are there, so that old rows have them too. The script's
 * name is what follows its last slash; the words are its arguments as one text, JSON's escapes kept.
 */
const runHistory = `
  ALTER TABLE runs ADD COLUMN script_name TEXT
    GENERATED ALWAYS AS (replace(script, rtrim(script, replace(script, '/', '')), '')) VIRTUAL;
  ALTER TABLE runs ADD COLUMN words TEXT
    GENERATED ALWAYS AS (
      CASE WHEN length(args) > 2 THEN replace(substr(args, 3, length(args) - 4), '","', ' ') ELSE '' END
    ) VIRTUAL;
  ALTER TABLE runs ADD COLUMN outcome_word TEXT
    GENERATED ALWAYS AS (
      CASE
        WHEN phase <> 'done' THEN 'running'
        WHEN outcome = 'null' THEN 'lost'
        WHEN json_extract(outcome, '$.kind') = 'exited' AND json_extract(outcome, '$.code') = 0 THEN 'succeeded'
        WHEN json_extract(outcome, '$.kind') IN ('exited', 'signalled', 'not-started') THEN 'failed'
        ELSE json_extract(outcome, '$.kind')
      END
    ) VIRTUAL;
  CREATE INDEX runs_by_outcome ON runs (outcome_word, requested_at, id);
  CREATE INDEX runs_by_crate ON runs (crate, requested_at, id);
  CREATE INDEX runs_by_script ON runs (script_name, requested_at, id);
  CREATE INDEX runs_usual ON runs (slot, script, requested_at) WHERE outcome_word = 'succeeded';

  CREATE TABLE run_marks (
    run TEXT PRIMARY KEY,
    note TEXT NOT NULL,
    pinned INTEGER NOT NULL
  ) WITHOUT ROWID;
`;

/** What the Run tab remembers of scripts. A preset's empty slot stands for all slots. */
const presets = `
  CREATE TABLE presets (
    slot TEXT NOT NULL,
    script TEXT NOT NULL,
    name TEXT NOT NULL,
    args TEXT NOT NULL,
    log TEXT NOT NULL,
    saved_at REAL NOT NULL,
    PRIMARY KEY (slot, script, name)
  ) WITHOUT ROWID;
  CREATE TABLE favourite_scripts (
    slot TEXT NOT NULL,
    script TEXT NOT NULL,
    PRIMARY KEY (slot, script)
  ) WITHOUT ROWID;
  CREATE TABLE script_drafts (
    slot TEXT NOT NULL,
    script TEXT NOT NULL,
    draft TEXT NOT NULL,
    changed_at REAL NOT NULL,
    PRIMARY KEY (slot, script)
  );
`;

/**
 * The queue and the groups. What an entry or a group holds is JSON: only its order, its group and whether it is on the
 * page are asked for.
 */
const queue = `
  CREATE TABLE queue_entries (
    id TEXT PRIMARY KEY,
    slot_group TEXT,
    place REAL NOT NULL,
    cleared INTEGER NOT NULL,
    entry TEXT NOT NULL
  );
  CREATE INDEX queue_entries_shown ON queue_entries (place, id) WHERE cleared = 0;
  CREATE INDEX queue_entries_by_group ON queue_entries (slot_group, place, id);
  CREATE TABLE slot_groups (
    id TEXT PRIMARY KEY,
    added_at REAL NOT NULL,
    slot_group TEXT NOT NULL
  );
  CREATE INDEX slot_groups_newest ON slot_groups (added_at, id);
  CREATE TABLE queue_settings (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    settings TEXT NOT NULL
  );
`;

/** What operators chose about this panel, as JSON under names. */
const preferences = `
  CREATE TABLE preferences (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) WITHOUT ROWID;
`;

/**
 * Whether a run is over: nothing of it lives, and all its output and relayed messages are here. What was done without
 * processes before that was noted is taken to be.
 */
const runsOver = `
  ALTER TABLE runs ADD COLUMN over INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET over = 1 WHERE phase = 'done' AND survivors = '[]';
  DROP INDEX runs_active;
  CREATE INDEX runs_not_over ON runs (requested_at, id) WHERE over = 0;
`;

/** Entries of the queue that were cleared off the page and belong to no group: nothing ever shows them again. */
const clearedEntries = `
  DELETE FROM queue_entries WHERE cleared = 1 AND slot_group IS NULL;
`;

/** The migrations in order; the database's version is how many of them it has had. */
export const migrations: readonly string[] = [
  firstVersion,
  relayPositions,
  registeredFiles,
  chosenValues,
  runHistory,
  presets,
  queue,
  preferences,
  runsOver,
  clearedEntries,
];

/** The version that `PRAGMA user_version` carries. */
export function schemaVersion(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (typeof version !== 'number') throw new Error('SQLite answered no user_version');
  return version;
}

/**
 * Brings a database to the newest version, all in one transaction. A database of a newer panel is refused and left
 * as it is. Throws what SQLite throws, after rolling back.
 */
export function migrate(
  database: DatabaseSync,
  path: string,
  steps: readonly string[] = migrations,
): Result<void, StoreFailure> {
  const found = schemaVersion(database);
  if (found > steps.length) {
    return failure(
      'store-newer-version',
      `The database ${path} was written by a newer SMuRF Panel (its version is ${found}, this panel knows up to ` +
        `${steps.length}). Start the newer panel, or use another home folder.`,
    );
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of steps.slice(schemaVersion(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  return success(undefined);
}
