import { z } from 'zod';
import { runIdSchema, slotIdSchema } from './ids';

/** How a run stands, as the history is filtered by it; `running` is every run that is active. */
export const runOutcomeWordSchema = z.enum(['running', 'succeeded', 'failed', 'aborted', 'lost']);
export type RunOutcomeWord = z.infer<typeof runOutcomeWordSchema>;

/** Which runs of the history are wanted; what is empty or null restricts nothing. All conditions hold together. */
export const runFilterSchema = z.strictObject({
  crate: z.string().max(200).nullable(),
  slots: z.array(slotIdSchema).max(1000),
  /** Part of the script's file name, in any case. */
  script: z.string().max(500),
  outcomes: z.array(runOutcomeWordSchema).max(5),
  /** Part of the arguments as a command line without quotes, or of the note, in any case. */
  text: z.string().max(500),
  /** Asked for at or after, and before: Unix milliseconds. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  pinned: z.boolean(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** The filter that lets every run through. */
export const everyRun: RunFilter = {
  crate: null,
  slots: [],
  script: '',
  outcomes: [],
  text: '',
  from: null,
  to: null,
  pinned: false,
};

/** The longest note that is kept, in characters. */
export const longestNote = 20_000;

/** What an operator put down about a run. */
export const runMarkSchema = z.object({
  run: runIdSchema,
  /** Empty where there is none. */
  note: z.string(),
  pinned: z.boolean(),
});
export type RunMark = z.infer<typeof runMarkSchema>;

/** What the filters can be set to: what the runs that are kept have. */
export const historyChoicesSchema = z.object({
  crates: z.array(z.string()),
  slots: z.array(slotIdSchema),
  /** File names of scripts. */
  scripts: z.array(z.string()),
});
export type HistoryChoices = z.infer<typeof historyChoicesSchema>;

/** How long a script usually takes on a slot, and on how many successful runs that rests. */
export const usualDurationSchema = z.object({
  /** The median, milliseconds. */
  duration: z.number(),
  runs: z.number().int(),
  /** Whether those runs had the same arguments; else any. */
  sameArguments: z.boolean(),
});
export type UsualDuration = z.infer<typeof usualDurationSchema>;

/** Which runs are kept; null is no limit. A run goes as soon as one limit says so. */
export const runRetentionSchema = z.object({
  /** Days since the run was asked for. */
  days: z.number().nullable(),
  /** Runs of all slots together; the oldest go first. */
  count: z.number().int().nullable(),
  /** Run folders of all runs together, in gigabytes (10^9 bytes); the oldest go first. */
  gigabytes: z.number().nullable(),
  /** Whether runs with a note or a pin go too. */
  includeMarked: z.boolean(),
});
export type RunRetention = z.infer<typeof runRetentionSchema>;

/** The retention that keeps every run. */
export const keepEveryRun: RunRetention = { days: null, count: null, gigabytes: null, includeMarked: false };

/** Whether a retention lets any run go at all. */
export function limitsRuns({ days, count, gigabytes }: RunRetention): boolean {
  return days !== null || count !== null || gigabytes !== null;
}
