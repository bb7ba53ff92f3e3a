import { z } from 'zod';
import { slotIdSchema } from '../../domain/ids';
import { logModeSchema } from '../../domain/run';
import type { CallTable } from './call-table';
import { nothing } from './nothing';
import { withoutNul } from './run-calls';

const scriptSchema = withoutNul.min(1).max(4096);
/** What an operator calls a preset. */
export const presetNameSchema = z.string().trim().min(1).max(100);

/** Which preset: its slot (null for all slots), its script and its name together are one. */
const presetKey = { slot: slotIdSchema.nullable(), script: scriptSchema, name: presetNameSchema };

/** A command line that an operator keeps under a name. */
export const presetSchema = z.object({
  ...presetKey,
  args: z.array(withoutNul.max(100_000)).max(10_000),
  log: logModeSchema,
});
export type Preset = z.infer<typeof presetSchema>;

/** What the panel remembers of a slot's scripts for its Run tab. */
export const rememberedSchema = z.object({
  /** Of this slot and of all slots, by script and name. */
  presets: z.array(presetSchema),
  favourites: z.array(z.string()),
  /** Scripts that were run on this slot, the last one first. */
  recent: z.array(z.string()),
  /** What was entered last for each script, as the Run tab wrote it. */
  drafts: z.array(z.object({ script: z.string(), draft: z.string() })),
});
export type Remembered = z.infer<typeof rememberedSchema>;

/** Presets, favourite scripts and what was entered last. */
export const presetsCalls = {
  'presets.list': { request: z.strictObject({ slot: slotIdSchema }), response: rememberedSchema },
  /** Refused with `preset-exists` where there is one of this name, unless `replace`. */
  'presets.save': {
    request: z.strictObject({ ...presetSchema.shape, replace: z.boolean() }),
    response: nothing,
  },
  /** Refused with `preset-exists` where another has the new name. */
  'presets.rename': { request: z.strictObject({ ...presetKey, to: presetNameSchema }), response: nothing },
  'presets.delete': { request: z.strictObject(presetKey), response: nothing },
  'presets.favourite': {
    request: z.strictObject({ slot: slotIdSchema, script: scriptSchema, favourite: z.boolean() }),
    response: nothing,
  },
  'presets.remember': {
    request: z.strictObject({ slot: slotIdSchema, script: scriptSchema, draft: z.string().max(2_000_000) }),
    response: nothing,
  },
} as const satisfies CallTable;
