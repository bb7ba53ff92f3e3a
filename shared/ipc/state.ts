import { z } from 'zod';
import { crateConfigSchema } from '../config/crates';
import { alarmStatusSchema } from '../domain/alarm';
import { barProgressSchema } from '../domain/bar-progress';
import { controlsLockSchema } from '../domain/controls-lock';
import { diskStatusSchema } from '../domain/disk';
import { runIdSchema, slotIdSchema } from '../domain/ids';
import { listenerStatusSchema, unmatchedPublisherSchema } from '../domain/listener';
import { queueStatusSchema } from '../domain/queue';
import { preferencesSchema } from '../domain/preferences';
import { runSchema } from '../domain/run';
import { updateStateSchema } from '../domain/update';
import { jsonSchema, sessionMessageSchema } from '../domain/session';

/** A fault in `crates.yaml`, with its place (from 1) where the parser knows it. */
export const configProblemSchema = z.object({
  message: z.string(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
});
export type ConfigProblem = z.infer<typeof configProblemSchema>;

/** Which configuration is in force, and what is wrong with the file where it is not the file's. */
export const configStatusSchema = z.object({
  path: z.string(),
  /** `demo`: no file; `file`: the file as it is; `last-good`: the file is broken, an earlier state stays in force. */
  source: z.enum(['demo', 'file', 'last-good']),
  problems: z.array(configProblemSchema),
});
export type ConfigStatus = z.infer<typeof configStatusSchema>;

/** What a slot shows at a glance. */
export const slotStatusSchema = z.object({
  slot: slotIdSchema,
  /** The active run, or else the newest one; null where there was none. */
  run: runSchema.nullable(),
  lastMessageAt: z.number().nullable(),
  /** Since the panel started. */
  messages: z.number().int(),
  perSecond: z.number(),
  lost: z.number().int(),
  oversize: z.number().int(),
  /** Files registered since the panel started, the same one again counted again: tells that the list has changed. */
  files: z.number().int(),
  /** The newest progress bar of the active run; null where it draws none. */
  bar: barProgressSchema.nullable(),
  /** The first line of what the active run's script said last in its session, cut to a few words; null for nothing. */
  said: z.string().nullable(),
});
export type SlotStatus = z.infer<typeof slotStatusSchema>;

/** Something the operator has to know that belongs to no view: an unexpected error, a store that cannot write. */
export const noticeSchema = z.object({
  id: z.number().int(),
  at: z.number(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** The database: whether it records, and what it could not. */
export const recordingStatusSchema = z.object({
  state: z.enum(['recording', 'failing', 'unavailable']),
  message: z.string().nullable(),
  /** Messages that were received and could not be kept. */
  dropped: z.number().int(),
});
export type RecordingStatus = z.infer<typeof recordingStatusSchema>;

/** Facts about this panel that do not change while it runs. */
export const panelFactsSchema = z.object({
  version: z.string(),
  electron: z.string(),
  /** Where the Electron runtime came from: its makers, the stand-in for machines without internet, or an override. */
  electronSource: z.enum(['official', 'fallback', 'override']),
  home: z.string(),
  platform: z.string(),
});
export type PanelFacts = z.infer<typeof panelFactsSchema>;

/** Runs that are active while the operator asked to quit, and whether they are being aborted for it. */
const quitRequestSchema = z.object({ runs: z.array(runIdSchema), isAborting: z.boolean() });
export type QuitRequest = z.infer<typeof quitRequestSchema>;

/** Everything the renderer shows without asking, as one value. */
export const panelStateSchema = z.object({
  facts: panelFactsSchema,
  config: configStatusSchema,
  /** What the place is called; null where the configuration does not say. */
  site: z.string().nullable(),
  crates: z.array(crateConfigSchema),
  slots: z.record(slotIdSchema, slotStatusSchema),
  listener: listenerStatusSchema,
  unmatched: z.array(unmatchedPublisherSchema),
  recording: recordingStatusSchema,
  disk: diskStatusSchema,
  update: updateStateSchema,
  notices: z.array(noticeSchema),
  /** Null when nobody asked. */
  quitRequested: quitRequestSchema.nullable(),
  alarms: alarmStatusSchema,
  queue: queueStatusSchema,
  preferences: preferencesSchema,
  /** Null while the controls are not locked. */
  lock: controlsLockSchema.nullable(),
  /** The slot that a notification leads to, until the window says that it went there. */
  goTo: z.object({ id: z.number().int(), slot: slotIdSchema }).nullable(),
});
export type PanelState = z.infer<typeof panelStateSchema>;

/** What a watched session gained: keys set, and messages from a position on. */
export const sessionPatchSchema = z.object({
  run: runIdSchema,
  set: z.record(z.string(), jsonSchema),
  changedAt: z.record(z.string(), z.number()),
  messagesFrom: z.number().int(),
  messages: z.array(sessionMessageSchema),
});
export type SessionPatch = z.infer<typeof sessionPatchSchema>;

/**
 * A batch of changes: whole values for the parts of the state that changed, whole slots for the slots that did,
 * and what the watched session gained. Batches are numbered; one is in flight at a time.
 */
export const batchSchema = z.object({
  version: z.number().int(),
  state: panelStateSchema.omit({ slots: true }).partial(),
  slots: z.array(slotStatusSchema),
  session: sessionPatchSchema.nullable(),
});
export type Batch = z.infer<typeof batchSchema>;
