import type { SlotId } from '../../shared/domain/ids';
import type { GroupId, QueueEntry, QueueEntryId } from '../../shared/domain/queue';
import type { LogMode } from '../../shared/domain/run';

/** What an entry is to run. */
export interface EntryWish {
  readonly slot: SlotId;
  readonly script: string;
  readonly args: readonly string[];
  readonly log: LogMode;
  readonly task: string | null;
}

/** An entry that has not been placed in the queue yet. */
export function newEntry(
  id: QueueEntryId,
  wish: EntryWish,
  group: GroupId | null,
  addedAt: number,
): Omit<QueueEntry, 'order'> {
  return {
    ...wish,
    id,
    args: [...wish.args],
    group,
    addedAt,
    state: 'waiting',
    note: null,
    run: null,
    startedAt: null,
    endedAt: null,
    duration: null,
    outcome: null,
  };
}
