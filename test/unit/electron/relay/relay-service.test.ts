import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RelayService, type RelayServiceOptions } from '../../../../electron/relay/relay-service';
import { defaultQueueLimits } from '../../../../electron/store/record-queue';
import { Store } from '../../../../electron/store/store';
import { failure } from '../../../../shared/result';
import { until } from '../../../fixtures/until';
import { message, now, run } from '../store/fixtures';
import { bundle, temporaryFolder } from '../store/support';
import { record } from './record';

let built: { file: string; remove: () => void };
beforeAll(async () => {
  built = await bundle(join(import.meta.dirname, '../../../../electron/store/store-worker.ts'));
});
afterAll(() => built.remove());

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const relayed = run();

/** A store with little room, a run's folder with this many messages, and what was told. */
async function open(messages: number, changes: Partial<RelayServiceOptions> = {}) {
  const folder = temporaryFolder();
  const databasePath = join(folder, 'panel.sqlite');
  const store = new Store({
    workerFile: built.file,
    databasePath,
    onStatus: () => undefined,
    onBegun: () => undefined,
    clock: () => now,
    limits: { ...defaultQueueLimits, messages: 400, batchMessages: 100 },
  });
  await store.open();
  const records = Array.from({ length: messages }, (_, index) => record(`{"number": ${index}}`.padEnd(700)));
  writeFileSync(join(folder, 'messages.rec'), Buffer.concat(records));
  const held: string[] = [];
  const relay = new RelayService({
    positionOf: (id) => store.relayPosition(id),
    onRecord: ({ id }, { bytes, end }, isNew) => {
      if (isNew.message) store.recordMessage(message({ run: id, text: bytes.toString(), relayEnd: end }));
      if (isNew.session) {
        store.recordSession([
          { run: id, set: {}, changedAt: {}, messagesFrom: 0, messages: [], relayEnd: end },
        ]);
      }
    },
    kept: () => store.flush(),
    hasRoom: () => store.hasRoom,
    onHeld: ({ id }) => held.push(id),
    onFault: (_run, error) => {
      throw error;
    },
    ...changes,
  });
  closing.push(
    () => store.close(),
    () => relay.close(),
  );
  const kept = (): number[] => {
    const other = new DatabaseSync(databasePath, { readOnly: true });
    const rows = other.prepare('SELECT text FROM messages ORDER BY position').all();
    other.close();
    return rows.map((row) => (JSON.parse(String(row['text'])) as { number: number }).number);
  };
  return { folder, databasePath, store, relay, held, kept };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('a database that fails for a while costs no relayed message, and holds up nobody', async () => {
  const { folder, databasePath, store, relay, held, kept } = await open(3000);
  const other = new DatabaseSync(databasePath);
  other.exec('BEGIN IMMEDIATE');
  relay.follow(relayed, folder);
  await until(() => held.length === 1, 'the relay is held');
  await relay.catchUp(relayed.id);
  const finished = relay.finish(relayed.id);
  expect(relay.isFollowing(relayed.id)).toBe(true);
  other.exec('COMMIT');
  other.close();
  expect(await finished).toBe(true);
  expect(kept()).toEqual(numbers(3000));
  expect(store.status().dropped).toBe(0);
  expect(held).toEqual([relayed.id]);
});

test('what was not kept when the panel ended is left to the next one', async () => {
  const { folder, databasePath, store, relay, held, kept } = await open(3000);
  const other = new DatabaseSync(databasePath);
  other.exec('BEGIN IMMEDIATE');
  relay.follow(relayed, folder);
  await until(() => held.length === 1, 'the relay is held');
  const finished = relay.finish(relayed.id);
  await relay.close();
  expect(await finished).toBe(false);
  other.exec('COMMIT');
  other.close();
  await until(() => store.flush(), 'what was taken is written');
  expect(kept().length).toBeLessThan(3000);

  const next = new RelayService({
    positionOf: (id) => store.relayPosition(id),
    onRecord: ({ id }, { bytes, end }, isNew) => {
      if (isNew.message) store.recordMessage(message({ run: id, text: bytes.toString(), relayEnd: end }));
    },
    kept: () => store.flush(),
    hasRoom: () => store.hasRoom,
    onHeld: () => undefined,
    onFault: () => undefined,
  });
  closing.push(() => next.close());
  next.takeUp(relayed, folder);
  expect(await next.finish(relayed.id)).toBe(true);
  expect(kept()).toEqual(numbers(3000));
});

test('begins where an earlier panel stopped, also when the database says so late', async () => {
  let isReadable = false;
  const bench = await open(20, {
    positionOf: async () =>
      isReadable ? bench.store.relayPosition(relayed.id) : failure('store-unavailable', 'Not yet.'),
  });
  const { folder, store, relay, held, kept } = bench;
  const end = 714 * 5;
  for (const number of numbers(5)) {
    store.recordMessage(message({ run: relayed.id, text: `{"number": ${number}}`, relayEnd: end }));
  }
  relay.takeUp(relayed, folder);
  await until(() => held.length === 1, 'it is told that they wait');
  // Nobody waits for what cannot be known yet.
  await relay.catchUp(relayed.id);
  expect(kept().every((number) => number < 5)).toBe(true);
  isReadable = true;
  expect(await relay.finish(relayed.id)).toBe(true);
  expect(kept()).toEqual(numbers(20));
  expect(relay.isFollowing(relayed.id)).toBe(false);
});

test('closes while it waits for the database', async () => {
  const { folder, relay, held } = await open(5, {
    positionOf: async () => failure('store-unavailable', 'Not yet.'),
  });
  relay.takeUp(relayed, folder);
  await until(() => held.length === 1, 'it is told that they wait');
  const finished = relay.finish(relayed.id);
  await relay.close();
  expect(await finished).toBe(false);
});
