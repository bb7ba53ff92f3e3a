import { z } from 'zod';
import { slotIdSchema } from '../../domain/ids';
import {
  groupIdSchema,
  groupModeSchema,
  groupSummarySchema,
  onFailureSchema,
  queueEntrySchema,
} from '../../domain/queue';
import { abortStageSchema, logModeSchema } from '../../domain/run';
import type { CallTable } from './call-table';
import { nothing } from './nothing';
import { queuedArgs } from './queue-calls';
import { withoutNul } from './run-calls';

/** The most slots that one group may have. */
export const mostGroupSlots = 500;

/** The most groups that one answer lists. */
export const mostGroupsListed = 200;

const script = withoutNul.min(1).max(4096);
const slots = z
  .array(slotIdSchema)
  .min(1)
  .max(mostGroupSlots)
  .refine((ids) => new Set(ids).size === ids.length, 'name a slot twice');

/**
 * What stands against starting on a slot, in a sentence. `busy` and `paused` end by themselves or by the operator's
 * hand, so that a member may wait for them; a `fault` does not.
 */
export const memberObstacleSchema = z.object({
  kind: z.enum(['busy', 'paused', 'fault']),
  message: z.string(),
});
export type MemberObstacle = z.infer<typeof memberObstacleSchema>;

/** A slot of a group that has not started: what would be run, and what stands against it. */
export const memberCheckSchema = z.object({
  slot: slotIdSchema,
  /** The script found for this slot; null where none was. */
  script: z.string().nullable(),
  obstacle: memberObstacleSchema.nullable(),
});
export type MemberCheck = z.infer<typeof memberCheckSchema>;

/** One script on several slots. */
export const groupCalls = {
  'group.check': {
    request: z.strictObject({ slots, script, args: queuedArgs }),
    response: z.object({ members: z.array(memberCheckSchema) }),
  },
  /** Refused where the script is missing on a slot, and with `whenBusy: refuse` where a slot is busy. */
  'group.start': {
    request: z.strictObject({
      /** In the order in which they run. */
      slots,
      script,
      args: queuedArgs,
      log: logModeSchema,
      task: z.string().nullable(),
      mode: groupModeSchema,
      settle: z.number().min(0).max(86_400),
      onFailure: onFailureSchema,
      whenBusy: z.enum(['refuse', 'wait']),
      isImmediate: z.boolean(),
    }),
    response: z.object({ group: groupIdSchema }),
  },
  /** Skips what has not started and aborts what runs, or goes ahead to a stage of the abort. */
  'group.abort': {
    request: z.strictObject({ group: groupIdSchema, stage: abortStageSchema }),
    response: nothing,
  },
  'group.list': {
    request: z.strictObject({
      /** Only groups older than this one; null for the newest. */
      before: groupIdSchema.nullable(),
      limit: z.number().int().min(1).max(mostGroupsListed),
    }),
    response: z.object({ groups: z.array(groupSummarySchema), total: z.number().int() }),
  },
  'group.read': {
    request: z.strictObject({ group: groupIdSchema }),
    response: z.object({ summary: groupSummarySchema, members: z.array(queueEntrySchema) }),
  },
} as const satisfies CallTable;
