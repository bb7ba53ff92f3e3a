import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { RunId } from '../../shared/domain/ids';
import { registeredFileSchema, type FileId, type RegisteredFile } from '../../shared/domain/registered-file';
import { parseTolerantJson } from '../publisher/tolerant-json';
import { isRegistration, registrationOf } from '../registered/registration';
import type { FileList, FileListRequest, MessageRecord } from './records';

/** Registered files that are kept; the oldest go first. A publisher that floods must not fill the disk. */
const mostFiles = 500_000;

/** `f` is the file, `l` one that was registered under the same path by a later run. */
const selectFiles = `
  SELECT f.*, EXISTS (
    SELECT 1 FROM files l WHERE l.slot = f.slot AND l.path = f.path AND l.run IS NOT f.run
      AND (l.received_at > f.received_at OR (l.received_at = f.received_at AND l.id > f.id))
  ) AS is_replaced
  FROM files f`;

/**
 * The table of registered files, taken from the messages in the transaction that keeps them: none is lost between the
 * two, and none costs the listener anything. A path registered again by its run keeps its id.
 */
export class FileTable {
  readonly #database: DatabaseSync;
  readonly #set: StatementSync;
  readonly #trim: StatementSync;
  readonly #read: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#set = database.prepare(
      `INSERT INTO files (slot, run, action, action_ts, path, type, format, plot, archive, published_at, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (slot, path, ifnull(run, '')) DO UPDATE SET action = excluded.action,
         action_ts = excluded.action_ts, type = excluded.type, format = excluded.format, plot = excluded.plot,
         archive = excluded.archive, published_at = excluded.published_at, received_at = excluded.received_at`,
    );
    this.#trim = database.prepare('DELETE FROM files WHERE id <= (SELECT max(id) FROM files) - ?');
    this.#read = database.prepare(`${selectFiles} WHERE f.id = ?`);
  }

  /** Takes what the messages of a batch register. */
  takeFrom(messages: readonly MessageRecord[]): void {
    let taken = 0;
    for (const message of messages) {
      if (message.slot === null || !isRegistration(message.msgtype)) continue;
      const file = registrationOf(message.msgtype, parseTolerantJson(message.text));
      if (file === null) continue;
      taken += 1;
      this.#set.run(
        message.slot,
        message.run,
        file.action,
        file.actionTs,
        file.path,
        file.type,
        file.format,
        file.plot ? 1 : 0,
        file.archive,
        message.publishedAt,
        message.receivedAt,
      );
    }
    if (taken > 0) this.#trim.run(mostFiles);
  }

  read(id: FileId): RegisteredFile | null {
    const row = this.#read.get(id);
    return row === undefined ? null : fileOfRow(row);
  }

  /** A page of the files of a run, or of a slot, newest registration first. */
  list({ slot, run, text, before, limit }: FileListRequest): FileList {
    const conditions = ['f.slot = ?'];
    const values: SQLInputValue[] = [slot];
    if (run !== null) {
      conditions.push('f.run = ?');
      values.push(run);
    }
    if (text !== '') {
      const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`;
      conditions.push(
        `(f.path LIKE ? ESCAPE '!' OR ifnull(f.action, '') LIKE ? ESCAPE '!' OR f.type LIKE ? ESCAPE '!')`,
      );
      values.push(pattern, pattern, pattern);
    }
    const total = this.#database
      .prepare(`SELECT count(*) AS total FROM files f WHERE ${conditions.join(' AND ')}`)
      .get(...values)?.['total'];
    if (before !== null) {
      conditions.push('(f.received_at, f.id) < (?, ?)');
      values.push(before.receivedAt, before.id);
    }
    const rows = this.#database
      .prepare(
        `${selectFiles} WHERE ${conditions.join(' AND ')} ORDER BY f.received_at DESC, f.id DESC LIMIT ?`,
      )
      .all(...values, limit);
    return { files: rows.map(fileOfRow), total: Number(total) };
  }

  /** All files of a run, in the order in which they were registered. */
  ofRun(run: RunId): RegisteredFile[] {
    return this.#database
      .prepare(`${selectFiles} WHERE f.run = ? ORDER BY f.received_at, f.id`)
      .all(run)
      .map(fileOfRow);
  }
}

function fileOfRow(row: Record<string, SQLOutputValue>): RegisteredFile {
  return registeredFileSchema.parse({
    id: row['id'],
    slot: row['slot'],
    run: row['run'],
    action: row['action'],
    actionTs: row['action_ts'],
    path: row['path'],
    type: row['type'],
    format: row['format'],
    plot: row['plot'] === 1,
    archive: row['archive'],
    publishedAt: row['published_at'],
    receivedAt: row['received_at'],
    isReplaced: row['is_replaced'] === 1,
  });
}
