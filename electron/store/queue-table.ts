import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { slotIdSchema } from '../../shared/domain/ids';
import {
  afterFailureSchema,
  queueEntrySchema,
  queuePauseSchema,
  slotGroupSchema,
  summariseGroup,
  type GroupId,
  type GroupSummary,
  type QueueEntry,
  type QueueEntryId,
  type SlotGroup,
} from '../../shared/domain/queue';

/** What of the queue is neither an entry nor a group. */
const queueSettingsSchema = z.object({
  paused: queuePauseSchema.nullable(),
  pausedSlots: z.array(z.tuple([slotIdSchema, queuePauseSchema])),
  afterFailure: afterFailureSchema,
});
export type QueueSettings = z.infer<typeof queueSettingsSchema>;

/** The queue as it is kept; `settings` is null where none were ever kept. */
export interface StoredQueue {
  /** In their order. */
  readonly entries: QueueEntry[];
  readonly groups: SlotGroup[];
  readonly settings: QueueSettings | null;
}

/** What of the queue has changed. */
export interface QueueSaving {
  readonly entries: readonly QueueEntry[];
  /** Entries that are off the page. Those of a group are kept for as long as that is, the others are not. */
  readonly cleared: readonly QueueEntryId[];
  readonly groups: readonly SlotGroup[];
  readonly settings: QueueSettings | null;
}

export interface GroupListRequest {
  readonly before: GroupId | null;
  readonly limit: number;
}

export interface GroupList {
  readonly groups: GroupSummary[];
  readonly total: number;
}

export interface GroupWithMembers {
  readonly group: SlotGroup;
  readonly members: QueueEntry[];
}

/** Groups that are kept, the newest; one with members on the page stays beyond that. */
const mostGroups = 500;

/** The tables of the queue and of the groups. */
export class QueueTable {
  readonly #database: DatabaseSync;
  readonly #groupLimit: number;
  readonly #saveEntry: StatementSync;
  readonly #dropEntry: StatementSync;
  readonly #clearEntry: StatementSync;
  readonly #saveGroup: StatementSync;
  readonly #saveSettings: StatementSync;
  readonly #readGroup: StatementSync;
  readonly #readMembers: StatementSync;

  constructor(database: DatabaseSync, groupLimit = mostGroups) {
    this.#database = database;
    this.#groupLimit = groupLimit;
    this.#saveEntry = database.prepare(
      `INSERT INTO queue_entries (id, slot_group, place, cleared, entry) VALUES (?, ?, ?, 0, ?)
       ON CONFLICT (id) DO UPDATE SET place = excluded.place, entry = excluded.entry`,
    );
    this.#dropEntry = database.prepare('DELETE FROM queue_entries WHERE id = ? AND slot_group IS NULL');
    this.#clearEntry = database.prepare('UPDATE queue_entries SET cleared = 1 WHERE id = ?');
    this.#saveGroup = database.prepare(
      `INSERT INTO slot_groups (id, added_at, slot_group) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET slot_group = excluded.slot_group`,
    );
    this.#saveSettings = database.prepare(
      'INSERT OR REPLACE INTO queue_settings (one, settings) VALUES (1, ?)',
    );
    this.#readGroup = database.prepare('SELECT slot_group FROM slot_groups WHERE id = ?');
    this.#readMembers = database.prepare(
      'SELECT entry FROM queue_entries WHERE slot_group = ? ORDER BY place, id',
    );
  }

  /** Writes what changed, all of it or nothing. */
  save({ entries, cleared, groups, settings }: QueueSaving): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const entry of entries) {
        this.#saveEntry.run(entry.id, entry.group, entry.order, JSON.stringify(entry));
      }
      for (const id of cleared) {
        this.#dropEntry.run(id);
        this.#clearEntry.run(id);
      }
      for (const group of groups) this.#saveGroup.run(group.id, group.addedAt, JSON.stringify(group));
      if (groups.length > 0 || cleared.length > 0) this.#dropOldGroups();
      if (settings !== null) this.#saveSettings.run(JSON.stringify(settings));
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** What is on the page: entries that were not cleared, and the groups that they name. */
  load(): StoredQueue {
    const entries = this.#database
      .prepare('SELECT entry FROM queue_entries WHERE cleared = 0 ORDER BY place, id')
      .all()
      .map(({ entry }) => readEntry(entry));
    const named = new Set(entries.flatMap((entry) => entry.group ?? []));
    const groups = [...named].flatMap((id) => this.#group(id) ?? []);
    const kept = this.#database.prepare('SELECT settings FROM queue_settings').get();
    return {
      entries,
      groups,
      settings: kept === undefined ? null : queueSettingsSchema.parse(jsonOf(kept['settings'])),
    };
  }

  /** Up to `limit` groups older than `before`, newest first. */
  listGroups({ before, limit }: GroupListRequest): GroupList {
    const older =
      before === null
        ? ''
        : 'WHERE (added_at, id) < (SELECT added_at, id FROM slot_groups WHERE id = $before)';
    const rows = this.#database
      .prepare(`SELECT slot_group FROM slot_groups ${older} ORDER BY added_at DESC, id DESC LIMIT $limit`)
      .all({ limit, ...(before === null ? {} : { before }) });
    const total = this.#database.prepare('SELECT count(*) AS groups FROM slot_groups').get();
    const groups = rows.map(({ slot_group: text }) => slotGroupSchema.parse(jsonOf(text)));
    return {
      groups: groups.map((group) => summariseGroup(group, this.#members(group.id))),
      total: Number(total?.['groups']),
    };
  }

  /** A group with its members in their order; null where there is none. */
  readGroup(id: GroupId): GroupWithMembers | null {
    const group = this.#group(id);
    return group === null ? null : { group, members: this.#members(id) };
  }

  /** Removes groups beyond the newest, with their members, where all of those are off the page. */
  #dropOldGroups(): void {
    const old = this.#database
      .prepare(
        `SELECT id FROM slot_groups WHERE id IN
           (SELECT id FROM slot_groups ORDER BY added_at DESC, id DESC LIMIT -1 OFFSET ?)
         AND NOT EXISTS (SELECT 1 FROM queue_entries WHERE slot_group = slot_groups.id AND cleared = 0)`,
      )
      .all(this.#groupLimit);
    for (const { id } of old) {
      this.#database.prepare('DELETE FROM queue_entries WHERE slot_group = ?').run(id ?? null);
      this.#database.prepare('DELETE FROM slot_groups WHERE id = ?').run(id ?? null);
    }
  }

  #group(id: GroupId): SlotGroup | null {
    const row = this.#readGroup.get(id);
    return row === undefined ? null : slotGroupSchema.parse(jsonOf(row['slot_group']));
  }

  #members(id: GroupId): QueueEntry[] {
    return this.#readMembers.all(id).map(({ entry }) => readEntry(entry));
  }
}

function readEntry(text: SQLOutputValue | undefined): QueueEntry {
  return queueEntrySchema.parse(jsonOf(text));
}

function jsonOf(value: SQLOutputValue | undefined): unknown {
  return JSON.parse(String(value));
}
