import { z } from 'zod';
import { alarmsCalls } from './calls/alarms-calls';
import { auditCalls } from './calls/audit-calls';
import { careCalls } from './calls/care-calls';
import { configCalls } from './calls/config-calls';
import { filesCalls } from './calls/files-calls';
import { exportCalls } from './calls/export-calls';
import { groupCalls } from './calls/group-calls';
import { historyCalls } from './calls/history-calls';
import { logCalls } from './calls/log-calls';
import { messagesCalls } from './calls/messages-calls';
import { metadataCalls } from './calls/metadata-calls';
import { panelCalls } from './calls/panel-calls';
import { retentionCalls } from './calls/retention-calls';
import { presetsCalls } from './calls/presets-calls';
import { queueCalls } from './calls/queue-calls';
import { runCalls } from './calls/run-calls';
import { scriptsCalls } from './calls/scripts-calls';
import { sessionCalls } from './calls/session-calls';
import { updateCalls } from './calls/update-calls';
import { valuesCalls } from './calls/values-calls';

/*
 * The one contract between the renderer and main. A call is a name, a request and a response; each side parses
 * what it receives. Anything not listed here does not cross.
 */

/** Every call that the renderer can make. */
export const calls = {
  ...panelCalls,
  ...runCalls,
  ...scriptsCalls,
  ...logCalls,
  ...sessionCalls,
  ...messagesCalls,
  ...historyCalls,
  ...filesCalls,
  ...exportCalls,
  ...retentionCalls,
  ...configCalls,
  ...updateCalls,
  ...metadataCalls,
  ...valuesCalls,
  ...alarmsCalls,
  ...presetsCalls,
  ...queueCalls,
  ...groupCalls,
  ...auditCalls,
  ...careCalls,
} as const;

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
