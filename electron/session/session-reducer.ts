import type { Session, SessionMessage } from '../../shared/domain/session';
import { isJsonObject, type JsonObject } from '../../shared/json';
import type { PublishedMessage } from '../publisher/decode';
import type { DataLimits } from './data-bound';

/** What a published message does to the session of the run that sent it. */
export type SessionChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'data'; readonly set: JsonObject }
  | { readonly kind: 'message'; readonly message: SessionMessage };

/** What the session needs to know of a message. */
export type SessionInput = Pick<PublishedMessage, 'msgtype' | 'payload'>;

/** The most messages that a session keeps from its script. Beyond it they are counted in one warning. */
export const sessionMessageLimit = 100_000;

/** Reads a message as the reference controller does (socs pysmurf_controller/agent.py, `_on_session_data`). */
export function readSessionChange(message: SessionInput, receivedAt: number): SessionChange {
  const { msgtype, payload } = message;
  if (msgtype === 'session_data') {
    if (isJsonObject(payload)) return { kind: 'data', set: payload };
    return warning('Session data not passed as a dict!! Skipping...', receivedAt);
  }
  if (msgtype === 'session_log') {
    if (typeof payload === 'string') {
      return { kind: 'message', message: { time: receivedAt, text: payload, from: 'script' } };
    }
    // The reference drops this without a word, which leaves the script's author guessing.
    return warning('Session log not passed as a string!! Skipping...', receivedAt);
  }
  return { kind: 'none' };
}

/** The warning that stands for the messages that a full session could not keep. */
export function droppedMessagesWarning(dropped: number, time: number): SessionMessage {
  const text = `The session holds ${sessionMessageLimit} messages; ${dropped} further ones were not kept here.`;
  return { time, text, from: 'warning' };
}

/** The warning that stands for the values that a full session could not keep. */
export function droppedDataWarning(
  limits: DataLimits,
  dropped: number,
  lastKey: string,
  time: number,
): SessionMessage {
  const named = lastKey.length > 80 ? `${lastKey.slice(0, 79)}…` : lastKey;
  const text =
    `Session data holds up to ${limits.keys} keys and ${limits.bytes / 1_000_000} MB. ${dropped} further ` +
    `${dropped === 1 ? 'value was' : 'values were'} not kept here, the last for "${named}": what shows for it may be ` +
    'old. All are in Messages.';
  return { time, text, from: 'warning' };
}

/**
 * Applies one message to a session and gives back the new one; the given one stays as it is. Messages beyond
 * `sessionMessageLimit` are not added: whoever keeps the session counts them (see SessionService).
 */
export function applyMessage(session: Session, message: SessionInput, receivedAt: number): Session {
  const change = readSessionChange(message, receivedAt);
  if (change.kind === 'none') return session;
  if (change.kind === 'message') {
    if (session.messages.length >= sessionMessageLimit) return session;
    return { ...session, messages: [...session.messages, change.message] };
  }
  const times = Object.fromEntries(Object.keys(change.set).map((key) => [key, receivedAt]));
  return {
    ...session,
    data: { ...session.data, ...change.set },
    changedAt: { ...session.changedAt, ...times },
  };
}

function warning(text: string, time: number): SessionChange {
  return { kind: 'message', message: { time, text, from: 'warning' } };
}
