import { z } from 'zod';
import { runIdSchema } from '../../domain/ids';
import { logFindStatusSchema, logLookSchema, logMarksSchema, logMatchSchema } from '../../domain/log-find';
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
  /** SGR sequence of the style that earlier lines left open; absent for the plain style. */
  style: z.string().optional(),
  /** Position in the whole log, where `index` is one among the lines that a filter lets show. */
  line: z.number().int().optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A window of a log. `total` is the number of lines when it was read. */
export const logWindowSchema = z.object({ total: z.number().int(), lines: z.array(logLineSchema) });
export type LogWindow = z.infer<typeof logWindowSchema>;

/** The most lines that one call may ask for. */
export const logWindowLimit = 500;

/** A part of a line as it stands in the log, and what the line is. `bytes` counts the whole line with its end. */
export const logLineDetailSchema = z.object({
  line: z.number().int(),
  stream: z.union([z.literal(1), z.literal(2)]),
  time: z.number().nullable(),
  bytes: z.number().int(),
  part: z.number().int(),
  parts: z.number().int(),
  text: z.string(),
});
export type LogLineDetail = z.infer<typeof logLineDetailSchema>;

const place = z.number().int().min(0);
const rows = z.strictObject({
  run: runIdSchema,
  first: place,
  count: z.number().int().min(0).max(logWindowLimit),
});

/** Lines by their places, the last one included: of the whole log, or of the rows that show. */
export const logRangeSchema = z.strictObject({ first: place, last: place, of: z.enum(['log', 'rows']) });
export type LogRange = z.infer<typeof logRangeSchema>;

/** The lines of a run’s log, what is found in them, and ways to take them elsewhere. */
export const logCalls = {
  'log.window': { request: rows, response: logWindowSchema },
  /** Sets how the log is looked at, and answers what is known so far: asked again until that is complete. */
  'log.find': {
    request: z.strictObject({ run: runIdSchema, look: logLookSchema }),
    response: logFindStatusSchema,
  },
  /** Lines that show as the log is looked at. */
  'log.rows': { request: rows, response: logWindowSchema },
  'log.marks': { request: rows, response: z.array(logMarksSchema) },
  /** From match to match. `inLine` is the match of `line` to start from: -1 before its first, null after its last. */
  'log.step': {
    request: z.strictObject({
      run: runIdSchema,
      line: place,
      inLine: z.number().int().min(-1).nullable(),
      forward: z.boolean(),
    }),
    response: logMatchSchema.nullable(),
  },
  /** The row at which a line shows, or else the next one that does. */
  'log.row': { request: z.strictObject({ run: runIdSchema, line: place }), response: z.number().int() },
  'log.line': {
    request: z.strictObject({ run: runIdSchema, line: place, part: place }),
    response: logLineDetailSchema,
  },
  'log.copy': {
    request: z.strictObject({ run: runIdSchema, range: logRangeSchema }),
    response: z.string(),
  },
  /** Asks where to save lines (null: the whole log), byte for byte or as shown; null where that was cancelled. */
  'log.save': {
    request: z.strictObject({
      run: runIdSchema,
      range: logRangeSchema.nullable(),
      form: z.enum(['raw', 'shown']),
    }),
    response: z.object({ path: z.string(), bytes: z.number() }).nullable(),
  },
  /** Nobody looks at this log any more. */
  'log.endFind': { request: z.strictObject({ run: runIdSchema }), response: z.null() },
} as const satisfies CallTable;
