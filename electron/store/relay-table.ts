import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunId } from '../../shared/domain/ids';
import type { RelayPosition } from './records';

/** How far the relayed messages of each run are kept. Written with the messages and the session they stand for. */
export class RelayTable {
  readonly #setMessages: StatementSync;
  readonly #setSession: StatementSync;
  readonly #read: StatementSync;

  constructor(database: DatabaseSync) {
    const upsert = (column: 'messages' | 'session', values: string): StatementSync =>
      database.prepare(
        `INSERT INTO relay_positions (run, messages, session) VALUES ${values}
         ON CONFLICT (run) DO UPDATE SET ${column} = excluded.${column}`,
      );
    this.#setMessages = upsert('messages', '(?, ?, 0)');
    this.#setSession = upsert('session', '(?, 0, ?)');
    this.#read = database.prepare('SELECT messages, session FROM relay_positions WHERE run = ?');
  }

  setMessages(run: RunId, position: number): void {
    this.#setMessages.run(run, position);
  }

  setSession(run: RunId, position: number): void {
    this.#setSession.run(run, position);
  }

  /** Both at the file's beginning for a run that nothing was relayed of. */
  read(run: RunId): RelayPosition {
    const row = this.#read.get(run);
    return { messages: Number(row?.['messages'] ?? 0), session: Number(row?.['session'] ?? 0) };
  }
}
