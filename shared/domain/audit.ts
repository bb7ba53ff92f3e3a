import { z } from 'zod';
import { runIdSchema, slotIdSchema } from './ids';

/** Something that somebody did, as it was kept. Entries are never changed. */
export const auditEntrySchema = z.object({
  /** Counts up with every entry. */
  position: z.number().int(),
  /** Unix milliseconds. */
  at: z.number(),
  /** The operator as the system knows them, or what acted for them. */
  actor: z.string(),
  /** What was done, as `run.start`. */
  action: z.string(),
  slot: z.string().nullable(),
  run: runIdSchema.nullable(),
  detail: z.record(z.string(), z.string()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Which entries are wanted; what is empty or null restricts nothing. All conditions hold together. */
export const auditFilterSchema = z.strictObject({
  actions: z.array(z.string().max(200)).max(200),
  slot: slotIdSchema.nullable(),
  actor: z.string().max(500).nullable(),
  /** Part of what is told of the deed, of its run or of its slot, in any case. */
  text: z.string().max(500),
  /** At or after, and before: Unix milliseconds. */
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The filter that lets every entry through. */
export const everyDeed: AuditFilter = {
  actions: [],
  slot: null,
  actor: null,
  text: '',
  from: null,
  to: null,
};

/** What the filters can be set to: what the entries that are kept have, sorted. */
export const auditChoicesSchema = z.object({
  actions: z.array(z.string()),
  slots: z.array(z.string()),
  actors: z.array(z.string()),
});
export type AuditChoices = z.infer<typeof auditChoicesSchema>;
