import type { DatabaseSync } from 'node:sqlite';

/** Does something in one transaction: all of it or nothing. Throws what it throws, after rolling back. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
