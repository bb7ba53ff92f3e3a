import { z } from 'zod';
import { runIdSchema } from '../../domain/ids';
import type { CallTable } from './call-table';

/** A line of a log, decoded. `stream` is 1 for stdout and 2 for stderr; `time` Unix milliseconds, null if unknown. */
export const logLineSchema = z.object({
  /** Position in the log from 0. */
  index: z.number().int(),
  text: z.string(),
  stream: z.union([z.literal(1), z.literal(2)]),
  time: z.number().nullable(),
  /** Bytes of the line that `text` leaves out because the line is very long. */
  omitted: z.number().int(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A window of a log. `total` is the number of lines when it was read. */
export const logWindowSchema = z.object({ total: z.number().int(), lines: z.array(logLineSchema) });
export type LogWindow = z.infer<typeof logWindowSchema>;

/** The most lines that one call may ask for. */
export const logWindowLimit = 500;

/** The lines of a run’s log. */
export const logCalls = {
  'log.window': {
    request: z.strictObject({
      run: runIdSchema,
      first: z.number().int().min(0),
      count: z.number().int().min(0).max(logWindowLimit),
    }),
    response: logWindowSchema,
  },
} as const satisfies CallTable;
