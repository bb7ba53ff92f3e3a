import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { _electron, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, expect, test } from 'vitest';
import type { decodeDatagram as Decode } from '../../electron/publisher/decode';
import type { makePanelEvents as MakeEvents } from '../../electron/state/panel-events';
import type { ValueService as Values } from '../../electron/values/value-service';
import { slotIdSchema } from '../../shared/domain/ids';

/*
 * What registers cost: main per metadata message beside the decoding that every message has, memory for 8 slots of
 * 10,000 registers, and the frames of the Metadata tab while 1,600 messages a second come.
 */

const root = resolve(import.meta.dirname, '../..');
const slots = Array.from({ length: 8 }, (_, index) => slotIdSchema.parse(`crate1slot${index + 1}`));
const registers = 10_000;
const folder = await mkdtemp(join(tmpdir(), 'values-bench-'));
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }));

interface Built {
  readonly decodeDatagram: typeof Decode;
  readonly makePanelEvents: typeof MakeEvents;
  readonly ValueService: typeof Values;
}

/** The code as it ships: bundled. vitest reaches every import through a getter, which the hot path would feel. */
async function buildServices(): Promise<Built> {
  const entries = ['publisher/decode', 'state/panel-events', 'values/value-service'];
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'built'),
      target: 'esnext',
      minify: false,
      lib: {
        entry: entries.map((name) => fileURLToPath(new URL(`../../electron/${name}.ts`, import.meta.url))),
        formats: ['cjs'],
      },
      rolldownOptions: { external: [/^node:/], output: { entryFileNames: '[name].cjs' } },
    },
  });
  const load = createRequire(import.meta.url);
  const all = entries.map((name) => load(join(folder, 'built', `${name.split('/')[1]}.cjs`)) as object);
  return Object.assign({}, ...all) as Built;
}

const { decodeDatagram, makePanelEvents, ValueService } = await buildServices();

function makeService() {
  const events = makePanelEvents((error) => {
    throw error;
  });
  const values = new ValueService({
    store: { ask: () => Promise.resolve({ ok: false, error: { code: 'store-unavailable', message: '' } }) },
    events,
    now: () => Date.now(),
    elapsed: () => performance.now(),
    session: () => null,
    onAlarms: () => undefined,
    onFault: () => undefined,
  });
  return { events, values };
}

function datagramOf(slot: number, index: number, value: number): Buffer {
  const path = `AMCc.FpgaTopLevel.AppTop.AppCore.SysgenCryo.Base[${index % 8}].Register[${index}]`;
  return Buffer.from(
    `{"host": "smurf-srv27", "id": "${slots[slot]}", "script": "undeclared", "time": 1584402071.9, "seq_no": ${value}, "type": "metadata", "payload": {"path": "${path}", "value": ${value}.5, "type": "float"}}`,
  );
}

test('main: a metadata message beside its decoding', () => {
  const { events, values } = makeService();
  const datagrams = Array.from({ length: 80_000 }, (_, index) =>
    datagramOf(index % 8, Math.floor(index / 8), index),
  );
  const figures = { decode: [] as number[], all: [] as number[] };
  for (let round = 0; round < 12; round += 1) {
    for (const kind of ['decode', 'all'] as const) {
      const begun = performance.now();
      for (const [index, bytes] of datagrams.entries()) {
        const decoded = decodeDatagram(bytes);
        if (!decoded.ok) throw new Error(decoded.error.message);
        if (kind === 'decode') continue;
        const slot = slots[index % 8]!;
        events.message.emit({ message: decoded.value, slot, run: null, receivedAt: Date.now() });
      }
      figures[kind].push(((performance.now() - begun) * 1000) / datagrams.length);
    }
  }
  const middle = (each: number[]): number => each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)]!;
  const own = middle(figures.all) - middle(figures.decode);
  console.log(`decoding ${middle(figures.decode).toFixed(2)} µs, registers ${own.toFixed(2)} µs a message`);
  const first = performance.now();
  let version = 0;
  let pieces = 0;
  for (let more = true; more; pieces += 1)
    ({ version, more } = values.registers.of(slots[0]!).changes(version, 1000));
  console.log(
    `a slot of ${registers} registers in ${pieces} pieces: ${(performance.now() - first).toFixed(2)} ms`,
  );
  expect(own).toBeLessThan(middle(figures.decode) * 2);
});

test('main: memory for 8 slots of 10,000 registers', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().heapUsed;
  const { events, values } = makeService();
  for (let index = 0; index < registers * 8; index += 1) {
    const decoded = decodeDatagram(datagramOf(index % 8, Math.floor(index / 8), index));
    if (!decoded.ok) throw new Error(decoded.error.message);
    events.message.emit({
      message: decoded.value,
      slot: slots[index % 8]!,
      run: null,
      receivedAt: 1,
    });
  }
  collect();
  const held = process.memoryUsage().heapUsed - before;
  expect(values.registers.of(slots[7]!).count).toBe(registers);
  console.log(`80,000 registers hold ${(held / 1e6).toFixed(1)} MB`);
});

const sender = `
import json, socket, sys, time
port, slots, per_second = int(sys.argv[1]), 8, 200
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
out.connect(('127.0.0.1', port))
def send(slot, number, value):
    out.send(json.dumps({'host': 'h', 'id': 'crate1slot%d' % (slot + 1), 'script': 's', 'time': time.time(), 'seq_no': value,
        'type': 'metadata', 'payload': {'path': 'AMCc.Base[%d].Register[%d]' % (number % 8, number), 'value': value * 0.5,
        'type': 'float'}}).encode())
sent = 0
for number in range(10000):
    for slot in range(slots):
        send(slot, number, 0)
    if number % 50 == 0:
        time.sleep(0.02)
print('filled', flush=True)
start = time.monotonic()
while True:
    while sent > (time.monotonic() - start) * slots * per_second:
        time.sleep(0.002)
    send(sent % slots, (sent // slots) % 300, sent)
    sent += 1
`;

/** Lengths of frames in milliseconds, over so many seconds. */
function frames(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(
    (length) =>
      new Promise<number[]>((done) => {
        const found: number[] = [];
        const begun = performance.now();
        let last = begun;
        const next = (now: number): void => {
          found.push(now - last);
          last = now;
          if (now - begun > length * 1000) done(found);
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    seconds,
  );
}

test('the window: frames of the Metadata tab at 1,600 messages a second', async () => {
  const list = slots.map((slot, index) => `      - { slot: ${index + 1}, publisher-id: ${slot} }`).join('\n');
  await writeFile(
    join(folder, 'crates.yaml'),
    `listener: { host: 127.0.0.1, port: 0 }\ncrates:\n  - name: crate1\n    slots:\n${list}\n`,
  );
  await writeFile(join(folder, 'sender.py'), sender);
  const { ELECTRON_RUN_AS_NODE: _node, ...environment } = process.env;
  const own = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const app = await _electron.launch({
    executablePath: process.execPath,
    args: [root, '--disable-gpu', '--no-sandbox'],
    env: { ...Object.fromEntries(own), SMURF_PANEL_HOME: folder },
  });
  const page = await app.firstWindow();
  const listener = page.getByRole('status', { name: 'Listener' }).filter({ hasText: /:\d+/ });
  const port = /:(\d+)/.exec(await listener.innerText())![1]!;
  const publishing = spawn('python3', [join(folder, 'sender.py'), port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(publishing.stdout, 'data');
    const say = (name: string, lengths: number[]): void => {
      const sorted = lengths.toSorted((a, b) => a - b);
      const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1);
      console.log(
        `${name}: ${sorted.length} frames, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
      );
    };
    await page.getByRole('button', { name: 'crate1slot1', exact: true }).click();
    say('Run tab', await frames(page, 15));
    await page.getByRole('tab', { name: 'Metadata', exact: true }).click();
    await page.getByLabel('Registers shown').filter({ hasText: '10,000' }).waitFor();
    say('Metadata tab, registers', await frames(page, 15));
    await page.getByRole('searchbox', { name: 'Find registers' }).fill('base[3] register');
    say('Metadata tab, filtered', await frames(page, 15));
    for (let number = 0; number < 8; number += 1) {
      const watched = {
        source: 'register',
        slot: slots[0],
        path: `AMCc.Base[${number}].Register[${number}]`,
      };
      await page.evaluate((wanted) => window.panel.call('values.pin', { watched: wanted }), watched);
    }
    await page.getByText('Charts').click();
    await page
      .getByRole('region', { name: /^Chart of/ })
      .first()
      .waitFor();
    say('Metadata tab, 8 charts', await frames(page, 15));
    const received = await page.getByText(/messages\/s/).innerText();
    console.log(`meanwhile ${received}`);
    expect(Number(received.replaceAll(',', '').split(' ')[0])).toBeGreaterThan(800);
  } finally {
    publishing.kill();
    await app.close();
  }
});
