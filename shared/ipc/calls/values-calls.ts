import { z } from 'zod';
import { pinHistory, pinSchema, pinSeriesSchema } from '../../domain/pin';
import { slotIdSchema } from '../../domain/ids';
import { watchedValueSchema } from '../../domain/watched-value';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

const pinId = z.number().int().min(1);

/** Values that are pinned to charts. */
export const valuesCalls = {
  /** The pins of a slot, or with null all of them. */
  'values.pins': {
    request: z.strictObject({ slot: slotIdSchema.nullable() }),
    response: z.object({ pins: z.array(pinSchema) }),
  },
  /** Pins a value. One that is pinned already stays as it is. */
  'values.pin': {
    request: z.strictObject({ watched: watchedValueSchema }),
    response: z.object({ pin: pinSchema }),
  },
  /** Takes a pin away with its history. */
  'values.unpin': { request: z.strictObject({ pin: pinId }), response: nothing },
  /** Draws a pin in the chart of another one, or with its own id in a chart of its own. */
  'values.group': { request: z.strictObject({ pin: pinId, chart: pinId }), response: nothing },
  /** The newest `span` milliseconds of some pins' history, with at most `points` times each. */
  'values.series': {
    request: z.strictObject({
      pins: z.array(pinId).max(100),
      span: z.number().int().min(1000).max(pinHistory),
      points: z.number().int().min(10).max(4000),
    }),
    response: z.object({ now: z.number(), series: z.array(pinSeriesSchema) }),
  },
} as const satisfies CallTable;
