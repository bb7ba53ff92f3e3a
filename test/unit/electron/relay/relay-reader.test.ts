import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRelayRecords, type RelayRecord } from '../../../../electron/relay/relay-format';
import { RelayReader } from '../../../../electron/relay/relay-reader';
import { until } from '../../../fixtures/until';

let folder: string;
let file: string;
let taken: RelayRecord[];
let faults: unknown[];
let reader: RelayReader | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smurf-relay-'));
  file = join(folder, 'messages.rec');
  taken = [];
  faults = [];
  reader = null;
});
afterEach(async () => {
  await reader?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A record as the supervisor writes it. */
function record(text: string, time = 1584402012.5, port = 4000): Buffer {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(14);
  header.writeDoubleLE(time, 0);
  header.writeUInt16LE(port, 8);
  header.writeUInt32LE(bytes.length, 10);
  return Buffer.concat([header, bytes]);
}

function follow(from = 0, settled: () => Promise<void> = () => Promise.resolve()): RelayReader {
  reader = new RelayReader({
    folder,
    from,
    onRecord: (each) => taken.push(each),
    settled,
    onFault: (error) => faults.push(error),
  });
  reader.start();
  return reader;
}

const texts = (): string[] => taken.map((each) => each.bytes.toString());

test('reads records as the file grows, with time, port and position', async () => {
  const following = follow();
  await writeFile(file, record('first'));
  await until(() => taken.length === 1, 'the first record is read');
  await appendFile(file, Buffer.concat([record('second'), record('third')]));
  await until(() => taken.length === 3, 'all records are read');
  expect(texts()).toEqual(['first', 'second', 'third']);
  expect(taken[0]).toMatchObject({ receivedAt: 1584402012500, port: 4000, end: 19 });
  await following.finish();
  expect(faults).toEqual([]);
});

test('goes on from where an earlier panel stopped', async () => {
  const first = record('taken by the earlier panel');
  await writeFile(file, Buffer.concat([first, record('new')]));
  await follow(first.length).finish();
  expect(texts()).toEqual(['new']);
});

test('waits for the rest of a record that is only half there', async () => {
  const whole = record('a whole message');
  await writeFile(file, whole.subarray(0, 20));
  const following = follow();
  await following.catchUp();
  expect(taken).toEqual([]);
  await appendFile(file, whole.subarray(20));
  await until(() => taken.length === 1, 'the record is whole');
  expect(texts()).toEqual(['a whole message']);
});

test('reads no faster than what it read can be kept', async () => {
  await writeFile(file, Buffer.concat(Array.from({ length: 30 }, () => record('x'.repeat(60_000)))));
  let release: () => void = () => undefined;
  const following = follow(0, () => new Promise((resolve) => (release = resolve)));
  await until(() => taken.length > 0, 'the first block is read');
  const held = taken.length;
  expect(held).toBeLessThan(30);
  await until(() => {
    release();
    return taken.length === 30;
  }, 'the rest follows');
  release();
  const closing = following.close();
  release();
  await closing;
});

test('says where a damaged file ends, once, and keeps what came before', async () => {
  await writeFile(file, Buffer.concat([record('good'), Buffer.alloc(200, 0xff)]));
  const following = follow();
  await following.catchUp();
  await following.catchUp();
  expect(texts()).toEqual(['good']);
  expect(faults).toHaveLength(1);
  expect(String(faults[0])).toContain('damaged at byte 18');
});

test('finds the same records however the file is cut into blocks', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.nat(), (messages, cut) => {
      const whole = Buffer.concat(messages.map((text) => record(text)));
      const at = whole.length === 0 ? 0 : cut % whole.length;
      const front = readRelayRecords(whole.subarray(0, at), 0);
      const from = front.records.at(-1)?.end ?? 0;
      const back = readRelayRecords(whole.subarray(from), from);
      const found = [...front.records, ...back.records];
      expect(found.map((each) => each.bytes.toString())).toEqual(messages);
      expect(found.at(-1)?.end ?? 0).toBe(whole.length);
    }),
  );
});
