import { z } from 'zod';

/** A register's newest value as the table lists it. Times are Unix milliseconds. */
export const registerRowSchema = z.object({
  path: z.string(),
  /** The value in one line, as JSON with NaN and ±Infinity bare; cut where it is long. */
  preview: z.string(),
  /** The type that the server named (Python's), for example `float`, or `ndarray` for a list. */
  type: z.string(),
  /** Whether the value can stand on a chart: a number, true or false. */
  isNumber: z.boolean(),
  /** When it was received last. */
  receivedAt: z.number(),
  /** When the value was received that it still has. */
  changedAt: z.number(),
  /** How many times it was received. */
  updates: z.number(),
});
export type RegisterRow = z.infer<typeof registerRowSchema>;

/** What a slot's registers could not hold. */
export const registerFaultsSchema = z.object({
  /** Messages about registers beyond the most that a slot keeps. */
  refused: z.number().int(),
  /** Metadata messages without a readable path and value. */
  unreadable: z.number().int(),
  /** The most registers that one slot keeps. */
  limit: z.number().int(),
});
export type RegisterFaults = z.infer<typeof registerFaultsSchema>;
