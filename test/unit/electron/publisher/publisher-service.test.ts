import type { Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { PublishedMessage } from '../../../../electron/publisher/decode';
import { PublisherService, type PublisherConfig } from '../../../../electron/publisher/publisher-service';
import type { SlotId } from '../../../../shared/domain/ids';
import { crateWith, slotId } from './crates';
import { eventually } from '../../../fixtures/eventually';
import { closeSocket, openSocket, sendTo } from './udp';

const fixture = readFileSync(new URL('../../../fixtures/datagrams.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const slot2 = slotId('crate1slot2');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Heard {
  readonly message: PublishedMessage;
  readonly slot: SlotId | null;
}

class Panel {
  readonly heard: Heard[] = [];
  readonly warnings: string[] = [];
  readonly errors: string[] = [];
  statusCalls = 0;
  onMessage: (message: PublishedMessage) => void = () => undefined;
  readonly service = new PublisherService({
    onMessage: (message, slot) => {
      this.heard.push({ message, slot });
      this.onMessage(message);
    },
    onStatus: () => (this.statusCalls += 1),
    clock: Date.now,
    log: { warn: (text) => this.warnings.push(text), error: (text) => this.errors.push(text) },
    retryEveryMs: 20,
  });

  async received(count: number): Promise<void> {
    await eventually(() => expect(this.service.status().received).toBe(count));
    const { received, matched, unmatched, malformed } = this.service.status();
    expect(matched + unmatched + malformed).toBe(received);
  }
}

function config(
  port: number,
  slots: Readonly<Record<string, readonly string[]>> = { crate1slot2: [] },
): PublisherConfig {
  return { listener: { host: '127.0.0.1', port }, crates: crateWith(slots) };
}

async function startPanel(slots?: Readonly<Record<string, readonly string[]>>): Promise<Panel> {
  const panel = new Panel();
  closing.push(() => panel.service.close());
  await panel.service.start(config(0, slots));
  expect(panel.service.status().socket.state).toBe('listening');
  return panel;
}

async function openSender(): Promise<Socket> {
  const socket = await openSocket();
  closing.push(() => closeSocket(socket));
  return socket;
}

function datagram(id: string, seqNo: number, more: object = {}): string {
  return JSON.stringify({
    host: 'h',
    id,
    script: 's',
    time: 1,
    seq_no: seqNo,
    type: 'general',
    payload: {},
    ...more,
  });
}

describe('PublisherService', () => {
  test("accounts for the field's datagrams, sent over real UDP", async () => {
    const panel = await startPanel();
    const publisher = await openSender();
    const streamer = await openSender();
    for (const line of fixture) {
      await sendTo(line.includes('STREAMER:') ? streamer : publisher, panel.service.status().port, line);
    }
    await panel.received(fixture.length);
    // The streamer's two lines are of two streams: the second number is far back.
    expect(panel.service.status()).toMatchObject({
      matched: 10,
      unmatched: 0,
      malformed: 0,
      lost: 0,
      oversize: 1,
    });
    expect(panel.heard.map(({ slot }) => slot)).toEqual(fixture.map(() => slot2));
    expect(panel.heard.map(({ message }) => message.text).toSorted()).toEqual(fixture.toSorted());
    expect(panel.service.slotTraffic(slot2)).toMatchObject({ messages: 10, lost: 0, oversize: 1 });
    expect(panel.errors).toEqual([]);
  });

  test('a message of 64,000 bytes with NaN at its end arrives whole', async () => {
    const panel = await startPanel();
    const values = `[${'1.5, '.repeat(12_000)}`;
    const head = `{"id": "crate1slot2", "type": "session_data", "payload": {"a": ${values}`;
    const text = `${head}${' '.repeat(64_000 - head.length - 6)}NaN]}}`;
    expect(Buffer.byteLength(text)).toBe(64_000);
    await sendTo(await openSender(), panel.service.status().port, text);
    await panel.received(1);
    const payload = panel.heard[0]?.message.payload as { a: number[] };
    expect(payload.a).toHaveLength(12_001);
    expect(payload.a.at(-1)).toBeNaN();
    expect(panel.heard[0]?.message.text).toBe(text);
  });

  test('counts loss per slot and in all, and takes it back when the message was only late', async () => {
    const panel = await startPanel();
    const sender = await openSender();
    const { port } = panel.service.status();
    for (const seqNo of [0, 1, 5, 6, 3]) await sendTo(sender, port, datagram('crate1slot2', seqNo));
    await sendTo(await openSender(), port, datagram('stranger', 7));
    await panel.received(6);
    expect(panel.service.slotTraffic(slot2)).toMatchObject({ messages: 5, lost: 2, oversize: 0 });
    expect(panel.service.status()).toMatchObject({ lost: 2, matched: 5, unmatched: 1 });
    expect(panel.service.slotTraffic(slotId('never-heard'))).toEqual({
      messages: 0,
      perSecond: 0,
      lastMessageAt: null,
      lost: 0,
      oversize: 0,
    });
  });

  test('keeps the newest malformed datagrams, readable and with the reason', async () => {
    const panel = await startPanel();
    const sender = await openSender();
    const { port } = panel.service.status();
    for (let index = 0; index < 24; index += 1) await sendTo(sender, port, `bad ${index}`);
    await sendTo(sender, port, Buffer.concat([Buffer.from([0, 0xff, 0x5c, 0x0a]), Buffer.alloc(500, 'x')]));
    await panel.received(25);
    const { malformed, malformedSamples } = panel.service.status();
    expect(malformed).toBe(25);
    expect(malformedSamples).toHaveLength(20);
    expect(malformedSamples[0]?.firstBytes).toBe('bad 5');
    expect(malformedSamples.at(-1)).toMatchObject({
      sender: `127.0.0.1:${sender.address().port}`,
      length: 504,
      firstBytes: `\\x00\\xff\\\\\\x0a${'x'.repeat(116)}`,
      reason: 'not valid UTF-8 text',
    });
    expect(panel.heard).toEqual([]);
  });

  test('a consumer that throws neither stops the listener nor goes unseen', async () => {
    const panel = await startPanel();
    panel.onMessage = (message) => {
      if (message.seqNo !== 3) throw new Error(`consumer failed at ${message.seqNo}`);
    };
    const sender = await openSender();
    const { port } = panel.service.status();
    for (const seqNo of [0, 1, 2, 3]) await sendTo(sender, port, datagram('crate1slot2', seqNo));
    await panel.received(4);
    expect(panel.heard).toHaveLength(4);
    expect(panel.service.status()).toMatchObject({ matched: 4, malformed: 0 });
    expect(panel.errors[0]).toMatch(/^A published message could not be handled: Error: consumer failed at 0/);
    await panel.service.close();
    // Each of the three faults is in the log, in full or counted, whatever second it fell into.
    const counted = panel.errors.map((text) => (text.startsWith('A ') ? 1 : Number.parseInt(text, 10)));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('an id becomes an alias: the socket stays, the id is matched and listed no longer', async () => {
    const panel = await startPanel();
    const sender = await openSender();
    const { port } = panel.service.status();
    await sendTo(sender, port, datagram('uxm_mv6', 0));
    await sendTo(sender, port, datagram('other', 0));
    await panel.received(2);
    expect(panel.service.unmatched().map((entry) => entry.publisherId)).toEqual(['uxm_mv6', 'other']);
    const { socket } = panel.service.status();
    await panel.service.reconfigure(config(0, { crate1slot2: ['uxm_mv6'] }));
    expect(panel.service.status()).toMatchObject({ port });
    expect(panel.service.status().socket).toBe(socket);
    expect(panel.service.unmatched().map((entry) => entry.publisherId)).toEqual(['other']);
    await sendTo(sender, port, datagram('uxm_mv6', 1));
    await panel.received(3);
    expect(panel.service.status()).toMatchObject({ matched: 1, unmatched: 2 });
  });

  test('moves to another port when told to, and to one in use when that is free', async () => {
    const panel = await startPanel();
    const { port: first } = panel.service.status();
    const holder = await openSocket();
    const { port: second } = holder.address();
    await panel.service.reconfigure(config(second));
    expect(panel.service.status()).toMatchObject({ port: second, socket: { state: 'port-in-use' } });
    // The first port is free again.
    await closeSocket(await openSocket(first));
    await closeSocket(holder);
    await eventually(() => expect(panel.service.status().socket.state).toBe('listening'));
    await sendTo(await openSender(), second, datagram('crate1slot2', 0));
    await panel.received(1);
  });

  test('tells the rate of the last second, and that it has fallen to nothing', async () => {
    const panel = await startPanel();
    const sender = await openSender();
    const { port } = panel.service.status();
    for (let seqNo = 0; seqNo < 50; seqNo += 1) await sendTo(sender, port, datagram('crate1slot2', seqNo));
    await panel.received(50);
    await eventually(() => expect(panel.service.status().perSecond).toBeGreaterThan(0));
    expect(panel.service.slotTraffic(slot2).perSecond).toBe(panel.service.status().perSecond);
    const calls = panel.statusCalls;
    await eventually(() => expect(panel.service.status().perSecond).toBe(0));
    expect(panel.statusCalls).toBeGreaterThan(calls);
    expect(panel.service.slotTraffic(slot2).perSecond).toBe(0);
    const told = process.platform === 'linux' ? 0 : null;
    await eventually(() => expect(panel.service.status().kernelDrops).toBe(told));
  });

  test('does nothing more once closed', async () => {
    const panel = await startPanel();
    const { port } = panel.service.status();
    await panel.service.close();
    await panel.service.reconfigure(config(port));
    await closeSocket(await openSocket(port));
    expect(() => panel.service.start(config(0))).toThrow(/started already/);
  });

  test('no datagram can reach a prototype', async () => {
    const panel = await startPanel();
    const text = '{"id": "crate1slot2", "type": "session_data", "payload": {"__proto__": {"polluted": NaN}}}';
    await sendTo(await openSender(), panel.service.status().port, text);
    await panel.received(1);
    expect(Object.keys(panel.heard[0]?.message.payload as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
