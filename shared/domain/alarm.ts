import { z } from 'zod';
import { slotIdSchema, type SlotId } from './ids';
import { watchedValueSchema } from './watched-value';

const limitSchema = z.number('enter a number');

/** Longest times of a rule, in seconds: a week and an hour. */
export const longestSilence = 604_800;
export const longestDelay = 3_600;

/**
 * When a value is out of order. NaN, and whatever is not a number, is outside every limit; `equals` compares values of
 * any kind, and NaN equals NaN. `seconds` counts from the last time that the value was received.
 */
export const alarmConditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('above'), limit: limitSchema }),
  z.strictObject({ kind: z.literal('below'), limit: limitSchema }),
  z
    .strictObject({ kind: z.literal('outside'), low: limitSchema, high: limitSchema })
    .refine(({ low, high }) => low <= high, { path: ['high'], message: 'must not be below the lower limit' }),
  z.strictObject({
    kind: z.literal('equals'),
    value: z.union([z.string().max(1000), z.number(), z.nan(), z.boolean(), z.null()]),
  }),
  z.strictObject({ kind: z.literal('not-updated'), seconds: z.number().min(1).max(longestSilence) }),
]);
export type AlarmCondition = z.infer<typeof alarmConditionSchema>;

/** How much an alarm matters. */
export const alarmSeveritySchema = z.enum(['warning', 'alarm']);
export type AlarmSeverity = z.infer<typeof alarmSeveritySchema>;

/** What an operator decides of a rule. */
export const alarmRuleDraftSchema = z.strictObject({
  /** What the operator calls it; empty where the value's path says enough. */
  name: z.string().trim().max(200),
  watched: watchedValueSchema,
  condition: alarmConditionSchema,
  /** How long the condition has to hold before the alarm is raised, in seconds. */
  delay: z.number().min(0).max(longestDelay),
  severity: alarmSeveritySchema,
  enabled: z.boolean(),
});
export type AlarmRuleDraft = z.infer<typeof alarmRuleDraftSchema>;

/** A rule as it is kept. */
export const alarmRuleSchema = alarmRuleDraftSchema.extend({ id: z.number().int() });
export type AlarmRule = z.infer<typeof alarmRuleSchema>;

/**
 * How an alarm stands. `active`: raised, and nobody has said that they saw it. `acknowledged`: seen, and still so.
 * `cleared`: over, and nobody has said that they saw it. One that is both over and seen is none any more.
 */
export const alarmPhaseSchema = z.enum(['active', 'acknowledged', 'cleared']);
export type AlarmPhase = z.infer<typeof alarmPhaseSchema>;

/** What is remembered of a raised alarm. Times are Unix milliseconds; values are one-line texts. */
export const alarmRecordSchema = z.object({
  phase: alarmPhaseSchema,
  raisedAt: z.number(),
  /** The value that raised it; null where none had come. */
  raisedBy: z.string().nullable(),
  /** How many times it was raised since it was last acknowledged or over. */
  count: z.number().int(),
  clearedAt: z.number().nullable(),
  acknowledgedAt: z.number().nullable(),
  acknowledgedBy: z.string().nullable(),
});
export type AlarmRecord = z.infer<typeof alarmRecordSchema>;

/** An alarm as screens show it. */
export const alarmSchema = alarmRecordSchema.extend({
  rule: alarmRuleSchema,
  /** The value now; null where none has come. */
  value: z.string().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;

/** The most alarms that the window is told of at once. */
export const mostShownAlarms = 200;

/** How many alarms there are of each severity. */
const severityCountsSchema = z.object({ alarm: z.number().int(), warning: z.number().int() });
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** The alarms of a slot, counted: all of them, and those that nobody has acknowledged. */
const slotAlarmsSchema = z.object({ all: severityCountsSchema, unacknowledged: severityCountsSchema });
export type SlotAlarmCounts = z.infer<typeof slotAlarmsSchema>;

/** The alarms of the panel: those that matter most, and how many there are in all. */
export const alarmStatusSchema = z.object({
  shown: z.array(alarmSchema),
  total: z.number().int(),
  /** Those that nobody has acknowledged. */
  unacknowledged: z.number().int(),
  /** The slots that have alarms, with all of them counted, those that are not shown too. */
  slots: z.record(slotIdSchema, slotAlarmsSchema),
});
export type AlarmStatus = z.infer<typeof alarmStatusSchema>;

/** No alarm at all. */
export const noAlarms: AlarmStatus = { shown: [], total: 0, unacknowledged: 0, slots: {} };

const noCounts: SeverityCounts = { alarm: 0, warning: 0 };

/** The alarms of a slot that has none. */
export const noSlotAlarms: SlotAlarmCounts = { all: noCounts, unacknowledged: noCounts };

/** Whether nobody has acknowledged an alarm. */
export function isUnacknowledged(alarm: Pick<AlarmRecord, 'phase'>): boolean {
  return alarm.phase !== 'acknowledged';
}

/** Counts alarms by their slots. */
export function countBySlot(alarms: readonly Alarm[]): Record<SlotId, SlotAlarmCounts> {
  const slots: Record<SlotId, SlotAlarmCounts> = {};
  for (const alarm of alarms) {
    const { watched, severity } = alarm.rule;
    const { all, unacknowledged } = slots[watched.slot] ?? noSlotAlarms;
    slots[watched.slot] = {
      all: oneMore(all, severity),
      unacknowledged: isUnacknowledged(alarm) ? oneMore(unacknowledged, severity) : unacknowledged,
    };
  }
  return slots;
}

/** How many alarms there are of any severity. */
export function countAll({ alarm, warning }: SeverityCounts): number {
  return alarm + warning;
}

function oneMore(counts: SeverityCounts, severity: AlarmSeverity): SeverityCounts {
  return { ...counts, [severity]: counts[severity] + 1 };
}
