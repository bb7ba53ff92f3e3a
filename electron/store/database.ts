import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import { success, type Result } from '../../shared/result';
import { AuditTable } from './audit-table';
import { FileTable } from './file-table';
import { HistoryTable } from './history-table';
import { MarkTable } from './mark-table';
import { MessageTable } from './message-table';
import type {
  MessagesPage,
  MessagesPageRequest,
  RecordBatch,
  RelayPosition,
  RunList,
  RunListRequest,
} from './records';
import { PreferenceTable } from './preference-table';
import { PresetTable } from './preset-table';
import { QueueTable } from './queue-table';
import { RunTable } from './run-table';
import { RelayTable } from './relay-table';
import { migrate, schemaVersion } from './schema';
import { SessionTable } from './session-table';
import { expectSqliteFailure, type StoreFailure } from './store-failure';
import { ValueTables } from './value-tables';

/** How a database is opened. */
export interface DatabaseOptions {
  /** Unix milliseconds now; names the file that a damaged database is set aside as. */
  readonly now: number;
  /** How long to wait for another program's lock, in milliseconds. */
  readonly busyTimeout?: number;
}

/** Databases up to this size are checked throughout when opened; it takes under a second. In bytes. */
const checkedSize = 200_000_000;

/**
 * The panel's database: one file with runs, messages, session data and the audit. All calls are synchronous and throw
 * what SQLite throws, but for opening and writing, whose faults are expected.
 */
export class PanelDatabase {
  readonly path: string;
  /** What the operator has to know about the opening: a damaged file was set aside. */
  readonly notice: string | null;
  /** Whether the file was made by the opening. */
  readonly isNew: boolean;
  /** The files that were registered. */
  readonly files: FileTable;
  /** Registers, pins and alarms. */
  readonly values: ValueTables;
  /** Presets, favourite scripts, and what was entered last. */
  readonly presets: PresetTable;
  readonly queue: QueueTable;
  /** Who did what. */
  readonly audit: AuditTable;
  /** What operators chose about this panel. */
  readonly preferences: PreferenceTable;
  readonly #connection: DatabaseSync;
  /** What operators put down about runs. */
  readonly marks: MarkTable;
  /** Past runs as a whole. */
  readonly history: HistoryTable;
  readonly #messages: MessageTable;
  readonly #runs: RunTable;
  readonly #sessions: SessionTable;
  readonly #relay: RelayTable;
  readonly #addAudit: StatementSync;
  readonly #setLastBatch: StatementSync;

  private constructor(path: string, { connection, isNew }: Connected, notice: string | null) {
    this.path = path;
    this.notice = notice;
    this.isNew = isNew;
    this.#connection = connection;
    this.audit = new AuditTable(connection);
    this.presets = new PresetTable(connection);
    this.preferences = new PreferenceTable(connection);
    this.#messages = new MessageTable(connection);
    this.marks = new MarkTable(connection);
    this.history = new HistoryTable(connection);
    this.#runs = new RunTable(connection, this.marks);
    this.#sessions = new SessionTable(connection);
    this.#relay = new RelayTable(connection);
    this.files = new FileTable(connection);
    this.values = new ValueTables(connection);
    this.queue = new QueueTable(connection);
    this.#addAudit = connection.prepare(
      'INSERT INTO audit (at, actor, action, slot, run, detail) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#setLastBatch = connection.prepare(
      'INSERT OR REPLACE INTO last_batch (one, recorder, number) VALUES (1, ?, ?)',
    );
  }

  /**
   * Opens the database, or makes it. A damaged file is set aside under another name, never deleted, and a new one is
   * begun; `notice` then says so.
   */
  static open(path: string, options: DatabaseOptions): Result<PanelDatabase, StoreFailure> {
    const opened = connect(path, options);
    if (opened.ok) return success(new PanelDatabase(path, opened.value, null));
    if (opened.error.code !== 'store-corrupt') return opened;
    return PanelDatabase.openAnew(path, options, opened.error.message);
  }

  /** Sets the damaged file aside and begins a new one. `damage` is the sentence that says what is wrong with it. */
  static openAnew(
    path: string,
    options: DatabaseOptions,
    damage: string,
  ): Result<PanelDatabase, StoreFailure> {
    const aside = setAside(path, options.now);
    const begun = connect(path, options);
    if (!begun.ok) return begun;
    return success(
      new PanelDatabase(
        path,
        begun.value,
        `${damage} It was set aside as ${aside}, and a new database was begun.`,
      ),
    );
  }

  /** Writes a batch in one transaction: all of it or nothing. A batch that was written before is left out. */
  record(batch: RecordBatch): Result<void, StoreFailure> {
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      if (!this.#wasWritten(batch)) this.#write(batch);
      this.#connection.exec('COMMIT');
      return success(undefined);
    } catch (error) {
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      this.#messages.tookBack();
      return { ok: false, error: expectSqliteFailure(error, this.path) };
    }
  }

  /** A page of messages, newest first. `messagesPageSteps` does the same in short steps. */
  messagesPage(request: MessagesPageRequest): MessagesPage {
    const steps = this.messagesPageSteps(request);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }

  messagesPageSteps(request: MessagesPageRequest): Generator<void, MessagesPage> {
    return this.#messages.page(request);
  }

  /** A message as it was received, null where it is no longer kept. */
  readMessage(position: number): string | null {
    return this.#messages.read(position);
  }

  listRuns(request: RunListRequest): RunList {
    return this.#runs.list(request);
  }

  readRun(run: RunId): Run | null {
    return this.#runs.read(run);
  }

  /** Runs that were not over when they were last saved, oldest first: active, or with something left of them. */
  runsNotOver(): Run[] {
    return this.#runs.notOver();
  }

  /** Which of these runs there are no rows of. */
  unknownRuns(runs: readonly RunId[]): RunId[] {
    return this.#runs.unknown(runs);
  }

  /** The newest run of every slot that ever had one. */
  latestRunPerSlot(): Run[] {
    return this.#runs.latestPerSlot();
  }

  /** The session of a run, null where there is no such run. */
  readSession(run: RunId): Session | null {
    return this.#sessions.read(run);
  }

  /** How far the relayed messages of a run are kept. */
  relayPosition(run: RunId): RelayPosition {
    return this.#relay.read(run);
  }

  /**
   * Deletes the oldest messages beyond `keep`, at most `step` of them; runs and their sessions stay. Returns how many
   * it deleted, so that the caller can come back while there are more.
   */
  trimMessages(keep: number, step = 2000): number {
    return this.#messages.trim(keep, step);
  }

  /** How many messages there are, and how many of them are beyond `keep`. */
  messagesBeyond(keep: number): { messages: number; beyond: number } {
    const messages = this.#messages.count();
    return { messages, beyond: Math.max(0, messages - keep) };
  }

  /** Moves what the write-ahead log holds into the file, and closes it. */
  close(): void {
    try {
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#connection.close();
    }
  }

  /** Closes a database that is damaged, without writing to it. */
  abandon(): void {
    this.#connection.close();
  }

  #wasWritten(batch: RecordBatch): boolean {
    const last = this.#connection.prepare('SELECT recorder, number FROM last_batch').get();
    return last?.['recorder'] === batch.recorder && Number(last['number']) >= batch.number;
  }

  #write(batch: RecordBatch): void {
    for (const run of batch.runs) this.#runs.save(run);
    for (const run of batch.over) this.#runs.end(run);
    for (const message of batch.messages) {
      this.#messages.add(message);
      if (message.run !== null && message.relayEnd !== null)
        this.#relay.setMessages(message.run, message.relayEnd);
    }
    this.files.takeFrom(batch.messages);
    for (const session of batch.sessions) {
      this.#sessions.save(session);
      if (session.relayEnd !== null) this.#relay.setSession(session.run, session.relayEnd);
    }
    for (const { at, actor, action, slot, run, detail } of batch.audit) {
      this.#addAudit.run(at, actor, action, slot, run, JSON.stringify(detail));
    }
    this.#setLastBatch.run(batch.recorder, batch.number);
  }
}

interface Connected {
  readonly connection: DatabaseSync;
  readonly isNew: boolean;
}

function connect(path: string, { busyTimeout = 5000 }: DatabaseOptions): Result<Connected, StoreFailure> {
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(path, { timeout: busyTimeout });
    const isNew = schemaVersion(connection) === 0;
    const migrated = migrate(connection, path);
    if (!migrated.ok) {
      connection.close();
      return migrated;
    }
    // NORMAL: a power cut may cost the last moments, a crash of the panel costs nothing, and the file stays whole.
    connection.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864',
    );
    const damage = damageOf(connection, path);
    if (damage === null) return success({ connection, isNew });
    connection.close();
    return { ok: false, error: damage };
  } catch (error) {
    if (connection?.isOpen === true) connection.close();
    return { ok: false, error: expectSqliteFailure(error, path) };
  }
}

function damageOf(connection: DatabaseSync, path: string): StoreFailure | null {
  if (statSync(path).size > checkedSize) return null;
  const verdict = connection.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict === 'ok') return null;
  return { code: 'store-corrupt', message: `The database ${path} is damaged (${String(verdict)}).` };
}

/** Renames the file, and what belongs to it, to a name that is free. Returns the name. */
function setAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const base = `${path}.corrupt-${stamp}`;
  let aside = base;
  for (let count = 2; existsSync(aside); count += 1) aside = `${base}-${count}`;
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(path + part)) renameSync(path + part, aside + part);
  }
  return aside;
}
