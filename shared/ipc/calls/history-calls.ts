import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { runSchema } from '../../domain/run';
import type { CallTable } from './call-table';

/** Past runs. */
export const historyCalls = {
  'history.list': {
    request: z.strictObject({
      slot: slotIdSchema.nullable(),
      /** Only runs older than this one; null for the newest. */
      before: runIdSchema.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({ runs: z.array(runSchema), total: z.number().int() }),
  },
  'history.read': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ run: runSchema }),
  },
} as const satisfies CallTable;
