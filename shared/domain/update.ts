import { z } from 'zod';

/** Where the panel stands with a newer version of itself. Times are Unix milliseconds. */
export const updateStateSchema = z.discriminatedUnion('state', [
  /** No feed is configured, or this panel was not installed from a package that can be replaced: `message` says which. */
  z.object({ state: z.literal('off'), message: z.string() }),
  z.object({ state: z.literal('idle') }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('newest'), checkedAt: z.number() }),
  z.object({ state: z.literal('available'), version: z.string(), notes: z.string() }),
  z.object({ state: z.literal('downloading'), version: z.string(), percent: z.number() }),
  /** Downloaded, and what arrived is what the feed says. */
  z.object({
    state: z.literal('ready'),
    version: z.string(),
    /** Whether the system asks for the administrator's password, during which the panel stands still. */
    asksPassword: z.boolean(),
  }),
  z.object({ state: z.literal('failed'), message: z.string() }),
]);
export type UpdateState = z.infer<typeof updateStateSchema>;
