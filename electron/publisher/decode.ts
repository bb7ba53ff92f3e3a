import { isUtf8 } from 'node:buffer';
import { isJsonObject, type Json } from '../../shared/json';
import { failure, type Failure, type Result } from '../../shared/result';
import { parseTolerantJson } from './tolerant-json';

/** A published message, in the panel's terms. What a publisher left out or sent as another type is null. */
export interface PublishedMessage {
  readonly host: string | null;
  readonly publisherId: string;
  readonly script: string | null;
  /** When the publisher made it: Unix milliseconds, whole. */
  readonly publishedAt: number | null;
  readonly seqNo: number | null;
  readonly msgtype: string;
  readonly payload: Json;
  /** The datagram's text as it was received. */
  readonly text: string;
}

/** The largest time a Date can hold, in milliseconds from 1970; anything beyond is no time. */
const latestTime = 8.64e15;

/**
 * Reads one datagram of the publishers (pysmurf client/util/pub.py). `id` and `type` have to be there; everything else
 * is tolerated. Checked by hand, because this is the hot path: a schema library took more time than the parse itself.
 */
export function decodeDatagram(bytes: Buffer): Result<PublishedMessage, Failure<'malformed'>> {
  const text = bytes.toString();
  // Invalid bytes become U+FFFD; only where there is one has the text to be looked at again.
  if (text.includes('\ufffd') && !isUtf8(bytes)) return malformed('not valid UTF-8 text');
  if (text === '') return malformed('empty');
  let value: Json;
  try {
    value = parseTolerantJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return malformed(`not JSON: ${error.message}`);
  }
  if (!isJsonObject(value)) return malformed(`not a JSON object but ${kindOf(value)}`);
  const { host, id, script, time, seq_no: seqNo, type, payload } = value;
  if (typeof id !== 'string') return malformed(fault('id', id));
  if (id === '') return malformed('"id" is empty');
  if (typeof type !== 'string') return malformed(fault('type', type));
  return {
    ok: true,
    value: {
      host: typeof host === 'string' ? host : null,
      publisherId: id,
      script: typeof script === 'string' ? script : null,
      publishedAt: toMilliseconds(time),
      seqNo: typeof seqNo === 'number' && Number.isSafeInteger(seqNo) && seqNo >= 0 ? seqNo : null,
      msgtype: type,
      payload: payload ?? null,
      text,
    },
  };
}

function toMilliseconds(time: Json | undefined): number | null {
  if (typeof time !== 'number') return null;
  const milliseconds = Math.round(time * 1000);
  // NaN fails this comparison too.
  return Math.abs(milliseconds) <= latestTime ? milliseconds : null;
}

function malformed(message: string): Result<never, Failure<'malformed'>> {
  return failure('malformed', message);
}

function fault(key: string, value: Json | undefined): string {
  return value === undefined ? `"${key}" is missing` : `"${key}" is not a string but ${kindOf(value)}`;
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
