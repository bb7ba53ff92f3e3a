import { isJsonObject } from '../../shared/json';
import type { PublishedMessage } from './decode';

/** What one message adds to the account. `lost` is negative where a message came late that was taken for lost. */
export interface StreamChange {
  readonly lost: number;
  readonly oversize: number;
}

/** What the tracker needs to know of a message. */
export type StreamMessage = Pick<
  PublishedMessage,
  'publisherId' | 'seqNo' | 'msgtype' | 'publishedAt' | 'payload'
>;

/** How far behind the newest number a message may come and still belong to its stream. */
export const lateWindow = 32;

/** A jump beyond this is no loss that could be believed: the number is taken for the start of another stream. */
const believableGap = 10_000_000;

interface Stream {
  readonly publisherId: string;
  /** The number that comes next. */
  next: number;
  /** When the newest message was published, where it said so. */
  newestAt: number | null;
  /** The late window as bits, so that a flood with loss costs no more than one without: bit n is `next - 1 - n`. */
  missing: number;
}

const nothing: StreamChange = { lost: 0, oversize: 0 };

/**
 * Measures loss from `seq_no`. A stream is one publisher instance, known by the socket that it sends from. The id is
 * part of the key too, because a relay forwards several publishers through one socket. The number of streams is
 * bounded; the one that was heard longest ago is forgotten first.
 */
export class StreamTracker {
  readonly #streams = new Map<string, Stream>();
  readonly #limit: number;
  #newest: Stream | null = null;

  constructor(limit = 4096) {
    this.#limit = limit;
  }

  /** Takes the next message that `sender` (address and port) sent. */
  observe(sender: string, message: StreamMessage): StreamChange {
    const { seqNo } = message;
    if (seqNo === null) return nothing;
    let key = sender;
    let stream = this.#streams.get(key);
    if (stream !== undefined && stream.publisherId !== message.publisherId) {
      // Only publishers behind a relay get here, so that the others are spared the making of a key.
      key = `${sender} ${message.publisherId}`;
      stream = this.#streams.get(key);
    }
    if (stream !== undefined) this.#touch(key, stream);
    if (stream === undefined || beginsAnew(stream, message, seqNo)) {
      this.#begin(key, message, seqNo);
      // Nothing is known of what came before, except what the message itself says.
      return seqNo > 0 && reportsOversize(message) ? { lost: 0, oversize: 1 } : nothing;
    }
    if (seqNo < stream.next) return takeLate(stream, message, seqNo);
    const gap = seqNo - stream.next;
    stream.next = seqNo + 1;
    if (message.publishedAt !== null) stream.newestAt = message.publishedAt;
    if (gap === 0) {
      stream.missing <<= 1;
      return nothing;
    }
    const oversize = reportsOversize(message) ? 1 : 0;
    // The number before a report of an oversize drop is accounted for: it will not come late.
    stream.missing = shifted(stream.missing, gap + 1) | (lowBits(gap + 1) & ~lowBits(1 + oversize));
    return { lost: gap - oversize, oversize };
  }

  /** How many streams are known. */
  get size(): number {
    return this.#streams.size;
  }

  #touch(key: string, stream: Stream): void {
    if (stream === this.#newest) return;
    // A Map keeps the order of insertion, so the first key is always the one heard longest ago.
    this.#streams.delete(key);
    this.#streams.set(key, stream);
    this.#newest = stream;
  }

  #begin(key: string, message: StreamMessage, seqNo: number): void {
    const { publisherId, publishedAt } = message;
    const stream: Stream = { publisherId, next: seqNo + 1, newestAt: publishedAt, missing: 0 };
    this.#streams.delete(key);
    this.#streams.set(key, stream);
    this.#newest = stream;
    if (this.#streams.size <= this.#limit) return;
    const [oldest] = this.#streams.keys();
    if (oldest !== undefined) this.#streams.delete(oldest);
  }
}

function beginsAnew(stream: Stream, message: StreamMessage, seqNo: number): boolean {
  const behind = stream.next - seqNo;
  if (-behind > believableGap) return true;
  // What was published before the newest that came is the same stream's own, late or doubled.
  const isOwn =
    message.publishedAt !== null && stream.newestAt !== null && message.publishedAt < stream.newestAt;
  if (seqNo === 0 || message.msgtype === 'start') return !isOwn || behind > lateWindow;
  return !isOwn && behind > lateWindow;
}

function takeLate(stream: Stream, message: StreamMessage, seqNo: number): StreamChange {
  const place = stream.next - 1 - seqNo;
  // Not missing: a duplicate, or too late to tell.
  if (!isSet(stream.missing, place)) return nothing;
  stream.missing &= ~(1 << place);
  if (!reportsOversize(message) || !isSet(stream.missing, place + 1)) return { lost: -1, oversize: 0 };
  stream.missing &= ~(1 << (place + 1));
  return { lost: -2, oversize: 1 };
}

function isSet(bits: number, place: number): boolean {
  return place < lateWindow && (bits & (1 << place)) !== 0;
}

/** JavaScript takes the distance of a shift modulo 32. */
function shifted(bits: number, distance: number): number {
  return distance < lateWindow ? bits << distance : 0;
}

function lowBits(count: number): number {
  return count < lateWindow ? (1 << count) - 1 : -1;
}

/** Whether a message is the publisher's own word that the message before it was too large to be sent. */
function reportsOversize(message: StreamMessage): boolean {
  if (message.msgtype !== 'backend_error' || !isJsonObject(message.payload)) return false;
  const text = message.payload['message'];
  return typeof text === 'string' && /dropped large\b.*\bpacket/i.test(text);
}
