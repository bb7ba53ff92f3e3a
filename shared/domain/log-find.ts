import { z } from 'zod';

/** The longest text that can be looked for in a log. */
export const logQueryLimit = 2000;

/** What to look for in the lines of a log. */
export const logQuerySchema = z.strictObject({
  text: z.string().min(1).max(logQueryLimit),
  /** `text` is an ECMAScript regular expression; a match never goes over the end of a line. */
  regex: z.boolean(),
  matchCase: z.boolean(),
});
export type LogQuery = z.infer<typeof logQuerySchema>;

/** Levels of Python's logging, the worst last; a filter shows lines of its level and of worse ones. */
export const logLevelSchema = z.enum(['debug', 'info', 'warning', 'error']);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** Which lines of a log to show. */
export const logFilterSchema = z.strictObject({
  stderrOnly: z.boolean(),
  level: logLevelSchema.nullable(),
  /** Only lines in which the query is found, where there is one. */
  matchesOnly: z.boolean(),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

/** How a log is looked at: what is looked for, and which lines show. */
export const logLookSchema = z.strictObject({ query: logQuerySchema.nullable(), filter: logFilterSchema });
export type LogLook = z.infer<typeof logLookSchema>;

/** Shows every line. */
export const wholeLog: LogFilter = { stderrOnly: false, level: null, matchesOnly: false };

/** Whether lines are left out, so that what shows has positions of its own. */
export function leavesLinesOut({ query, filter }: LogLook): boolean {
  return filter.stderrOnly || filter.level !== null || (filter.matchesOnly && query !== null);
}

/** What is known so far of a log under a view. */
export const logFindStatusSchema = z.object({
  /** Another number for every other view of the log: an answer that carries an older one is out of date. */
  id: z.number().int(),
  /** Lines that show so far; null where none is left out. */
  rows: z.number().int().nullable(),
  /** Share of the log that has been gone through, 0 to 1. */
  progress: z.number(),
  complete: z.boolean(),
  /** Lines in which the query was found, and how often in all. Both 0 without a query. */
  matchingLines: z.number().int(),
  matches: z.number(),
  /** Why the query is not looked for, in a few words; null where it is. */
  fault: z.string().nullable(),
  /** What the numbers leave out, in a sentence; null where nothing. */
  note: z.string().nullable(),
});
export type LogFindStatus = z.infer<typeof logFindStatusSchema>;

/** One match: its line (of the whole log), its row among the lines that show, and which one it is. */
export const logMatchSchema = z.object({
  line: z.number().int(),
  row: z.number().int(),
  /** Position among the matches of its line, from 0. */
  inLine: z.number().int(),
  /** Position among all matches, from 1. */
  ordinal: z.number(),
  /** Beyond the end (or the start), the search went on at the other one. */
  wrapped: z.boolean(),
});
export type LogMatch = z.infer<typeof logMatchSchema>;

/** Where the matches stand in the shown text of a line: pairs of positions, UTF-16 units. `row` as in what shows. */
export const logMarksSchema = z.object({
  row: z.number().int(),
  ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type LogMarks = z.infer<typeof logMarksSchema>;
