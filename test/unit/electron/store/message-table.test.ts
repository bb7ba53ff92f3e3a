import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messageRowSchema, payloadPreviewLength } from '../../../../shared/domain/message';
import { batch, message, now, openDatabase, pageRequest, run, runId, slotA, slotB } from './fixtures';
import { temporaryFolder } from './support';

function fresh() {
  return { database: openDatabase(join(temporaryFolder(), 'panel.sqlite')) };
}

describe('messages', () => {
  it('are listed with their payload as Python wrote it, cut for the list', () => {
    const { database } = fresh();
    const long = 'x'.repeat(1000);
    const texts = [
      '{"payload": {"a": NaN, "b": -Infinity}}',
      `{"payload": "${long}"}`,
      '{"type": "start"}',
      'not JSON',
    ];
    database.record(batch({ messages: texts.map((text, seqNo) => message({ text, seqNo })) }));
    const rows = database.messagesPage(pageRequest()).rows.toReversed();
    expect(rows[0]).toMatchObject({ payload: '{"a":NaN,"b":-Infinity}', payloadLength: 23 });
    expect(rows[1]).toMatchObject({
      payload: `"${long}`.slice(0, payloadPreviewLength),
      payloadLength: 1002,
    });
    expect(rows[2]?.payload).toBe('');
    expect(rows[3]?.payload).toBe('not JSON');
    expect(rows.map((row) => messageRowSchema.parse(row))).toEqual(rows);
    expect(rows.map((row) => database.readMessage(row.position))).toEqual(texts);
    expect(database.readMessage(1000)).toBeNull();
    database.close();
  });

  it('keep numbers that an integer column could not give back', () => {
    const { database } = fresh();
    database.record(batch({ messages: [message({ seqNo: 1e18, publishedAt: null, text: '{}' })] }));
    expect(database.messagesPage(pageRequest()).rows[0]).toMatchObject({ seqNo: 1e18, publishedAt: null });
    database.close();
  });

  it('are filtered by slot, none, run, type and position, newest first', () => {
    const { database } = fresh();
    const list = Array.from({ length: 30 }, (_, seqNo) =>
      message({
        seqNo,
        slot: seqNo % 3 === 0 ? null : seqNo % 3 === 1 ? slotA : slotB,
        run: seqNo >= 15 ? runId() : null,
        msgtype: ['general', 'log', 'session_data', 'data_file'][seqNo % 4] ?? '',
      }),
    );
    database.record(batch({ messages: list }));
    const found = (changes: Parameters<typeof pageRequest>[0]) =>
      database.messagesPage(pageRequest(changes)).rows.map((row) => row.seqNo);
    const expected = (keep: (each: (typeof list)[number]) => boolean) =>
      list
        .filter(keep)
        .map((each) => each.seqNo)
        .toReversed();
    expect(found({})).toEqual(expected((each) => each.slot === slotA));
    expect(found({ slot: null })).toEqual(expected((each) => each.slot === null));
    expect(found({ run: runId() })).toEqual(expected((each) => each.slot === slotA && each.run === runId()));
    const types = ['log', 'data_file'];
    expect(found({ msgtypes: types })).toEqual(
      expected((each) => each.slot === slotA && types.includes(each.msgtype)),
    );
    expect(found({ msgtypes: ['log'], run: runId() })).toEqual(
      expected((each) => each.slot === slotA && each.msgtype === 'log' && each.run === runId()),
    );
    expect(found({ limit: 2 })).toEqual([28, 25]);
    expect(found({ limit: 2, before: 26 })).toEqual([22, 19]);
    expect(database.messagesPage(pageRequest()).types).toEqual(
      ['data_file', 'general', 'log', 'session_data'].map((msgtype) => ({
        msgtype,
        count: expected((each) => each.slot === slotA && each.msgtype === msgtype).length,
      })),
    );
    expect(database.messagesPage(pageRequest({ slot: slotB, before: 1 })).types).toHaveLength(4);
    database.close();
  });

  it('are told apart by publisher and by time, and only newer ones are read again', () => {
    const { database } = fresh();
    const list = Array.from({ length: 100 }, (_, seqNo) =>
      message({
        seqNo,
        receivedAt: now + seqNo * 1000,
        publisherId: seqNo % 10 === 0 ? 'STREAMER:uxm_mv6' : 'crate1slot2',
      }),
    );
    database.record(batch({ messages: list }));
    const found = (changes: Parameters<typeof pageRequest>[0]) =>
      database.messagesPage(pageRequest({ limit: 3, ...changes })).rows.map((row) => row.seqNo);
    expect(found({ publisher: 'streamer' })).toEqual([90, 80, 70]);
    expect(found({ publisher: '%' })).toEqual([]);
    expect(found({ until: now + 50_000 })).toEqual([49, 48, 47]);
    expect(found({ until: now + 50_001 })).toEqual([50, 49, 48]);
    expect(found({ until: now - 1 })).toEqual([]);
    expect(found({ until: now + 1e9 })).toEqual([99, 98, 97]);
    const { newest } = database.messagesPage(pageRequest());
    expect(newest).toBe(100);
    expect(found({ after: newest })).toEqual([]);
    database.record(batch({ messages: [message({ seqNo: 100 })] }));
    expect(found({ after: newest })).toEqual([100]);
    expect(found({ after: newest, text: 'seq_no' })).toEqual([100]);
    database.close();
    const empty = fresh().database;
    expect(empty.messagesPage(pageRequest({ until: now }))).toMatchObject({
      rows: [],
      newest: 0,
      next: null,
    });
    empty.close();
  });

  it('are searched a part at a time: the answer says where to go on, and all parts together find all', () => {
    const { database } = fresh();
    for (let first = 0; first < 120_000; first += 10_000) {
      const messages = Array.from({ length: 10_000 }, (_, index) => {
        const seqNo = first + index;
        return message({
          seqNo,
          receivedAt: now + seqNo,
          text: seqNo % 40_000 === 7 ? '{"payload": "rare"}' : '{"payload": 1}',
        });
      });
      database.record(batch({ messages }));
    }
    const found: (number | null)[] = [];
    let pages = 0;
    for (let before: number | null = null; ;) {
      const page = database.messagesPage(pageRequest({ text: 'rare', before }));
      pages += 1;
      found.push(...page.rows.map((row) => row.seqNo));
      expect(page.reachedAt).toBe(page.next === null ? null : now + page.next - 1);
      if (page.next === null) break;
      before = page.next;
    }
    expect(found).toEqual([80_007, 40_007, 7]);
    expect(pages).toBe(3);
    const full = database.messagesPage(pageRequest({ text: 'payload', limit: 5 }));
    expect(full.next).toBe(full.rows.at(-1)?.position);
    database.close();
  });

  it('are counted by type, also after some were added, trimmed, or taken back', () => {
    const { database } = fresh();
    const counts = (): Record<string, number> =>
      Object.fromEntries(
        database.messagesPage(pageRequest()).types.map(({ msgtype, count }) => [msgtype, count]),
      );
    database.record(
      batch({ messages: ['a', 'a', 'b'].map((msgtype, seqNo) => message({ seqNo, msgtype })) }),
    );
    expect(counts()).toEqual({ a: 2, b: 1 });
    database.record(batch({ messages: [message({ msgtype: 'c' }), message({ msgtype: 'c', slot: slotB })] }));
    expect(counts()).toEqual({ a: 2, b: 1, c: 1 });
    database.trimMessages(3);
    expect(counts()).toEqual({ b: 1, c: 1 });
    // A message that the table refuses takes its whole batch back.
    const broken = { ...message({ msgtype: 'd' }), publisherId: null as unknown as string };
    expect(database.record(batch({ messages: [message({ msgtype: 'd' }), broken] })).ok).toBe(false);
    expect(counts()).toEqual({ b: 1, c: 1 });
    database.close();
  });

  it('are searched for text over many steps, also as Python escapes it, wildcards taken literally', () => {
    const { database } = fresh();
    const texts = new Map([
      [10, '{"payload": "100% done"}'],
      [4000, '{"payload": "Squids \\u00e9tal\\u00e9s"}'],
      [7000, '{"payload": "a \\"quoted\\" word"}'],
    ]);
    for (let first = 0; first < 9000; first += 1000) {
      const messages = Array.from({ length: 1000 }, (_, index) => {
        const text = texts.get(first + index);
        return message({ seqNo: first + index, ...(text === undefined ? {} : { text }) });
      });
      database.record(batch({ messages }));
    }
    const found = (text: string) => database.messagesPage(pageRequest({ text })).rows.map((row) => row.seqNo);
    expect(found('100%')).toEqual([10]);
    expect(found('0%d')).toEqual([]);
    expect(found('squids')).toEqual([4000]);
    expect(found('étalés')).toEqual([4000]);
    expect(found('a "quoted" word')).toEqual([7000]);
    expect(found('_one')).toEqual([]);
    expect(
      database.messagesPage(pageRequest({ text: 'value', limit: 3 })).rows.map((row) => row.seqNo),
    ).toEqual([8999, 8998, 8997]);
    let steps = 0;
    for (const pages = database.messagesPageSteps(pageRequest({ text: '100%' })); pages.next().done !== true;)
      steps += 1;
    expect(steps).toBe(4);
    database.close();
  });

  it('are trimmed to the newest in bounded steps; runs and their sessions stay', () => {
    const { database } = fresh();
    const data = [{ key: 'a', value: 1, changedAt: now }];
    database.record(
      batch({
        runs: [run()],
        sessions: [{ run: runId(), data, messages: [], relayEnd: null }],
        messages: Array.from({ length: 100 }, (_, seqNo) => message({ seqNo, run: runId() })),
      }),
    );
    expect(database.trimMessages(60, 25)).toBe(25);
    expect(database.trimMessages(60, 25)).toBe(15);
    expect(database.trimMessages(60, 25)).toBe(0);
    const left = database.messagesPage(pageRequest()).rows;
    expect([left.length, left.at(-1)?.seqNo]).toEqual([60, 40]);
    database.record(batch({ messages: [message({ seqNo: 100 })] }));
    expect(database.messagesPage(pageRequest({ limit: 1 })).rows[0]).toMatchObject({
      position: 101,
      seqNo: 100,
    });
    expect(database.readSession(runId())?.data).toEqual({ a: 1 });
    database.close();
  });
});
