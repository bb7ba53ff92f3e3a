import { z } from 'zod';

/** A progress bar that a script draws with tqdm, as its newest state says. */
export const barProgressSchema = z.object({
  /** What stands before the bar; empty where nothing does. */
  description: z.string(),
  /** 0 to 100; null where the script does not know how much there is to do. */
  percent: z.number().nullable(),
  /** How much is done, and of how much, as the script counts: `37`, `1.2k`. */
  done: z.string(),
  total: z.string().nullable(),
  /** Time so far and time that is left, as the script says them: `00:12`; null where it does not know. */
  elapsed: z.string(),
  remaining: z.string().nullable(),
  rate: z.string().nullable(),
});
export type BarProgress = z.infer<typeof barProgressSchema>;
