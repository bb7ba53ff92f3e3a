import { z } from 'zod';
import { slotIdSchema } from '../../domain/ids';
import { registerFaultsSchema, registerRowSchema } from '../../domain/register';
import { registerPathSchema } from '../../domain/watched-value';
import type { CallTable } from './call-table';

/** The newest values of registers, as servers publish them in `metadata` messages. */
export const metadataCalls = {
  /**
   * Registers that were received since a version, in the order in which they were; with version 0 all of them, a piece at
   * a time. The answer's version is what to ask with next, at once where there is `more`.
   */
  'metadata.changes': {
    request: z.strictObject({
      slot: slotIdSchema,
      since: z.number().int().min(0),
      limit: z.number().int().min(1).max(2000),
    }),
    response: z.object({
      version: z.number().int(),
      more: z.boolean(),
      rows: z.array(registerRowSchema),
      /** How many registers the slot has. */
      total: z.number().int(),
      faults: registerFaultsSchema,
    }),
  },
  /** One register's whole value, as JSON with NaN and ±Infinity bare. */
  'metadata.read': {
    request: z.strictObject({ slot: slotIdSchema, path: registerPathSchema }),
    response: z.object({ text: z.string(), row: registerRowSchema }),
  },
} as const satisfies CallTable;
