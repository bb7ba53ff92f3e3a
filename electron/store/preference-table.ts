import type { DatabaseSync } from 'node:sqlite';
import { jsonSchema } from '../../shared/domain/session';
import type { Json } from '../../shared/json';

/** Questions and changes about what operators chose; null stands for nothing chosen. */
export interface PreferenceQuestions {
  readPreference: { request: { name: PreferenceName }; response: Json };
  writePreference: { request: { name: PreferenceName; value: Json }; response: null };
}

/** What is kept: the preferences as one object, and the lock of the controls. */
export type PreferenceName = 'panel' | 'lock';

/** What operators chose about this panel, as JSON under names. */
export class PreferenceTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Null where nothing was chosen, or where what is there is no JSON. */
  read(name: PreferenceName): Json {
    const row = this.#database.prepare('SELECT value FROM preferences WHERE name = ?').get(name);
    return row === undefined ? null : jsonOrNull(String(row['value']));
  }

  write(name: PreferenceName, value: Json): null {
    this.#database
      .prepare('INSERT OR REPLACE INTO preferences (name, value) VALUES (?, ?)')
      .run(name, JSON.stringify(value));
    return null;
  }
}

function jsonOrNull(text: string): Json {
  try {
    return jsonSchema.parse(JSON.parse(text));
  } catch {
    // Changed from outside: the same as nothing chosen.
    return null;
  }
}
