import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { z } from 'zod';
import type { SlotId } from '../../shared/domain/ids';
import {
  presetSchema,
  type Preset,
  type presetsCalls,
  type Remembered,
} from '../../shared/ipc/calls/presets-calls';

type Request<Name extends keyof typeof presetsCalls> = z.output<(typeof presetsCalls)[Name]['request']>;

/** Questions and changes about what is remembered of scripts; `exists` and `unknown` are refusals. */
export interface PresetQuestions {
  remembered: { request: { slot: SlotId }; response: Remembered };
  savePreset: { request: Request<'presets.save'> & { now: number }; response: 'saved' | 'exists' };
  renamePreset: { request: Request<'presets.rename'>; response: 'renamed' | 'exists' | 'unknown' };
  deletePreset: { request: Request<'presets.delete'>; response: 'deleted' | 'unknown' };
  setFavourite: { request: Request<'presets.favourite'>; response: null };
  rememberDraft: { request: Request<'presets.remember'> & { now: number }; response: null };
}

/** How many recent scripts are told, and of how many scripts per slot the last entries are kept. */
const recentScripts = 10;
const keptDrafts = 200;

/** Stands for all slots in a column that is part of a key; no slot id is empty. */
const allSlots = '';

/** Presets, favourite scripts, and what was entered last for each script of a slot. */
export class PresetTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** What is remembered of a slot's scripts. */
  remembered(slot: SlotId): Remembered {
    const all = (sql: string, ...values: (string | number)[]): Record<string, SQLOutputValue>[] =>
      this.#database.prepare(sql).all(...values);
    return {
      presets: all(
        'SELECT * FROM presets WHERE slot IN (?, ?) ORDER BY script, name, slot',
        slot,
        allSlots,
      ).map(presetOfRow),
      favourites: all('SELECT script FROM favourite_scripts WHERE slot = ? ORDER BY script', slot).map(
        scriptOf,
      ),
      recent: all(
        'SELECT script FROM runs WHERE slot = ? GROUP BY script ORDER BY max(requested_at) DESC LIMIT ?',
        slot,
        recentScripts,
      ).map(scriptOf),
      drafts: all('SELECT script, draft FROM script_drafts WHERE slot = ?', slot).map((row) => ({
        script: scriptOf(row),
        draft: String(row['draft']),
      })),
    };
  }

  /** Keeps a preset; one of the same name is replaced only where that was asked for. */
  save(preset: PresetQuestions['savePreset']['request']): 'saved' | 'exists' {
    const { slot, script, name, args, log, replace, now } = preset;
    const conflict = replace
      ? 'DO UPDATE SET args = excluded.args, log = excluded.log, saved_at = excluded.saved_at'
      : 'DO NOTHING';
    const { changes } = this.#database
      .prepare(
        `INSERT INTO presets (slot, script, name, args, log, saved_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (slot, script, name) ${conflict}`,
      )
      .run(slot ?? allSlots, script, name, JSON.stringify(args), JSON.stringify(log), now);
    return Number(changes) > 0 ? 'saved' : 'exists';
  }

  /** Gives a preset another name, unless one has it. */
  rename({ slot, script, name, to }: PresetQuestions['renamePreset']['request']) {
    const key = [slot ?? allSlots, script] as const;
    if (!this.#has(...key, name)) return 'unknown';
    if (name !== to && this.#has(...key, to)) return 'exists';
    this.#database
      .prepare('UPDATE presets SET name = ? WHERE slot = ? AND script = ? AND name = ?')
      .run(to, ...key, name);
    return 'renamed';
  }

  delete({ slot, script, name }: PresetQuestions['deletePreset']['request']): 'deleted' | 'unknown' {
    const { changes } = this.#database
      .prepare('DELETE FROM presets WHERE slot = ? AND script = ? AND name = ?')
      .run(slot ?? allSlots, script, name);
    return Number(changes) > 0 ? 'deleted' : 'unknown';
  }

  setFavourite({ slot, script, favourite }: PresetQuestions['setFavourite']['request']): null {
    const sql = favourite
      ? 'INSERT OR IGNORE INTO favourite_scripts (slot, script) VALUES (?, ?)'
      : 'DELETE FROM favourite_scripts WHERE slot = ? AND script = ?';
    this.#database.prepare(sql).run(slot, script);
    return null;
  }

  /** Keeps what was entered last for a script; of the slot's scripts the ones touched longest ago go. */
  rememberDraft({ slot, script, draft, now }: PresetQuestions['rememberDraft']['request']): null {
    this.#database
      .prepare(
        `INSERT INTO script_drafts (slot, script, draft, changed_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (slot, script) DO UPDATE SET draft = excluded.draft, changed_at = excluded.changed_at`,
      )
      .run(slot, script, draft, now);
    this.#database
      .prepare(
        `DELETE FROM script_drafts WHERE slot = $slot AND script NOT IN
           (SELECT script FROM script_drafts WHERE slot = $slot ORDER BY changed_at DESC LIMIT $kept)`,
      )
      .run({ slot, kept: keptDrafts });
    return null;
  }

  #has(slot: string, script: string, name: string): boolean {
    const row = this.#database
      .prepare('SELECT 1 FROM presets WHERE slot = ? AND script = ? AND name = ?')
      .get(slot, script, name);
    return row !== undefined;
  }
}

function presetOfRow(row: Record<string, SQLOutputValue>): Preset {
  return presetSchema.parse({
    slot: row['slot'] === allSlots ? null : row['slot'],
    script: row['script'],
    name: row['name'],
    args: jsonOf(row['args']),
    log: jsonOf(row['log']),
  });
}

function scriptOf(row: Record<string, SQLOutputValue>): string {
  return String(row['script']);
}

function jsonOf(value: SQLOutputValue | undefined): unknown {
  return JSON.parse(String(value));
}
