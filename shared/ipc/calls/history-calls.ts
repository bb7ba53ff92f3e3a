import { z } from 'zod';
import {
  historyChoicesSchema,
  longestNote,
  runFilterSchema,
  runMarkSchema,
  usualDurationSchema,
} from '../../domain/history';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { runSchema } from '../../domain/run';
import { sessionSchema } from '../../domain/session';
import { transportConfigSchema } from '../../config/crates';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** What a run's folder and records say of it, beyond the run itself. */
export const runDetailsSchema = z.object({
  /** What was started where the script ran; null where the run's folder does not say. */
  request: z
    .object({
      argv: z.array(z.string()),
      cwd: z.string().nullable(),
      /** What was added to the environment there. */
      env: z.record(z.string(), z.string()),
      transport: transportConfigSchema.nullable(),
    })
    .nullable(),
  folder: z.string(),
  /** Bytes of the folder on this machine; null where there is no folder any more. */
  folderBytes: z.number().nullable(),
  sessionKeys: z.number().int(),
  sessionMessages: z.number().int(),
  /** Published messages that are still kept. */
  messages: z.number().int(),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;

/** Past runs. */
export const historyCalls = {
  'history.list': {
    request: z.strictObject({
      slot: slotIdSchema.nullable(),
      filter: runFilterSchema.optional(),
      /** Only runs older than this one; null for the newest. */
      before: runIdSchema.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({
      runs: z.array(runSchema),
      /** How many runs the filter lets through, on all pages. */
      total: z.number().int(),
      /** Of those listed here, what was put down about them; the note is cut for the list. */
      marks: z.array(runMarkSchema),
    }),
  },
  'history.read': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ run: runSchema }),
  },
  /** What the filters can be set to. */
  'history.choices': { request: nothing, response: historyChoicesSchema },
  'history.details': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ details: runDetailsSchema, mark: runMarkSchema }),
  },
  'history.setNote': {
    request: z.strictObject({ run: runIdSchema, note: z.string().max(longestNote) }),
    response: nothing,
  },
  'history.setPinned': {
    request: z.strictObject({ run: runIdSchema, pinned: z.boolean() }),
    response: nothing,
  },
  /** How long a script usually takes on a slot; null where no successful run tells. */
  'history.usual': {
    request: z.strictObject({
      slot: slotIdSchema,
      script: z.string().max(4096),
      args: z.array(z.string().max(100_000)).max(10_000),
    }),
    response: z.object({ usual: usualDurationSchema.nullable() }),
  },
  /** The session of a run as it stands; it is not kept current, as `session.watch` does for one run. */
  'history.session': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ session: sessionSchema }),
  },
  /** Writes the runs that a filter lets through to a file that the operator chooses; `path` null: cancelled. */
  'history.saveList': {
    request: z.strictObject({ slot: slotIdSchema.nullable(), filter: runFilterSchema }),
    response: z.object({ path: z.string().nullable(), runs: z.number().int() }),
  },
} as const satisfies CallTable;
