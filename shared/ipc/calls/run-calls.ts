import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { abortStageSchema, logModeSchema } from '../../domain/run';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** No path and no argument of a program can hold a NUL. */
export const withoutNul = z.string().regex(/^[^\0]*$/, 'must not hold a NUL character');

/** Starting and aborting runs. */
export const runCalls = {
  'run.start': {
    request: z.strictObject({
      slot: slotIdSchema,
      script: withoutNul.min(1).max(4096),
      args: z.array(withoutNul.max(100_000)).max(10_000),
      log: logModeSchema,
      task: z.string().nullable(),
    }),
    response: z.object({ run: runIdSchema }),
  },
  /** Starts an abort, or goes ahead to `stage`. On an ended run whose processes still live it ends those. */
  'run.abort': {
    request: z.strictObject({ run: runIdSchema, stage: abortStageSchema }),
    response: nothing,
  },
  /** Ends, for the panel, a run whose machine is out of reach: its slot becomes free, what becomes of it is not known. */
  'run.giveUp': {
    request: z.strictObject({ run: runIdSchema }),
    response: nothing,
  },
} as const satisfies CallTable;
