import { z } from 'zod';
import { runIdSchema } from '../../domain/ids';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** One export of a run, from its begin. */
export const exportIdSchema = z.number().int().min(1);

/** How far an export has come. */
export const exportProgressSchema = z.object({
  export: exportIdSchema,
  run: runIdSchema,
  state: z.enum(['writing', 'done', 'cancelled', 'failed']),
  /** The file that is written, as the operator chose it. */
  path: z.string(),
  /** What is being added now; empty before and after. */
  entry: z.string(),
  /** Bytes read of what goes into the archive, and how many there are as far as is known. */
  bytes: z.number(),
  totalBytes: z.number(),
  /** Size of the archive when it is done. */
  archiveBytes: z.number().nullable(),
  /** What could not be included, each in a sentence. */
  leftOut: z.array(z.string()),
  /** Whether the run was still active, so that the archive holds it up to the moment of the export. */
  unfinished: z.boolean(),
  /** Why it failed; null unless it did. */
  message: z.string().nullable(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

/** Runs as archives. */
export const exportCalls = {
  /** Asks where to save, and begins; null where the operator cancelled the dialog. */
  'export.start': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ export: exportIdSchema.nullable() }),
  },
  'export.progress': {
    request: z.strictObject({ export: exportIdSchema }),
    response: exportProgressSchema,
  },
  /** Stops an export and removes what it has written. */
  'export.cancel': { request: z.strictObject({ export: exportIdSchema }), response: nothing },
  /** Shows a finished archive in the system's file manager. */
  'export.show': { request: z.strictObject({ export: exportIdSchema }), response: nothing },
} as const satisfies CallTable;
