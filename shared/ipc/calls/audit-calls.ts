import { z } from 'zod';
import { auditChoicesSchema, auditEntrySchema, auditFilterSchema } from '../../domain/audit';
import type { CallTable } from './call-table';
import { nothing } from './nothing';

/** Who did what, and when. */
export const auditCalls = {
  'audit.list': {
    request: z.strictObject({
      filter: auditFilterSchema,
      /** Only entries older than the one at this position; null for the newest. */
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({
      entries: z.array(auditEntrySchema),
      /** How many entries the filter lets through, on all pages. */
      total: z.number().int(),
    }),
  },
  /** What the filters can be set to. */
  'audit.choices': { request: nothing, response: auditChoicesSchema },
  /** Writes the entries that a filter lets through to a file that the operator chooses; `path` null: cancelled. */
  'audit.save': {
    request: z.strictObject({ filter: auditFilterSchema }),
    response: z.object({ path: z.string().nullable(), entries: z.number().int() }),
  },
} as const satisfies CallTable;
