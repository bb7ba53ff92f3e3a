import { z } from 'zod';
import { runIdSchema, slotIdSchema } from './ids';
import { logModeSchema, runOutcomeSchema, runStateWord, type RunStateWord } from './run';

/*
 * The queue: scripts that wait for their slots, and groups, which are one script on several slots. A group's members
 * are entries of the queue, so that one order and one set of rules holds for all that the panel starts by itself.
 */

/** One script that waits for, runs on, or ran on one slot. */
export const queueEntryIdSchema = z
  .string()
  .regex(/^entry-[a-z0-9-]{1,60}$/)
  .brand<'QueueEntryId'>();
export type QueueEntryId = z.infer<typeof queueEntryIdSchema>;

/** One script on several slots. */
export const groupIdSchema = z
  .string()
  .regex(/^group-[a-z0-9-]{1,60}$/)
  .brand<'GroupId'>();
export type GroupId = z.infer<typeof groupIdSchema>;

/** `blocked`: no crate has its slot any more. `removed` and `skipped` never ran. */
export const queueEntryStateSchema = z.enum(['waiting', 'running', 'done', 'skipped', 'removed', 'blocked']);
export type QueueEntryState = z.infer<typeof queueEntryStateSchema>;

/** An entry of the queue. Times are Unix milliseconds. */
export const queueEntrySchema = z.object({
  id: queueEntryIdSchema,
  slot: slotIdSchema,
  script: z.string(),
  args: z.array(z.string()),
  log: logModeSchema,
  task: z.string().nullable(),
  group: groupIdSchema.nullable(),
  addedAt: z.number(),
  /** Its place: entries run by it, lowest first. */
  order: z.number(),
  state: queueEntryStateSchema,
  /** Why it is in this state, where there is more to say: skipped, blocked, put back. */
  note: z.string().nullable(),
  /** Its run; set before the run begins. */
  run: runIdSchema.nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** How long the script ran, in milliseconds by the clock of the machine where it ran; null where that is not known. */
  duration: z.number().nullable(),
  outcome: runOutcomeSchema.nullable(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const groupModeSchema = z.enum(['concurrent', 'sequential']);
export type GroupMode = z.infer<typeof groupModeSchema>;

/** What becomes of a group's members that have not started when one does not succeed, an abort included. */
export const onFailureSchema = z.enum(['stop', 'go-on']);
export type OnFailure = z.infer<typeof onFailureSchema>;

/** A group: one script on several slots. Its members are the entries that name it, in their order. */
export const slotGroupSchema = z.object({
  id: groupIdSchema,
  /** As the operator chose it; each member holds what was found for its slot. */
  script: z.string(),
  /** With the placeholders `{slot}` and `{id}`. */
  args: z.array(z.string()),
  addedAt: z.number(),
  mode: groupModeSchema,
  /** Seconds between the end of one slot's run and what comes next, and after the last one. */
  settle: z.number(),
  onFailure: onFailureSchema,
  /** Started at once, past a queue that the operator had paused, rather than put in the queue. */
  isImmediate: z.boolean(),
  /** Held by a pause that came after its start. */
  isHeld: z.boolean(),
  /** Why the members that had not started were skipped; null where none were. */
  stopped: z.string().nullable(),
});
export type SlotGroup = z.infer<typeof slotGroupSchema>;

/** Why nothing is started, since when (Unix milliseconds). */
export const queuePauseSchema = z.object({ since: z.number(), reason: z.string() });
export type QueuePause = z.infer<typeof queuePauseSchema>;

/** What the queue does when an entry that is in no group does not succeed and others wait for its slot. */
export const afterFailureSchema = z.enum(['pause-slot', 'go-on']);
export type AfterFailure = z.infer<typeof afterFailureSchema>;

/** How a group's members stand. `failed` counts those that were lost or aborted too. */
export const groupSummarySchema = z.object({
  group: slotGroupSchema,
  total: z.number().int(),
  waiting: z.number().int(),
  running: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  /** Skipped, or removed by the operator. */
  skipped: z.number().int(),
  startedAt: z.number().nullable(),
  /** When the last member ended; null while one waits or runs. */
  endedAt: z.number().nullable(),
});
export type GroupSummary = z.infer<typeof groupSummarySchema>;

/** The queue at a glance, for every view; the entries themselves are asked for. */
export const queueStatusSchema = z.object({
  /** Another number when anything of the queue has changed. */
  revision: z.number().int(),
  /** Why the queue could not be read; null where it was. */
  fault: z.string().nullable(),
  paused: queuePauseSchema.nullable(),
  running: z.number().int(),
  blocked: z.number().int(),
  /** How many entries wait, by slot. */
  waiting: z.record(slotIdSchema, z.number().int()),
  pausedSlots: z.record(slotIdSchema, queuePauseSchema),
  /** Groups that are not over, newest first, up to a bound. */
  groups: z.array(groupSummarySchema),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/** The queue of a panel that never had one. */
export const emptyQueueStatus: QueueStatus = {
  revision: 0,
  fault: null,
  paused: null,
  running: 0,
  blocked: 0,
  waiting: {},
  pausedSlots: {},
  groups: [],
};

/** Whether an entry's state is its last. */
export function isFinal(entry: Pick<QueueEntry, 'state'>): boolean {
  return entry.state === 'done' || entry.state === 'skipped' || entry.state === 'removed';
}

/** The one word for an entry: how its run ended, where it did. */
export type QueueEntryWord = Exclude<QueueEntryState, 'done'> | Exclude<RunStateWord, 'running'>;

/** The one word for an entry. */
export function entryWord(entry: Pick<QueueEntry, 'state' | 'outcome'>): QueueEntryWord | 'running' {
  return entry.state === 'done' ? runStateWord({ phase: 'done', outcome: entry.outcome }) : entry.state;
}

/** Counts a group's members. */
export function summariseGroup(group: SlotGroup, members: readonly QueueEntry[]): GroupSummary {
  const count = (holds: (entry: QueueEntry) => boolean): number => members.filter(holds).length;
  const started = members.flatMap((entry) => entry.startedAt ?? []);
  const ended = members.flatMap((entry) => entry.endedAt ?? []);
  const succeeded = count((entry) => entryWord(entry) === 'succeeded');
  return {
    group,
    total: members.length,
    waiting: count((entry) => entry.state === 'waiting' || entry.state === 'blocked'),
    running: count((entry) => entry.state === 'running'),
    succeeded,
    failed: count((entry) => entry.state === 'done') - succeeded,
    skipped: count((entry) => entry.state === 'skipped' || entry.state === 'removed'),
    startedAt: started.length === 0 ? null : Math.min(...started),
    endedAt: members.every(isFinal) && ended.length > 0 ? Math.max(...ended) : null,
  };
}
