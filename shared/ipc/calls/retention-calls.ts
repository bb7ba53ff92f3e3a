import { z } from 'zod';
import { runRetentionSchema } from '../../domain/history';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** What a retention would remove, counted and measured. Nothing is removed by asking. */
export const retentionPreviewSchema = z.object({
  /** Runs that would go, and how many there are. */
  runs: z.number().int(),
  ofRuns: z.number().int(),
  /** Those of them whose folder is still on this machine, and the bytes in these. */
  folders: z.number().int(),
  bytes: z.number(),
  /** When the oldest run that stays was asked for, Unix milliseconds; null where none stays. */
  oldestKept: z.number().nullable(),
  /** Runs beyond a limit that stay: active, or with processes alive; newest of their slot; with a note or a pin. */
  keptAlive: z.number().int(),
  keptNewest: z.number().int(),
  keptMarked: z.number().int(),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

/** What a pass removed. */
export const retentionPassSchema = z.object({
  /** When it ended, Unix milliseconds. */
  at: z.number(),
  runs: z.number().int(),
  bytes: z.number(),
  /** Runs whose folder in a container or on another machine stayed there: out of reach, or not to be removed. */
  leftElsewhere: z.number().int(),
  /** What could not be removed, in a sentence; null where all went well. */
  problem: z.string().nullable(),
});
export type RetentionPass = z.infer<typeof retentionPassSchema>;

/** Which runs are kept, and what would go. */
export const retentionCalls = {
  'retention.preview': {
    request: z.strictObject({ keep: runRetentionSchema.strict() }),
    response: retentionPreviewSchema,
  },
  /** The last pass that removed something or failed; null where there was none since the start. */
  'retention.last': { request: nothing, response: z.object({ pass: retentionPassSchema.nullable() }) },
  /** Removes now what is beyond the limits in force, which otherwise happens within the hour. */
  'retention.apply': { request: nothing, response: retentionPassSchema },
} as const satisfies CallTable;
