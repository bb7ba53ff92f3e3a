import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { messageRowSchema, payloadPreviewLength, type MessageRow } from '../../shared/domain/message';
import { isJsonObject } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { parseTolerantJson } from '../publisher/tolerant-json';
import type { MessageRecord, MessagesPage, MessagesPageRequest } from './records';
import { TypeCounts } from './type-counts';

/** How many messages one step of a filtered search looks at, so that recording gets its turn between steps. */
const searchStep = 2000;

/** Steps of a search after which it answers with what it has found, so that the window can show it, or stop. */
const stepsPerPage = 25;

/** The table of published messages. Positions grow and have no gaps: only the oldest are ever deleted. */
export class MessageTable {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #types: TypeCounts;
  readonly #receivedAt: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO messages (received_at, published_at, publisher_id, slot, run, msgtype, seq_no, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#types = new TypeCounts(database);
    this.#receivedAt = database.prepare('SELECT received_at FROM messages WHERE position = ?');
  }

  add(message: MessageRecord): void {
    this.#insert.run(
      message.receivedAt,
      message.publishedAt,
      message.publisherId,
      message.slot,
      message.run,
      message.msgtype,
      message.seqNo,
      message.text,
    );
    this.#types.add(message.slot, message.msgtype);
  }

  /** A batch with messages of it was taken back. */
  tookBack(): void {
    this.#types.forget();
  }

  /**
   * A page of messages, newest first. Each step of the generator takes some milliseconds, however many messages
   * there are; between steps the caller may write. A long search ends with a page that is not full, and says where to
   * go on.
   */
  *page(request: MessagesPageRequest): Generator<void, MessagesPage> {
    const filter = filterOf(request);
    const newest = this.#ends()?.newest ?? 0;
    const rows: MessageRow[] = [];
    let before = request.before ?? (request.until === null ? null : this.#firstReceivedFrom(request.until));
    let next: number | null = null;
    for (let steps = 1; ; steps += 1) {
      // A search looks at few messages first: mostly the newest match.
      const take = filter.conditions.length === 0 ? request.limit : searchStep;
      const positions = this.#newest(request, before, take);
      const last = positions.at(-1);
      if (last === undefined) {
        next = null;
        break;
      }
      rows.push(...this.#matching(positions, filter, request.limit - rows.length));
      const isFull = rows.length >= request.limit;
      const isThrough = positions.length < take;
      next = isFull ? (rows.at(-1)?.position ?? last) : isThrough ? null : last;
      if (isFull || isThrough || steps === stepsPerPage) break;
      before = last;
      yield;
    }
    return { rows, next, reachedAt: this.#receivedAtOf(next), newest, types: this.#types.of(request.slot) };
  }

  /** A message as it was received, null where it is no longer kept. */
  read(position: number): string | null {
    const row = this.#database.prepare('SELECT text FROM messages WHERE position = ?').get(position);
    return row === undefined ? null : String(row['text']);
  }

  /** Deletes the oldest messages beyond `keep`, at most `step` of them. Returns how many it deleted. */
  trim(keep: number, step: number): number {
    const ends = this.#ends();
    if (ends === null) return 0;
    const firstKept = Math.min(ends.newest - keep + 1, ends.oldest + step);
    if (firstKept <= ends.oldest) return 0;
    this.#types.removeBelow(firstKept);
    return Number(this.#database.prepare('DELETE FROM messages WHERE position < ?').run(firstKept).changes);
  }

  /** How many messages there are: positions have no gaps, so that none has to be looked at. */
  count(): number {
    const ends = this.#ends();
    return ends === null ? 0 : ends.newest - ends.oldest + 1;
  }

  /** The oldest and the newest position; null where there are no messages. */
  #ends(): { oldest: number; newest: number } | null {
    const ends = this.#database
      .prepare(
        'SELECT (SELECT min(position) FROM messages) AS oldest, (SELECT max(position) FROM messages) AS newest',
      )
      .get();
    return typeof ends?.['oldest'] === 'number' && typeof ends['newest'] === 'number'
      ? { oldest: ends['oldest'], newest: ends['newest'] }
      : null;
  }

  #receivedAtOf(position: number | null): number | null {
    const at = position === null ? null : this.#receivedAt.get(position)?.['received_at'];
    return typeof at === 'number' ? at : null;
  }

  /**
   * The position from which on messages were received at a time or later, found by halving: positions have no gaps,
   * and times grow with them but for the little that relayed messages come late.
   */
  #firstReceivedFrom(time: number): number {
    const ends = this.#ends();
    if (ends === null) return 0;
    let low = ends.oldest;
    let high = ends.newest + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#receivedAtOf(middle) ?? Number.NEGATIVE_INFINITY) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Positions of the newest messages of the run, or of the slot and the types, straight from an index. */
  #newest(request: MessagesPageRequest, before: number | null, take: number): number[] {
    const { slot, run, msgtypes } = request;
    const older = before ?? Number.MAX_SAFE_INTEGER;
    const after = request.after ?? -1;
    const newestOf = (condition: string) =>
      `SELECT position FROM messages WHERE ${condition} AND position < ? AND position > ?
       ORDER BY position DESC LIMIT ?`;
    const rows =
      run !== null
        ? this.#database.prepare(newestOf('run = ?')).all(run, older, after, take)
        : msgtypes.length === 0
          ? this.#database.prepare(newestOf('slot IS ?')).all(slot, older, after, take)
          : this.#database
              .prepare(
                `${msgtypes.map(() => `SELECT * FROM (${newestOf('slot IS ? AND msgtype = ?')})`).join(' UNION ALL ')}
                 ORDER BY position DESC LIMIT ?`,
              )
              .all(...msgtypes.flatMap((type) => [slot, type, older, after, take]), take);
    return rows.map((row) => Number(row['position']));
  }

  #matching(positions: readonly number[], filter: Filter, limit: number): MessageRow[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM messages WHERE position IN (SELECT value FROM json_each(?))
         ${filter.conditions.map((condition) => `AND ${condition}`).join(' ')} ORDER BY position DESC LIMIT ?`,
      )
      .all(JSON.stringify(positions), ...filter.values, limit);
    return rows.map(messageOfRow);
  }
}

/** What the index does not answer: conditions on the rows themselves. */
interface Filter {
  readonly conditions: readonly string[];
  readonly values: readonly SQLInputValue[];
}

function filterOf({ slot, run, msgtypes, text, publisher }: MessagesPageRequest): Filter {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  if (run !== null) {
    conditions.push('slot IS ?');
    values.push(slot);
    if (msgtypes.length > 0) {
      conditions.push(`msgtype IN (${msgtypes.map(() => '?').join(', ')})`);
      values.push(...msgtypes);
    }
  }
  if (publisher !== '') {
    conditions.push(`publisher_id LIKE ? ESCAPE '!'`);
    values.push(containing(publisher));
  }
  if (text !== '') {
    const patterns = [...new Set([text, asPublished(text)])].map(containing);
    conditions.push(`(${patterns.map(() => `text LIKE ? ESCAPE '!'`).join(' OR ')})`);
    values.push(...patterns);
  }
  return { conditions, values };
}

/** Text as Python's `json.dumps` writes it inside a string: quotes and everything beyond ASCII escaped. */
function asPublished(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function containing(text: string): string {
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}

function messageOfRow(row: Record<string, SQLOutputValue>): MessageRow {
  const payload = payloadOf(String(row['text']));
  return messageRowSchema.parse({
    position: row['position'],
    receivedAt: row['received_at'],
    publishedAt: row['published_at'],
    publisherId: row['publisher_id'],
    slot: row['slot'],
    run: row['run'],
    msgtype: row['msgtype'],
    seqNo: row['seq_no'],
    payload: payload.slice(0, payloadPreviewLength),
    payloadLength: payload.length,
  });
}

/** The payload's JSON text; the whole text of a message that cannot be parsed, empty where there is no payload. */
function payloadOf(text: string): string {
  try {
    const message = parseTolerantJson(text);
    if (!isJsonObject(message)) return text;
    const payload = message['payload'];
    return payload === undefined ? '' : stringifyPythonJson(payload);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
