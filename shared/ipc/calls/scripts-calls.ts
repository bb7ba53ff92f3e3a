import { z } from 'zod';
import { scriptArgumentsSchema } from '../../arguments/argument-form';
import { slotIdSchema } from '../../domain/ids';
import type { CallTable } from './call-table';
import { withoutNul } from './run-calls';

/** A script that the catalogue found in one of the slot's folders. */
export const scriptEntrySchema = z.object({ path: z.string(), name: z.string(), folder: z.string() });
export type ScriptEntry = z.infer<typeof scriptEntrySchema>;

/** One step of a connection check: what was tried, and what was found, in a sentence. */
export const checkStepSchema = z.object({
  name: z.enum(['reach', 'python', 'folder', 'write', 'scripts', 'publish']),
  ok: z.boolean(),
  detail: z.string(),
});
export type CheckStep = z.infer<typeof checkStepSchema>;

/** The scripts of a slot, and whether they can be run there. */
export const scriptsCalls = {
  'scripts.list': {
    request: z.strictObject({ slot: slotIdSchema }),
    response: z.object({ scripts: z.array(scriptEntrySchema), problems: z.array(z.string()) }),
  },
  /** What a script says of its arguments, read from its source without running it. */
  'scripts.arguments': {
    request: z.strictObject({ slot: slotIdSchema, script: withoutNul.min(1).max(4096) }),
    response: scriptArgumentsSchema,
  },
  /** Tries everything that a run on this slot needs, step by step. */
  'slot.check': {
    request: z.strictObject({ slot: slotIdSchema }),
    response: z.object({ steps: z.array(checkStepSchema) }),
  },
} as const satisfies CallTable;
