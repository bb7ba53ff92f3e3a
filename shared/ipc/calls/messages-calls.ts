import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../../domain/ids';
import { messageRowSchema, messageTypeSchema } from '../../domain/message';
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
      /** Only messages whose publisher id contains this. */
      publisher: z.string().max(200),
      /** Only messages older than this position; null for the newest. */
      before: z.number().int().nullable(),
      /** Where `before` is null: only messages received before this, Unix milliseconds; null for the newest. */
      until: z.number().nullable(),
      /** Only messages newer than this position; null for all. */
      after: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({
      /** Newest first; fewer than `limit` where the search has to go on, or is through. */
      rows: z.array(messageRowSchema),
      /** What to ask for as `before` to go on; null where no message that was asked for is older. */
      next: z.number().int().nullable(),
      /** When the message at `next` was received, Unix milliseconds. */
      reachedAt: z.number().nullable(),
      /** The newest position there was, whether it fits or not; 0 where there was none. What comes later is larger. */
      newest: z.number().int(),
      types: z.array(messageTypeSchema),
    }),
  },
  /** One message as it was published. */
  'messages.read': {
    request: z.strictObject({ position: z.number().int() }),
    response: z.object({ text: z.string() }),
  },
} as const satisfies CallTable;
