import { z } from 'zod';
import { errorText } from '../../shared/error-text';
import { checkStepSchema } from '../../shared/ipc/calls/scripts-calls';
import { failure, success, type Result } from '../../shared/result';

/** What `probe` and `signal` answer. */
export const probeSchema = z.object({
  supervisor: z.enum(['alive', 'dead', 'unknown']),
  processes: z.array(z.object({ pid: z.number().int(), name: z.string() })),
  /** Processes that the system did not let be signalled, and why: another user's, mostly. */
  refused: z.array(z.object({ pid: z.number().int(), message: z.string() })).default([]),
});

/** What `check` answers. */
export const stepsSchema = z.object({
  steps: z.array(z.object({ step: checkStepSchema.shape.name, ok: z.boolean(), detail: z.string() })),
});

/** Reads what the supervisor answered. An interpreter that is none may answer anything, and an abort must go on. */
export function readAnswer<Answer>(text: string, schema: z.ZodType<Answer>): Result<Answer> {
  try {
    return success(schema.parse(JSON.parse(text)));
  } catch (error) {
    return failure('supervisor-failed', `The supervisor's answer cannot be read: ${errorText(error)}.`);
  }
}
