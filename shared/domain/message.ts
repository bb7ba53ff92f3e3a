import { z } from 'zod';
import { runIdSchema, slotIdSchema } from './ids';

/**
 * A published message as the Messages view lists it. `payload` is JSON text as it was published (NaN bare),
 * cut for the list; the whole message is fetched by its position.
 */
export const messageRowSchema = z.object({
  /** Position in the store: later is larger. */
  position: z.number().int(),
  /** When the panel received it, Unix milliseconds. */
  receivedAt: z.number(),
  /** When the publisher made it, Unix milliseconds; null where it did not say. */
  publishedAt: z.number().nullable(),
  publisherId: z.string(),
  slot: slotIdSchema.nullable(),
  run: runIdSchema.nullable(),
  msgtype: z.string(),
  seqNo: z.number().nullable(),
  payload: z.string(),
  /** Characters of the payload as published; more than `payload` holds where it was cut. */
  payloadLength: z.number().int(),
});
export type MessageRow = z.infer<typeof messageRowSchema>;

/** How many characters of a payload the list carries. */
export const payloadPreviewLength = 400;

/** A type among the messages of a slot, and how many of it are kept. */
export const messageTypeSchema = z.object({ msgtype: z.string(), count: z.number().int() });
export type MessageType = z.infer<typeof messageTypeSchema>;
