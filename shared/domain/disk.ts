import { z } from 'zod';

/** `low`: time to make room. `nearly-full`: logs, messages and plots will soon not be written any more. */
const diskLevelSchema = z.enum(['ample', 'low', 'nearly-full']);
type DiskLevel = z.infer<typeof diskLevelSchema>;

/** The disk that the home folder stands on, as it was measured last; never an older measure than the last try. */
export const diskStatusSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('measured'),
    level: diskLevelSchema,
    /** Bytes that the panel can still write. */
    free: z.number(),
    /** Bytes of the whole disk. */
    total: z.number(),
  }),
  /** Why it is not known, in a sentence. */
  z.object({ state: z.literal('unknown'), message: z.string() }),
]);
export type DiskStatus = z.infer<typeof diskStatusSchema>;

/** Before the first measure. */
export const diskNotMeasured: DiskStatus = { state: 'unknown', message: 'It has not been measured yet.' };

const gigabyte = 1e9;

/** What so many free bytes of a disk mean. A share of a large disk is much, so that it counts up to a bound. */
export function diskLevel(free: number, total: number): DiskLevel {
  if (free < bounded(0.01 * total, gigabyte, 10 * gigabyte)) return 'nearly-full';
  return free < bounded(0.05 * total, 5 * gigabyte, 50 * gigabyte) ? 'low' : 'ample';
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
