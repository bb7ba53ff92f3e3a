import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileListRequest } from '../../../../electron/store/records';
import { fileIdSchema } from '../../../../shared/domain/registered-file';
import { batch, message, now, openDatabase, run, runId, slotA, slotB } from './fixtures';
import { temporaryFolder } from './support';

function fresh() {
  return openDatabase(join(temporaryFolder(), 'panel.sqlite'));
}

function registering(path: unknown, changes: Parameters<typeof message>[0] = {}, more: object = {}) {
  const payload = { path, type: 'iv', format: '', plot: false, action: 'take_iv', action_ts: '17', ...more };
  return message({
    msgtype: 'data_file',
    text: JSON.stringify({ id: 'crate1slot2', type: 'data_file', payload }),
    ...changes,
  });
}

function request(changes: Partial<FileListRequest> = {}): FileListRequest {
  return { slot: slotA, run: null, text: '', before: null, limit: 100, ...changes };
}

describe('registered files', () => {
  it('are taken from messages in the transaction that keeps those', () => {
    const database = fresh();
    const g3 = '{"payload": {"path": "/data/a.g3", "archive_name": "det"}}';
    const nan =
      '{"payload": {"path": "/x.npy", "type": "t", "format": "npy", "plot": true, "timestamp": NaN}}';
    database.record(
      batch({
        messages: [
          registering('/data/iv.png', { receivedAt: now, run: runId() }, { plot: true }),
          message({ msgtype: 'g3_file', text: g3, receivedAt: now + 1 }),
          message({ msgtype: 'data_file', text: nan, receivedAt: now + 2, publishedAt: null }),
          registering('/data/unmatched', { slot: null }),
          message({ msgtype: 'general', text: '{"payload": {"path": "/data/general"}}' }),
        ],
      }),
    );
    expect(database.files.list(request())).toEqual({
      total: 3,
      files: [
        expect.objectContaining({ path: '/x.npy', format: 'npy', plot: true, action: null, actionTs: null }),
        expect.objectContaining({ path: '/data/a.g3', type: 'g3', archive: 'det', action: null }),
        expect.objectContaining({
          path: '/data/iv.png',
          action: 'take_iv',
          actionTs: '17',
          run: runId(),
          plot: true,
        }),
      ],
    });
    const [first] = database.files.list(request()).files;
    expect(database.files.read(first!.id)).toEqual(first);
    expect(database.files.read(fileIdSchema.parse(99))).toBeNull();
    database.close();
  });

  it.each([
    ['no path', undefined],
    ['an empty path', ''],
    ['a number', 7],
    ['a path that is too long', `/${'x'.repeat(5000)}`],
    ['a NUL', '/a\0b'],
    ['half a character', '/a\ud800b'],
    ['a list', ['/a']],
  ])('with %s are left out, and the message is kept', (_what, path) => {
    const database = fresh();
    database.record(batch({ messages: [registering(path)] }));
    expect(database.files.list(request()).total).toBe(0);
    expect(
      database.messagesPage({
        slot: slotA,
        run: null,
        msgtypes: [],
        text: '',
        publisher: '',
        until: null,
        after: null,
        before: null,
        limit: 9,
      }).rows,
    ).toHaveLength(1);
    database.close();
  });

  it('whose message is damaged beyond its envelope break nothing', () => {
    const database = fresh();
    const texts = [
      '{"payload": null}',
      '{"payload": []}',
      '{}',
      '{"payload": {"path": "/p", "type": 3, "action_ts": 17}}',
    ];
    database.record(batch({ messages: texts.map((text) => message({ msgtype: 'data_file', text })) }));
    expect(database.files.list(request()).files).toEqual([
      expect.objectContaining({ path: '/p', type: '', actionTs: '17' }),
    ]);
    database.close();
  });

  it('registered again by their run are updated and keep their id; by another run they are marked', () => {
    const database = fresh();
    const again = (receivedAt: number, seconds: number | null, type: string) =>
      registering('/data/live.png', { receivedAt, run: seconds === null ? null : runId(seconds) }, { type });
    database.record(
      batch({ messages: [again(now, 0, 'first'), registering('/data/b', { receivedAt: now + 1 })] }),
    );
    const before = database.files.list(request({ run: runId(0) })).files[0]!;
    database.record(batch({ messages: [again(now + 2, 0, 'second')] }));
    const after = database.files.list(request()).files;
    expect(after.map((file) => file.path)).toEqual(['/data/live.png', '/data/b']);
    expect(after[0]).toMatchObject({ id: before.id, type: 'second', isReplaced: false });
    database.record(batch({ messages: [again(now + 3, 5, 'other run')] }));
    expect(database.files.list(request()).files.map((file) => [file.type, file.isReplaced])).toEqual([
      ['other run', false],
      ['second', true],
      ['iv', false],
    ]);
    database.close();
  });

  it('are listed by run and slot, searched by name, action and type, in pages without gaps', () => {
    const database = fresh();
    const messages = Array.from({ length: 50 }, (_, index) =>
      registering(
        `/data/file_${index}%.png`,
        // Many of one millisecond, as a script registers them.
        {
          receivedAt: now + Math.floor(index / 20),
          run: index < 25 ? runId(0) : runId(1),
          slot: index === 0 ? slotB : slotA,
        },
        { type: index % 2 === 0 ? 'noise' : 'iv', action: index < 10 ? 'setup' : 'take' },
      ),
    );
    database.record(batch({ runs: [run()], messages }));
    const found = (changes: Partial<FileListRequest>): number => database.files.list(request(changes)).total;
    expect(found({})).toBe(49);
    expect(found({ slot: slotB })).toBe(1);
    expect(found({ run: runId(0) })).toBe(24);
    expect(found({ text: 'SETUP' })).toBe(9);
    expect(found({ text: 'noise' })).toBe(24);
    expect(found({ text: '_4%' })).toBe(1);
    expect(found({ text: '%' })).toBe(49);
    const seen: string[] = [];
    let before: FileListRequest['before'] = null;
    for (;;) {
      const { files } = database.files.list(request({ before, limit: 7 }));
      const last = files.at(-1);
      if (last === undefined) break;
      seen.push(...files.map((file) => file.path));
      before = { receivedAt: last.receivedAt, id: last.id };
    }
    expect(new Set(seen).size).toBe(49);
    expect(seen).toEqual(database.files.list(request()).files.map((file) => file.path));
    expect(database.files.ofRun(runId(0)).map((file) => file.path)).toHaveLength(25);
    expect(database.files.list(request({ limit: 0 }))).toEqual({ files: [], total: 49 });
    database.close();
  });
});
