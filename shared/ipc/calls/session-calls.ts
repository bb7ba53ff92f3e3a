import { z } from 'zod';
import { runIdSchema } from '../../domain/ids';
import { sessionSchema } from '../../domain/session';
import type { CallTable } from './call-table';

/** The session data of a run. */
export const sessionCalls = {
  /**
   * The session of a run, with the version it stands at; from then on batches carry what it gains. With null that ends,
   * and the answer is null.
   */
  'session.watch': {
    request: z.strictObject({ run: runIdSchema.nullable() }),
    response: z.object({ version: z.number().int(), session: sessionSchema }).nullable(),
  },
  /** Asks where to, and writes the session's data there as JSON that Python reads; null where it was cancelled. */
  'session.save': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ path: z.string().nullable() }),
  },
} as const satisfies CallTable;
