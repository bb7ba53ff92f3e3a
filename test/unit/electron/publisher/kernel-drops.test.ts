import { describe, expect, test } from 'vitest';
import { readKernelDrops } from '../../../../electron/publisher/kernel-drops';
import { findPortHolder } from '../../../../electron/publisher/port-holder';
import { parseUdpTable } from '../../../../electron/publisher/proc-net-udp';
import { eventually } from '../../../fixtures/eventually';
import { closeSocket, openSocket, sendTo } from './udp';

describe('parseUdpTable', () => {
  test('reads ports, users, inodes and drops of both tables', () => {
    const table = [
      '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            ',
      '13287: 0100007F:4718 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 14614 2 000000006b874d2e 0         ',
      '  901: 00000000000000000000000000000000:2008 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 40112 2 0000000000000000 1234',
      'what is this',
      '',
    ].join('\n');
    expect(parseUdpTable(table)).toEqual([
      { port: 18200, userId: 0, inode: '14614', drops: 0 },
      { port: 8200, userId: 1000, inode: '40112', drops: 1234 },
    ]);
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('the kernel tells how many datagrams found no room', async () => {
    const receiver = await openSocket();
    const sender = await openSocket();
    receiver.setRecvBufferSize(2048);
    const { port } = receiver.address();
    expect(await readKernelDrops(port)).toBe(0);
    let received = 0;
    receiver.on('message', () => (received += 1));
    // All are sent before the event loop can take one, so that a buffer of two kilobytes must overflow.
    const total = 200;
    await Promise.all(Array.from({ length: total }, () => sendTo(sender, port, Buffer.alloc(1000))));
    await eventually(async () => expect(received + ((await readKernelDrops(port)) ?? 0)).toBe(total));
    expect(received).toBeLessThan(total);
    await closeSocket(sender);
    await closeSocket(receiver);
    expect(await readKernelDrops(port)).toBeNull();
  });

  test('a port that nobody holds has no holder', async () => {
    const socket = await openSocket();
    const { port } = socket.address();
    expect(await findPortHolder(port)).toContain(`(pid ${process.pid})`);
    await closeSocket(socket);
    expect(await findPortHolder(port)).toBeNull();
  });
});
