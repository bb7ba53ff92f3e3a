import { z } from 'zod';
import { runIdSchema, slotIdSchema } from '../domain/ids';
import { messageRowSchema } from '../domain/message';
import { abortStageSchema, logModeSchema, runSchema } from '../domain/run';
import { sessionSchema } from '../domain/session';
import { configProblemSchema, panelStateSchema } from './state';

/*
 * The one contract between the renderer and main. A call is a name, a request and a response; each side parses
 * what it receives. Anything not listed here does not cross.
 */

const nothing = z.strictObject({});

/** No path and no argument of a program can hold a NUL. */
const withoutNul = z.string().regex(/^[^\0]*$/, 'must not hold a NUL character');

/** A line of a log, decoded. `stream` is 1 for stdout and 2 for stderr; `time` Unix milliseconds, null if unknown. */
export const logLineSchema = z.object({
  /** Position in the log from 0. */
  index: z.number().int(),
  text: z.string(),
  stream: z.union([z.literal(1), z.literal(2)]),
  time: z.number().nullable(),
  /** Bytes of the line that `text` leaves out because the line is very long. */
  omitted: z.number().int(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A window of a log. `total` is the number of lines when it was read. */
export const logWindowSchema = z.object({ total: z.number().int(), lines: z.array(logLineSchema) });
export type LogWindow = z.infer<typeof logWindowSchema>;

/** The most lines that one call may ask for. */
export const logWindowLimit = 500;

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

/** What the operator said when asked about quitting while runs are active. */
export const quitChoiceSchema = z.enum(['leave-running', 'abort', 'cancel']);
export type QuitChoice = z.infer<typeof quitChoiceSchema>;

/** Every call that the renderer can make. */
export const calls = {
  /** The whole state, with the version it stands at. Starts the flow of batches anew. */
  'panel.snapshot': {
    request: nothing,
    response: z.object({ version: z.number().int(), state: panelStateSchema }),
  },
  /** The renderer has applied a batch and can take the next. */
  'panel.acknowledge': { request: z.strictObject({ version: z.number().int() }), response: nothing },
  'panel.quit': { request: z.strictObject({ choice: quitChoiceSchema }), response: nothing },
  'panel.dismissNotice': { request: z.strictObject({ id: z.number().int() }), response: nothing },

  'run.start': {
    request: z.strictObject({
      slot: slotIdSchema,
      script: withoutNul.min(1).max(4096),
      args: z.array(withoutNul.max(100_000)).max(10_000),
      log: logModeSchema,
      task: z.string().nullable(),
    }),
    response: z.object({ run: runIdSchema }),
  },
  /** Starts an abort, or goes ahead to `stage`. On an ended run whose processes still live it ends those. */
  'run.abort': {
    request: z.strictObject({ run: runIdSchema, stage: abortStageSchema }),
    response: nothing,
  },

  'scripts.list': {
    request: z.strictObject({ slot: slotIdSchema }),
    response: z.object({ scripts: z.array(scriptEntrySchema), problems: z.array(z.string()) }),
  },

  /** Tries everything that a run on this slot needs, step by step. */
  'slot.check': {
    request: z.strictObject({ slot: slotIdSchema }),
    response: z.object({ steps: z.array(checkStepSchema) }),
  },

  'log.window': {
    request: z.strictObject({
      run: runIdSchema,
      first: z.number().int().min(0),
      count: z.number().int().min(0).max(logWindowLimit),
    }),
    response: logWindowSchema,
  },

  /** The session of a run, with the version it stands at; from then on batches carry what it gains. */
  'session.watch': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ version: z.number().int(), session: sessionSchema }),
  },

  'messages.page': {
    request: z.strictObject({
      /** A slot's messages, or with null those that matched no slot. */
      slot: slotIdSchema.nullable(),
      run: runIdSchema.nullable(),
      /** Only messages of these types; empty for all. */
      msgtypes: z.array(z.string().max(200)).max(50),
      /** Only messages whose text contains this. */
      text: z.string().max(500),
      /** Only messages older than this position; null for the newest. */
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({ rows: z.array(messageRowSchema), msgtypes: z.array(z.string()) }),
  },
  /** One message as it was published. */
  'messages.read': {
    request: z.strictObject({ position: z.number().int() }),
    response: z.object({ text: z.string() }),
  },

  'history.list': {
    request: z.strictObject({
      slot: slotIdSchema.nullable(),
      /** Only runs older than this one; null for the newest. */
      before: runIdSchema.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    response: z.object({ runs: z.array(runSchema), total: z.number().int() }),
  },
  'history.read': {
    request: z.strictObject({ run: runIdSchema }),
    response: z.object({ run: runSchema }),
  },

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
} as const satisfies Record<string, { request: z.ZodType; response: z.ZodType }>;

export type CallName = keyof typeof calls;
export type CallRequest<Name extends CallName> = z.input<(typeof calls)[Name]['request']>;
export type CallResponse<Name extends CallName> = z.output<(typeof calls)[Name]['response']>;

/** What a call answers on the wire: always a value or a typed failure, never `undefined`. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
]);
export type Reply = z.infer<typeof replySchema>;

/** What the preload script exposes as `window.panel`. */
export interface PanelBridge {
  call(name: string, request: unknown): Promise<unknown>;
  onBatch(listener: (batch: unknown) => void): () => void;
}
