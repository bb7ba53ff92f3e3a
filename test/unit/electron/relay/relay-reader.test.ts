import { appendFile, mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRelayRecords, type RelayRecord } from '../../../../electron/relay/relay-format';
import { RelayReader } from '../../../../electron/relay/relay-reader';
import { until } from '../../../fixtures/until';
import { record } from './record';

let folder: string;
let file: string;
let taken: RelayRecord[];
let faults: unknown[];
let hasRoom: boolean;
let timesHeld: number;
let reader: RelayReader | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smurf-relay-'));
  file = join(folder, 'messages.rec');
  taken = [];
  faults = [];
  hasRoom = false;
  timesHeld = 0;
  reader = null;
});
afterEach(async () => {
  await reader?.close();
  await rm(folder, { recursive: true, force: true });
});

function follow(from = 0, kept: () => Promise<boolean> = () => Promise.resolve(true)): RelayReader {
  reader = new RelayReader({
    folder,
    from,
    onRecord: (each) => taken.push(each),
    kept,
    hasRoom: () => hasRoom,
    onHeld: () => (timesHeld += 1),
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
  expect(await following.finish()).toBe(true);
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
  let release: (isKept: boolean) => void = () => undefined;
  const following = follow(0, () => new Promise((resolve) => (release = resolve)));
  await until(() => taken.length > 0, 'the first block is read');
  const held = taken.length;
  expect(held).toBeLessThan(30);
  await until(() => {
    release(true);
    return taken.length === 30;
  }, 'the rest follows');
  release(true);
  const closing = following.close();
  release(true);
  await closing;
});

/** Messages that fill several blocks. */
const many = Buffer.concat(Array.from({ length: 30 }, () => record('x'.repeat(60_000))));

test('holds back, and says so once, while what it read cannot be kept, and goes on when it can', async () => {
  await writeFile(file, many);
  let isKept = false;
  const following = follow(0, async () => isKept);
  await until(() => timesHeld === 1, 'it is held');
  const before = taken.length;
  expect(before).toBeLessThan(30);
  // Whoever waits for it is not held up.
  await following.catchUp();
  await following.catchUp();
  expect([taken.length, timesHeld]).toEqual([before, 1]);
  isKept = true;
  await until(() => taken.length === 30, 'the rest is read');
  expect(taken.map(({ end }) => end)).toEqual(Array.from({ length: 30 }, (_, index) => (index + 1) * 60_014));
});

test('reads on without a database for as long as there is room', async () => {
  await writeFile(file, many);
  hasRoom = true;
  const following = follow(0, async () => false);
  await until(() => taken.length === 30, 'everything is read');
  await following.catchUp();
  expect(timesHeld).toBe(0);
});

test('has finished only when all of it is kept, or says that it is not', async () => {
  await writeFile(file, record('the last'));
  let isKept = false;
  hasRoom = true;
  const following = follow(0, async () => isKept);
  await until(() => taken.length === 1, 'the message is read');
  let isTaken: boolean | null = null;
  const finished = following.finish().then((answer) => {
    isTaken = answer;
  });
  await following.catchUp();
  expect(isTaken).toBeNull();
  isKept = true;
  await finished;
  expect(isTaken).toBe(true);
  const other = follow(0, async () => false);
  const unfinished = other.finish();
  await other.catchUp();
  await other.close();
  expect(await unfinished).toBe(false);
});

test('tells a fault that lasts once, and goes on when it is over', async () => {
  await mkdir(file);
  const following = follow();
  await following.catchUp();
  await following.catchUp();
  expect(faults).toHaveLength(1);
  expect(String(faults[0])).toContain('EISDIR');
  await rmdir(file);
  await writeFile(file, record('after'));
  await until(() => taken.length === 1, 'the message is read');
  expect(faults).toHaveLength(1);
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
