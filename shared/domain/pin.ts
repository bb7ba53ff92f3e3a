import { z } from 'zod';
import { watchedValueSchema } from './watched-value';

/** How long the history of a pinned value is kept, milliseconds. */
export const pinHistory = 3_600_000;

/** The most values that can be pinned in one panel. */
export const mostPins = 60;

/** A value whose history is kept for charts. Times are Unix milliseconds. */
export const pinSchema = z.object({
  id: z.number().int(),
  watched: watchedValueSchema,
  /** Pins of one chart are drawn together; a chart is named by the pin that it began with. */
  chart: z.number().int(),
  pinnedAt: z.number(),
  /** The newest value in one line, null where none was received yet. */
  latest: z.string().nullable(),
  latestAt: z.number().nullable(),
});
export type Pin = z.infer<typeof pinSchema>;

/** Numbers with NaN among them, which JSON schemas refuse; checked by what they are. */
const numbersSchema = z.custom<Float64Array>((value) => value instanceof Float64Array);

/** A pin's history: for each time the least and the greatest value received around then. NaN where it was none. */
export const pinSeriesSchema = z.object({
  pin: z.number().int(),
  at: numbersSchema,
  least: numbersSchema,
  greatest: numbersSchema,
});
export type PinSeries = z.infer<typeof pinSeriesSchema>;
