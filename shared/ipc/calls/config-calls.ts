import { z } from 'zod';
import { slotIdSchema } from '../../domain/ids';
import { configProblemSchema } from '../state';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** One change to `crates.yaml`: a value at a path of keys and positions, or its removal (`value` absent). */
export const configEditSchema = z.strictObject({
  path: z.array(z.union([z.string(), z.number().int()])).min(1),
  value: z.unknown().optional(),
});
export type ConfigEdit = z.infer<typeof configEditSchema>;

/** `crates.yaml` as it stands. `document` is the parsed file, undefaulted, null where it cannot be parsed. */
export const configFileSchema = z.object({
  path: z.string(),
  /** False on the demo crate: `text` is then what would be written first. */
  exists: z.boolean(),
  text: z.string(),
  /** Names this state of the file, so that an edit of an older one is refused. */
  revision: z.string(),
  document: z.unknown(),
  problems: z.array(configProblemSchema),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

/** `crates.yaml`. */
export const configCalls = {
  'config.read': { request: nothing, response: configFileSchema },
  /** Applies edits to the file's text, comments kept, and writes it if the result is valid. */
  'config.edit': {
    request: z.strictObject({ revision: z.string(), edits: z.array(configEditSchema).min(1).max(1000) }),
    response: configFileSchema,
  },
  /** Replaces the file's text if it is valid. */
  'config.write': {
    request: z.strictObject({ revision: z.string(), text: z.string().max(5_000_000) }),
    response: configFileSchema,
  },
  /** Makes a publisher id an alias of a slot. */
  'config.addAlias': {
    request: z.strictObject({ slot: slotIdSchema, publisherId: z.string().min(1).max(200) }),
    response: nothing,
  },
} as const satisfies CallTable;
