import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';

import { closeFollows, Copy, Follow, messagesIn, publishing, startRemotely } from './remote';
import type { Recorded } from './remote';
import { closeRuns, mountSmallDisk, pythons, SupervisedRun, waiting } from './supervised-run';
import type { Status } from './supervised-run';

afterEach(async () => {
  await closeFollows();
  await closeRuns();
});

async function messagesOf(run: SupervisedRun): Promise<Recorded[]> {
  return messagesIn(await readFile(join(run.folder, 'messages.rec')));
}

/** How many messages the run says were lost on the way to it. Only root gets a buffer for any burst. */
function toldAsLost(status: Status | null): number {
  const problem = status?.problems.find((one) => one.code === 'messages-dropped');
  return Number(/^\d+/.exec(problem?.message ?? '0')?.[0]);
}

/** Without root the kernel's own limit holds for the buffer, so that losses are possible, but told. */
const allowedLoss = process.getuid?.() === 0 ? 0 : Infinity;

async function sendTo(port: number, text: string): Promise<void> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((settle, fail) => {
      socket.send(text, port, '127.0.0.1', (error) => (error === null ? settle() : fail(error)));
    });
  } finally {
    socket.close();
  }
}

/** A port of loopback where nobody listens. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

const readPort = async (run: SupervisedRun): Promise<number> =>
  Number(/port (\d+)\n/.exec(await run.logContains('\n'))?.[1]);

/** A run that records what others send it, as a site's monitor would. */
async function startMonitor() {
  const monitor = await SupervisedRun.make(
    `${waiting}\nprint('port', os.environ['SMURFPUB_UDP_PORT'])\nuntil_go()\n`,
    { relay: { forward: null } },
  );
  monitor.start();
  return { monitor, port: await readPort(monitor) };
}

const flood = `
filling = 'x' * 440
def publish_all(count):
    for number in range(count):
        publish('%d %s' % (number, filling))
`;

function expectInOrder(messages: readonly Recorded[], count: number, lost: number): void {
  const numbers = messages.map((message) => Number(message.payload.split(' ')[0]));
  expect(numbers.length + lost).toBe(count);
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(messages.every((message) => message.payload.endsWith(' '.concat('x'.repeat(440))))).toBe(true);
  expect(lost).toBeLessThanOrEqual(allowedLoss);
}

describe('relay', () => {
  it('records 20,000 messages at full speed and forwards every one', async () => {
    const { monitor, port } = await startMonitor();
    const { run } = await startRemotely(`${publishing}${flood}\npublish_all(20000)\n`, {
      relay: { forward: ['localhost', port] },
    });
    const status = await run.statusWhen('the end', (now) => now.outputEnded);
    const messages = await messagesOf(run);
    expectInOrder(messages, 20_000, toldAsLost(status));
    expect(new Set(messages.map((message) => message.port)).size).toBe(1);
    for (const message of messages) {
      expect(message.time).toBeGreaterThanOrEqual((status.startedAt ?? Infinity) - 1);
      expect(message.time).toBeLessThanOrEqual((status.exit?.at ?? 0) + 5);
    }
    expect(status.problems.filter((problem) => problem.code === 'relay-forward-failed')).toEqual([]);
    await monitor.go();
    expect(await monitor.end()).toBe(0);
    const forwarded = await messagesOf(monitor);
    expectInOrder(forwarded, messages.length, toldAsLost(await monitor.status()));
    const wanted = new Set(messages.map((message) => message.payload));
    expect(forwarded.every((message) => wanted.has(message.payload))).toBe(true);
  });

  it('loses neither a message nor a byte when both come in a flood, followed from afar', async () => {
    const { run } = await startRemotely(
      `import sys\n${publishing}${flood}
line = b'y' * 63 + b'\\n'
if os.fork() == 0:
    publish_all(20000)
    os._exit(0)
for _ in range(2000):
    os.write(1, line * 1000)
os.wait()
`,
      { relay: { forward: null } },
    );
    const follow = new Follow(run.folder);
    expect(await follow.ended).toBe(0);
    const log = await run.log();
    expect(log.length).toBe(2000 * 1000 * 64);
    expect(follow.copy.file(1).equals(log)).toBe(true);
    expect(follow.end).toEqual(follow.copy.summary());
    expectInOrder(messagesIn(follow.copy.file(4)), 20_000, toldAsLost(follow.statuses.at(-1) ?? null));
  });

  it('is told to the script over what its environment says, and keeps any datagram as it is', async () => {
    const run = await SupervisedRun.make(
      `${publishing}
print(os.environ['SMURFPUB_UDP_HOST'], os.environ['SMURFPUB_UDP_PORT'])
publish('')
publisher.send(bytes(range(256)))
publisher.send(b'z' * 65507)
`,
      { relay: { forward: null }, env: { SMURFPUB_UDP_HOST: 'elsewhere', SMURFPUB_UDP_PORT: '8200' } },
    );
    expect(await run.start().end()).toBe(0);
    expect((await run.log()).toString()).toMatch(/^127\.0\.0\.1 \d+\n$/);
    expect((await run.log()).toString()).not.toContain('8200');
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value)).toString('latin1');
    const payloads = (await messagesOf(run)).map((message) => message.payload);
    expect(payloads).toEqual(['', bytes, 'z'.repeat(65_507)]);
    expect((await run.status())?.problems).toEqual([]);
  });

  it('keeps messages that come after the exit', async () => {
    const run = await SupervisedRun.make("import os\nprint('port', os.environ['SMURFPUB_UDP_PORT'])\n", {
      relay: { forward: null },
    });
    run.start();
    const port = await readPort(run);
    const status = await run.statusWhen('the exit', (now) => now.exit !== null);
    expect(status.outputEnded).toBe(false);
    await sendTo(port, 'late');
    expect(await run.end()).toBe(0);
    expect((await messagesOf(run)).map((message) => message.payload)).toEqual(['late']);
    const end = await run.status();
    expect(end?.exit).toEqual(status.exit);
    expect(end?.outputEnded).toBe(true);
  });
});

describe('a relay in trouble', () => {
  it('counts what it cannot forward because the host is not known', async () => {
    const run = await SupervisedRun.make(`${publishing}\nfor _ in range(5):\n    publish('message')\n`, {
      relay: { forward: ['no such host', 8200] },
    });
    expect(await run.start().end()).toBe(0);
    expect(await messagesOf(run)).toHaveLength(5);
    const status = await run.status();
    expect(status?.exit?.code).toBe(0);
    expect(status?.problems).toMatchObject([{ code: 'relay-forward-failed' }]);
    expect(status?.problems[0]?.message).toMatch(
      /^5 published messages were not forwarded to no such host port 8200: .+\.$/,
    );
  });

  it('says so while the run goes on, and goes on forwarding to a port where nobody listens', async () => {
    const run = await SupervisedRun.make(
      `${waiting}${publishing}
for _ in range(50):
    publish('message')
    time.sleep(0.002)
until_go()
`,
      { relay: { forward: ['127.0.0.1', await freePort()] } },
    );
    run.start();
    const status = await run.statusWhen('the problem', (now) => now.problems.length > 0);
    expect(status.exit).toBeNull();
    expect(status.problems[0]?.code).toBe('relay-forward-failed');
    expect(status.problems[0]?.message).toContain('Connection refused');
    await run.go();
    expect(await run.end()).toBe(0);
    expect(await messagesOf(run)).toHaveLength(50);
  });

  it('cannot be: relay-failed, and the script is not started', async () => {
    const run = await SupervisedRun.make("print('never')\n\n", { relay: { forward: null } });
    const path = join(run.folder, 'messages.rec');
    await mkdir(path);
    expect(await run.start().end()).toBe(1);
    expect((await run.status())?.failure).toEqual({
      code: 'relay-failed',
      path,
      message: `Published messages cannot be received on 127.0.0.1 and kept in ${path}: Is a directory.`,
    });
    expect((await run.log()).length).toBe(0);
  });

  it('keeps whole records on a full disk and counts the others', async (test) => {
    const draft = await SupervisedRun.make(`${publishing}${flood}\npublish_all(4000)\n`);
    const disk = join(draft.home, 'disk');
    if (!(await mountSmallDisk(disk))) {
      console.warn('NOT TESTED: full disk (mounting a tmpfs needs root)');
      test.skip();
    }
    try {
      const run = await SupervisedRun.make(draft.script, {
        folder: join(disk, 'run'),
        relay: { forward: null },
      });
      expect(await run.start().end()).toBe(0);
      const status = await run.status();
      expect(status).toMatchObject({ exit: { code: 0 }, outputEnded: true });
      expect(status?.problems).toMatchObject([{ code: 'messages-write-failed' }]);
      const lost = Number(/^\d+/.exec(status?.problems[0]?.message ?? '')?.[0]);
      const kept = await messagesOf(run);
      expect(kept.length).toBeGreaterThan(500);
      expect(kept.length + lost).toBe(4000);
    } finally {
      await execa('umount', ['-l', disk]);
    }
  });
});

describe('any Python from 3.6, from its text on standard input', async () => {
  it.each(await pythons())('starts, relays and is followed under $version', async ({ path }) => {
    const { run } = await startRemotely(
      `${waiting}${publishing}\nfor number in range(100):\n    publish(str(number))\nprint('ready')\nuntil_go()\n`,
      { python: path, relay: { forward: null } },
      { python: path },
    );
    const follow = new Follow(run.folder, new Copy(), { python: path });
    await follow.until('the output', () => follow.copy.file(1).toString() === 'ready\n');
    await run.go();
    expect(await follow.ended).toBe(0);
    expect(follow.statuses.at(-1)).toMatchObject({ exit: { code: 0 }, problems: [], outputEnded: true });
    expect(messagesIn(follow.copy.file(4)).map((message) => Number(message.payload))).toEqual(
      Array.from({ length: 100 }, (_, number) => number),
    );
    expect(follow.end).toEqual(follow.copy.summary());
  });
});
