import { isJsonObject, type Json } from '../../shared/json';

/** What a message registers, in the panel's terms. */
export interface Registration {
  readonly path: string;
  readonly type: string;
  readonly format: string;
  readonly plot: boolean;
  readonly action: string | null;
  readonly actionTs: string | null;
  readonly archive: string | null;
}

const longestPath = 4096;
const longestName = 200;

/** Whether messages of this type register a file. */
export function isRegistration(msgtype: string): boolean {
  return msgtype === 'data_file' || msgtype === 'g3_file';
}

/**
 * The file that a message (parsed, whole) registers: a script's `data_file`, or a streamer's `g3_file`. Null where it
 * names no path that a file can have; such a message is still kept among the messages.
 */
export function registrationOf(msgtype: string, message: Json): Registration | null {
  const payload = isJsonObject(message) ? message['payload'] : undefined;
  if (!isJsonObject(payload)) return null;
  const path = payload['path'];
  if (typeof path !== 'string' || path === '' || path.length > longestPath) return null;
  // Half a surrogate pair would not survive the database and then name another file; no path holds a NUL.
  if (path.includes('\0') || !path.isWellFormed()) return null;
  if (msgtype === 'g3_file') {
    const archive = textOf(payload['archive_name']);
    return { path, type: 'g3', format: 'g3', plot: false, action: null, actionTs: null, archive };
  }
  return {
    path,
    type: textOf(payload['type']) ?? '',
    format: textOf(payload['format']) ?? '',
    plot: payload['plot'] === true,
    action: textOf(payload['action']),
    actionTs: timestampOf(payload['action_ts']),
    archive: null,
  };
}

function textOf(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  return value.slice(0, longestName).toWellFormed().replaceAll('\0', '');
}

/** A string by the publisher's rules; a number is taken for one that was not put into quotes. */
function timestampOf(value: Json | undefined): string | null {
  return typeof value === 'number' ? String(value) : textOf(value);
}
