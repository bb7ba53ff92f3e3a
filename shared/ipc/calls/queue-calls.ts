import { z } from 'zod';
import { slotIdSchema } from '../../domain/ids';
import {
  afterFailureSchema,
  queueEntryIdSchema,
  queueEntrySchema,
  queuePauseSchema,
  slotGroupSchema,
} from '../../domain/queue';
import { logModeSchema } from '../../domain/run';
import type { CallTable } from './call-table';
import { nothing } from './nothing';
import { withoutNul } from './run-calls';

/** An entry as the Queue page lists it; `waitsFor` says what keeps a waiting one, null where it is about to start. */
export const shownEntrySchema = queueEntrySchema.extend({ waitsFor: z.string().nullable() });
export type ShownEntry = z.infer<typeof shownEntrySchema>;

/** What the queue holds: all that waits or runs, and what ended last. */
export const queueViewSchema = z.object({
  revision: z.number().int(),
  /** Why the queue could not be read; null where it was. */
  fault: z.string().nullable(),
  paused: queuePauseSchema.nullable(),
  pausedSlots: z.record(slotIdSchema, queuePauseSchema),
  afterFailure: afterFailureSchema,
  entries: z.array(shownEntrySchema),
  groups: z.array(slotGroupSchema),
});
export type QueueView = z.infer<typeof queueViewSchema>;

/** The arguments of an entry. The bounds keep a queue small enough to be shown and kept as a whole. */
export const queuedArgs = z
  .array(withoutNul.max(20_000))
  .max(1000)
  .refine(
    (args) => args.reduce((sum, argument) => sum + argument.length, 0) <= 50_000,
    'are longer than 50,000 characters',
  );

const oneEntry = z.strictObject({ entry: queueEntryIdSchema });
/** The whole queue, or one slot of it. */
const slotOrAll = z.strictObject({ slot: slotIdSchema.nullable() });

/** The queue. A change is on disk when it is answered. */
export const queueCalls = {
  'queue.read': { request: nothing, response: queueViewSchema },
  'queue.add': {
    request: z.strictObject({
      slot: slotIdSchema,
      script: withoutNul.min(1).max(4096),
      args: queuedArgs,
      log: logModeSchema,
      task: z.string().nullable(),
    }),
    response: z.object({ entry: queueEntryIdSchema }),
  },
  /** Places a waiting entry before another one, or with null after all. */
  'queue.move': {
    request: z.strictObject({ entry: queueEntryIdSchema, before: queueEntryIdSchema.nullable() }),
    response: nothing,
  },
  /** Changes the arguments of an entry that waits. */
  'queue.edit': {
    request: z.strictObject({ entry: queueEntryIdSchema, args: queuedArgs }),
    response: nothing,
  },
  'queue.skip': { request: oneEntry, response: nothing },
  'queue.remove': { request: oneEntry, response: nothing },
  'queue.pause': { request: slotOrAll, response: nothing },
  'queue.resume': { request: slotOrAll, response: nothing },
  'queue.setAfterFailure': {
    request: z.strictObject({ afterFailure: afterFailureSchema }),
    response: nothing,
  },
  /** Takes what has ended off the page. Runs stay in the history, groups in their list. */
  'queue.clearFinished': { request: nothing, response: nothing },
} as const satisfies CallTable;
