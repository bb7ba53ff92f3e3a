import { z } from 'zod';
import { alarmRecordSchema, alarmRuleDraftSchema, alarmRuleSchema } from '../../domain/alarm';
import { slotIdSchema } from '../../domain/ids';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

const ruleId = z.number().int().min(1);

/** Alarms on chosen values. */
export const alarmsCalls = {
  /** The rules of a slot, or with null all of them, with the alarm that each has raised. */
  'alarms.rules': {
    request: z.strictObject({ slot: slotIdSchema.nullable() }),
    response: z.object({
      rules: z.array(
        z.object({
          rule: alarmRuleSchema,
          alarm: alarmRecordSchema.nullable(),
          /** The value now, and when it was received last; null where none has come. */
          value: z.string().nullable(),
          receivedAt: z.number().nullable(),
        }),
      ),
    }),
  },
  /** Keeps a rule: a new one with id null, or the one with this id as it is now wanted. */
  'alarms.save': {
    request: z.strictObject({ id: ruleId.nullable(), rule: alarmRuleDraftSchema }),
    response: z.object({ id: z.number().int() }),
  },
  'alarms.remove': { request: z.strictObject({ id: ruleId }), response: nothing },
  /** Says that the operator has seen these alarms, or all of them. Answers how many it was said of. */
  'alarms.acknowledge': {
    request: z.strictObject({ rules: z.union([z.array(ruleId).max(1000), z.literal('all')]) }),
    response: z.object({ acknowledged: z.number().int() }),
  },
} as const satisfies CallTable;
