import { z } from 'zod';

/**
 * The `id` of a published message (`SMURFPUB_ID`, for example `crate1slot2` or `STREAMER:crate1slot2`).
 * It is what a publisher says of itself, which may match no slot.
 */
export const publisherIdSchema = z.string().min(1).max(200).brand<'PublisherId'>();
export type PublisherId = z.infer<typeof publisherIdSchema>;

/** A configured slot, named by its publisher id. Unique within one panel. */
export const slotIdSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'use letters, digits, and . _ : - only')
  .brand<'SlotId'>();
export type SlotId = z.infer<typeof slotIdSchema>;

/** One execution of a script. Sorts by time, and is safe as a folder's name. */
export const runIdSchema = z
  .string()
  .regex(/^\d{8}-\d{6}-[a-z0-9]{6}$/)
  .brand<'RunId'>();
export type RunId = z.infer<typeof runIdSchema>;

/** Builds the run id for a start time (Unix milliseconds, written as UTC) and six random characters [a-z0-9]. */
export function makeRunId(startedAt: number, random: string): RunId {
  const digits = new Date(startedAt).toISOString().replace(/[-:]/g, '');
  return runIdSchema.parse(`${digits.slice(0, 8)}-${digits.slice(9, 15)}-${random}`);
}
