import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { messageRowSchema } from '../../domain/message';
import type { CallTable } from './call-table';

/** Published messages as they were kept. */
export const messagesCalls = {
  'messages.page': {
    request: z.strictObject({
      /** A slot's messages, or with null those that matched no slot. */
      slot: slotIdSchema.nullable(),
      run: runIdSchema.nullable(),
      /** Only messages of these types; empty for all. */
      msgtypes: z.array(z.string().max(200)).max(50),
      /** Only messages whose text contains this. */
      text: z.string().max(500),
      /** Only messages older than this position; null for the newest. */
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({ rows: z.array(messageRowSchema), msgtypes: z.array(z.string()) }),
  },
  /** One message as it was published. */
  'messages.read': {
    request: z.strictObject({ position: z.number().int() }),
    response: z.object({ text: z.string() }),
  },
} as const satisfies CallTable;
