import { z } from 'zod';
import { assertNever } from '../assert-never';
import { runIdSchema, slotIdSchema } from './ids';

/** Where a script's output goes: the run's log; the same and also a file appended to where the script runs; nowhere. */
export const logModeSchema = z.union([z.boolean(), z.string().min(1).max(4096)]);
export type LogMode = z.infer<typeof logModeSchema>;

/** The life of a run. `settling` is the second after exit in which late datagrams still belong to the run. */
export const runPhaseSchema = z.enum(['starting', 'running', 'stopping', 'settling', 'done']);
export type RunPhase = z.infer<typeof runPhaseSchema>;

/** The stages of an abort, in the order in which they escalate. */
export const abortStageSchema = z.enum(['interrupt', 'terminate', 'kill']);
export type AbortStage = z.infer<typeof abortStageSchema>;

/** The signal that each abort stage sends. */
export const abortSignal = {
  interrupt: 'SIGINT',
  terminate: 'SIGTERM',
  kill: 'SIGKILL',
} as const satisfies Record<AbortStage, string>;

/** How far an abort has come. `until` is when the next stage follows (Unix milliseconds), null at the last one. */
export const abortProgressSchema = z.object({
  stage: abortStageSchema,
  sentAt: z.number(),
  until: z.number().nullable(),
});
export type AbortProgress = z.infer<typeof abortProgressSchema>;

const exitFields = { code: z.number().int().nullable(), signal: z.string().nullable() };

/** How a run ended. Exactly one of `code` and `signal` is known where the script's exit was seen. */
export const runOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exited'), code: z.number().int() }),
  z.object({ kind: z.literal('signalled'), signal: z.string() }),
  z.object({ kind: z.literal('aborted'), stage: abortStageSchema, ...exitFields }),
  z.object({ kind: z.literal('not-started'), code: z.string(), message: z.string() }),
  z.object({ kind: z.literal('lost'), message: z.string() }),
]);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** A process of a run that outlived its script. */
export const runProcessSchema = z.object({ pid: z.number().int(), name: z.string() });
export type RunProcess = z.infer<typeof runProcessSchema>;

/** The way to a run is cut; the run itself goes on. `retryAt` is Unix milliseconds. */
export const lostConnectionSchema = z.object({
  since: z.number(),
  message: z.string(),
  retryAt: z.number().nullable(),
});
export type LostConnection = z.infer<typeof lostConnectionSchema>;

/** A run as every screen shows it. Times are Unix milliseconds. */
export const runSchema = z.object({
  id: runIdSchema,
  slot: slotIdSchema,
  crate: z.string(),
  /** The task that the operator chose, where it was one. */
  task: z.string().nullable(),
  script: z.string(),
  args: z.array(z.string()),
  log: logModeSchema,
  phase: runPhaseSchema,
  requestedAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  outcome: runOutcomeSchema.nullable(),
  abort: abortProgressSchema.nullable(),
  /** Null while the panel is in touch with where the run is. What the run shows may be old where it is not. */
  connection: lostConnectionSchema.nullable().default(null),
  /** Processes that still live after the script's end. */
  survivors: z.array(runProcessSchema),
  /** Sentences on what went wrong beside the script: output lost, a tee that could not be written. */
  problems: z.array(z.string()),
  /** Lines and bytes in the log so far. */
  lines: z.number().int(),
  bytes: z.number(),
});
export type Run = z.infer<typeof runSchema>;

/** The word for a run's state, as the status "Run state" says it. */
export type RunStateWord = Exclude<RunPhase, 'done'> | 'succeeded' | 'failed' | 'aborted' | 'lost';

/** The one word for a run's state. */
export function runStateWord(run: Pick<Run, 'phase' | 'outcome'>): RunStateWord {
  if (run.phase !== 'done') return run.phase;
  if (run.outcome === null) return 'lost';
  switch (run.outcome.kind) {
    case 'exited':
      return run.outcome.code === 0 ? 'succeeded' : 'failed';
    case 'signalled':
    case 'not-started':
      return 'failed';
    case 'aborted':
      return 'aborted';
    case 'lost':
      return 'lost';
    default:
      return assertNever(run.outcome);
  }
}

/** The outcome in a sentence; the wording of an ordinary exit is the reference controller's. */
export function describeOutcome(outcome: RunOutcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `Script has finished with exit code ${outcome.code}`;
    case 'signalled':
      return `Script was ended by ${outcome.signal}`;
    case 'aborted':
      return `Aborted with ${abortSignal[outcome.stage]}; ${describeExit(outcome.code, outcome.signal)}`;
    case 'not-started':
    case 'lost':
      return outcome.message;
    default:
      return assertNever(outcome);
  }
}

function describeExit(code: number | null, signal: string | null): string {
  if (code !== null) return `the script finished with exit code ${code}`;
  if (signal !== null) return `the script was ended by ${signal}`;
  return 'how the script ended is not known';
}

/** Whether a run holds its slot, so that a second one is refused. */
export function isActive(run: Pick<Run, 'phase'>): boolean {
  return run.phase !== 'done';
}

/** Whether a run is active, or processes outlived its script: what is known of it can still change. */
export function isUnfinished(run: Pick<Run, 'phase' | 'survivors'>): boolean {
  return isActive(run) || run.survivors.length > 0;
}

/** A script's file name without its folders, as headings show it. */
export function scriptName(script: string): string {
  return script.split('/').at(-1) ?? script;
}
