import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { DatagramListener, type DatagramListenerOptions } from '../../../../electron/publisher/listener';
import { findPortHolder } from '../../../../electron/publisher/port-holder';
import type { ListenerState } from '../../../../shared/domain/listener';
import { eventually } from '../../../fixtures/eventually';
import { closeSocket, openSocket, sendTo } from './udp';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Watched {
  readonly listener: DatagramListener;
  readonly states: ListenerState[];
  readonly datagrams: Buffer[];
}

function listen(options: Partial<DatagramListenerOptions> = {}): Watched {
  const states: ListenerState[] = [];
  const datagrams: Buffer[] = [];
  const listener = new DatagramListener({
    host: '127.0.0.1',
    port: 0,
    onDatagram: (bytes) => datagrams.push(bytes),
    onState: (state) => states.push(state),
    findHolder: findPortHolder,
    retryEveryMs: 20,
    ...options,
  });
  closing.push(() => listener.close());
  return { listener, states, datagrams };
}

async function hold(port = 0): Promise<{ port: number; release: () => Promise<void> }> {
  const socket = await openSocket(port);
  let held = true;
  const release = async (): Promise<void> => {
    if (held) await closeSocket(socket);
    held = false;
  };
  closing.push(release);
  return { port: socket.address().port, release };
}

async function sender(): Promise<(port: number, datagram: string | Uint8Array) => Promise<void>> {
  const socket = await openSocket();
  closing.push(() => closeSocket(socket));
  return (port, datagram) => sendTo(socket, port, datagram);
}

describe('DatagramListener', () => {
  test('listens on a port of the system, with the buffer that it says', async () => {
    const { listener, states, datagrams } = listen();
    await listener.open();
    expect(listener.port).toBeGreaterThan(0);
    expect(states.map((state) => state.state)).toEqual(['starting', 'listening']);
    const [, listening] = states;
    // The kernel's default is about 200 KiB: more was asked for and granted, but no more than was asked for.
    if (listening?.state !== 'listening') throw new Error('not listening');
    expect(listening.receiveBuffer).toBeGreaterThanOrEqual(100 * 1024);
    expect(listening.receiveBuffer).toBeLessThanOrEqual(8 * 1024 * 1024);

    const send = await sender();
    await send(listener.port, 'hello');
    await eventually(() => expect(datagrams.map(String)).toEqual(['hello']));
  });

  test('takes datagrams of any size whole', async () => {
    const { listener, datagrams } = listen();
    await listener.open();
    const send = await sender();
    const sizes = [0, 1, 8192, 8193, 64_000, 65_507];
    for (const size of sizes) await send(listener.port, Buffer.alloc(size, 'x'));
    await eventually(() => expect(datagrams.map((bytes) => bytes.length)).toEqual(sizes));
  });

  test('names the holder of a port in use, and has the port once it is free', async () => {
    const { port, release } = await hold();
    const { listener, states } = listen({ port });
    await listener.open();
    const [, inUse] = states;
    if (inUse?.state !== 'port-in-use') throw new Error(`state is ${inUse?.state}`);
    const told = process.platform === 'linux' ? `(pid ${process.pid})` : 'null';
    expect(String(inUse.holder)).toContain(told);
    expect(inUse.retryAt).toBeGreaterThan(Date.now() - 60_000);
    // Still taken at the next attempt.
    await eventually(() =>
      expect(states.filter((state) => state.state === 'port-in-use').length).toBeGreaterThan(1),
    );
    await release();
    await eventually(() => expect(states.at(-1)?.state).toBe('listening'));
    expect(listener.port).toBe(port);
  });

  test.runIf(process.platform === 'linux')('names another program that holds the port', async () => {
    const program =
      'import socket,sys; s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.bind(("0.0.0.0",0)); print(s.getsockname()[1],flush=True); sys.stdin.read()';
    const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    closing.push(async () => {
      child.stdin.end();
      await exited;
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { listener, states } = listen({ port: Number(line.toString()) });
    await listener.open();
    expect(states.at(-1)).toMatchObject({ state: 'port-in-use', holder: `python3 (pid ${child.pid})` });
  });

  test('says why it failed, and tries again', async () => {
    // 192.0.2.0/24 is kept for documentation: no machine has such an address.
    const { listener, states } = listen({ host: '192.0.2.1', port: 8200 });
    await listener.open();
    expect(states.at(-1)).toMatchObject({
      state: 'failed',
      message:
        'UDP port 8200 on 192.0.2.1 cannot be opened: this machine has no such address (EADDRNOTAVAIL)',
    });
    await eventually(() =>
      expect(states.filter((state) => state.state === 'failed').length).toBeGreaterThan(1),
    );
  });

  test('frees the port when closed, and is silent from then on', async () => {
    const { listener, states } = listen();
    await listener.open();
    const { port } = listener;
    await listener.close();
    const before = states.length;
    await (await hold(port)).release();
    expect(states).toHaveLength(before);
  });

  test('can be closed while it binds and while it waits to try again', async () => {
    const opening = listen();
    const opened = opening.listener.open();
    await opening.listener.close();
    await opened;
    expect(opening.states.map((state) => state.state)).toEqual(['starting']);

    const { port, release } = await hold();
    const waiting = listen({ port, retryEveryMs: 60_000 });
    await waiting.listener.open();
    await waiting.listener.close();
    await release();
    expect(waiting.states.at(-1)?.state).toBe('port-in-use');
  });

  test('tries no more once closed: another listener that waits gets the port', async () => {
    const { port, release } = await hold();
    const first = listen({ port, retryEveryMs: 300 });
    await first.listener.open();
    const second = listen({ port, retryEveryMs: 300 });
    await second.listener.open();
    // The first one's attempt would have come before the second one's.
    await first.listener.close();
    await release();
    await eventually(() => expect(second.states.at(-1)?.state).toBe('listening'));
  });

  test('does not share a port with another listener', async () => {
    const first = listen();
    await first.listener.open();
    const second = listen({ port: first.listener.port, retryEveryMs: 60_000 });
    await second.listener.open();
    expect(second.states.at(-1)?.state).toBe('port-in-use');
  });
});
