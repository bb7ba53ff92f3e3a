import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, inflateSync } from 'node:zlib';

import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { closeRuns, demoScripts, eventually, SupervisedRun } from './supervised-run';

const envelope = z.strictObject({
  host: z.string(),
  id: z.literal('crate1slot2'),
  script: z.string(),
  time: z.number(),
  seq_no: z.int(),
  type: z.string(),
  payload: z.unknown(),
});
type Message = z.infer<typeof envelope>;

/** A monitor on a real socket. */
class Monitor {
  readonly texts: string[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('message', (bytes) => this.texts.push(bytes.toString()));
  }

  static async open(): Promise<Monitor> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const monitor = new Monitor(socket);
    monitors.push(monitor);
    return monitor;
  }

  environment(home: string): Record<string, string> {
    return {
      SMURFPUB_BACKEND: 'udp',
      SMURFPUB_ID: 'crate1slot2',
      SMURFPUB_UDP_HOST: '127.0.0.1',
      SMURFPUB_UDP_PORT: String(this.socket.address().port),
      SMURF_DEMO_DATA: home,
    };
  }

  /** All messages up to `stop`. NaN and Infinity become strings: only bare ones stand after a space here. */
  async messages(): Promise<Message[]> {
    await eventually('stop', () => this.texts.some((text) => text.includes('"type": "stop"')));
    return this.texts.map((text) =>
      envelope.parse(JSON.parse(text.replaceAll(/(?<=[ [])(NaN|-?Infinity)(?=[,\]}])/g, '"$1"'))),
    );
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}

const monitors: Monitor[] = [];
afterEach(async () => {
  await closeRuns();
  for (const monitor of monitors.splice(0)) await monitor.close();
});

/** Runs a demo script under the supervisor with a monitor. */
async function start(
  script: string,
  args: readonly string[],
): Promise<{ run: SupervisedRun; monitor: Monitor }> {
  const monitor = await Monitor.open();
  const run = await SupervisedRun.make(join(demoScripts, script), { args, env: monitor.environment('data') });
  return { run: run.start(), monitor };
}

function sessionData(messages: readonly Message[]): Record<string, unknown> {
  const all = messages.filter((message) => message.type === 'session_data').map((message) => message.payload);
  return Object.assign({}, ...all) as Record<string, unknown>;
}

const dataFile = z.strictObject({
  path: z.string(),
  type: z.string(),
  format: z.string(),
  timestamp: z.number(),
  action: z.string(),
  action_ts: z.string().regex(/^\d+$/),
  plot: z.boolean(),
  pysmurf_version: z.string(),
});

function files(messages: readonly Message[]): z.infer<typeof dataFile>[] {
  return messages
    .filter((message) => message.type === 'data_file')
    .map((message) => dataFile.parse(message.payload));
}

function expectConsecutive(messages: readonly Message[]): void {
  expect(messages[0]).toMatchObject({ type: 'start', payload: {} });
  expect(messages.at(-1)).toMatchObject({ type: 'stop', payload: {} });
  expect(messages.map((message) => message.seq_no)).toEqual(messages.map((_, place) => place));
}

/** Reads a PNG chunk by chunk: signature, lengths, checksums and the size of the picture's bytes. */
function checkPng(bytes: Buffer): { width: number; height: number } {
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const names: string[] = [];
  const parts: Buffer[] = [];
  let place = 8;
  while (place < bytes.length) {
    const length = bytes.readUInt32BE(place);
    const name = bytes.toString('latin1', place + 4, place + 8);
    expect(bytes.readUInt32BE(place + 8 + length)).toBe(crc32(bytes.subarray(place + 4, place + 8 + length)));
    if (name === 'IDAT') parts.push(bytes.subarray(place + 8, place + 8 + length));
    names.push(name);
    place += 12 + length;
  }
  expect(place).toBe(bytes.length);
  expect(names).toEqual(['IHDR', 'IDAT', 'IEND']);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  expect(inflateSync(Buffer.concat(parts)).length).toBe(height * (1 + 3 * width));
  return { width, height };
}

describe('take_iv', () => {
  it('publishes like a control script', async () => {
    const { run, monitor } = await start('take_iv.py', ['--bands', '0', '3', '--wait', '0']);
    expect(await run.end()).toBe(0);
    expect((await run.status())?.exit?.code).toBe(0);
    const messages = await monitor.messages();
    expectConsecutive(messages);
    const noise = monitor.texts.find((text) => text.includes('noise_pA_rtHz'));
    expect(noise).toMatch(/[[ ]NaN[,\]]/);
    expect(monitor.texts.some((text) => text.includes('"df_up_Hz": Infinity}'))).toBe(true);
    expect(sessionData(messages)).toMatchObject({ bands_done: [0, 3], progress: 1, df_up_Hz: 'Infinity' });
    expect(sessionData(messages)['active_channels']).toHaveLength(1588);
    expect(messages.filter((message) => message.type === 'session_log').length).toBeGreaterThan(2);
    expect(
      messages.filter((message) => message.type === 'metadata').map((message) => message.payload),
    ).toContainEqual({
      path: 'AMCc.SmurfProcessor.ChannelMapper.Mask',
      value: Array.from({ length: 16 }, (_, n) => n),
      type: 'ndarray',
    });
    const [data, plot] = files(messages);
    expect(data).toMatchObject({ format: 'npy', action: 'take_iv', plot: false });
    expect(plot).toMatchObject({ format: 'png', action: 'take_iv', plot: true, action_ts: data?.action_ts });
    const array = await readFile(data?.path ?? '');
    expect(array.subarray(0, 8)).toEqual(Buffer.from('\x93NUMPY\x01\x00', 'latin1'));
    const header = array.readUInt16LE(8);
    expect((10 + header) % 64).toBe(0);
    expect(array.length - 10 - header).toBe(73 * 3 * 8);
    expect(checkPng(await readFile(plot?.path ?? ''))).toEqual({ width: 900, height: 600 });
    expect((await run.stream(1)).toString()).toMatch(/bias lines set to 0 V\n$/);
    const progress = (await run.stream(2)).toString();
    expect(progress).toContain('\r100%|########################| 73/73 [');
    expect(progress).toContain('WARNING: band 3');
  });

  it('sets the bias lines to 0 V and says stop after an interrupt', async () => {
    const { run, monitor } = await start('take_iv.py', ['--wait', '30']);
    await run.logContains('WARNING: band 0');
    await run.signal('INT');
    expect(await run.end()).toBe(0);
    expect((await run.stream(1)).toString()).toMatch(/bias lines set to 0 V\n$/);
    expect((await run.stream(2)).toString()).toContain('KeyboardInterrupt');
    expectConsecutive(await monitor.messages());
  });

  it('is the same for the same seed, but for times and paths', async () => {
    const results: Record<string, unknown>[] = [];
    for (const seed of ['5', '5', '6']) {
      const { run, monitor } = await start('take_iv.py', ['--wait', '0', '--no-plot', '--seed', seed]);
      await run.end();
      const data = sessionData(await monitor.messages());
      results.push({ noise: data['noise_pA_rtHz'], quality: data['median_q'] });
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).not.toEqual(results[0]);
  });
});

describe('the other demo scripts', () => {
  it('take_noise registers a plot without format and data without extension', async () => {
    const { run, monitor } = await start('take_noise.py', ['--duration', '0']);
    await run.end();
    const messages = await monitor.messages();
    expectConsecutive(messages);
    const [data, plot] = files(messages);
    expect(plot).toMatchObject({ plot: true, format: '' });
    checkPng(await readFile(plot?.path ?? ''));
    expect((await readFile(`${data?.path ?? ''}.npy`)).length).toBe(128 + 200 * 2 * 8);
  });

  it('take_noise writes every kind of file in one action: plots per channel, text, SVG, arrays, and a missing one', async () => {
    const { run, monitor } = await start('take_noise.py', [
      '--duration',
      '0',
      '--channels',
      '16',
      '--plots',
      '9',
    ]);
    await run.end();
    const messages = await monitor.messages();
    expectConsecutive(messages);
    const registered = files(messages);
    expect(new Set(registered.map((file) => `${file.action_ts} ${file.action}`)).size).toBe(1);
    // Channel 5 has no level, and so no plot.
    const channels = registered.filter((file) => file.type === 'noise_channel_plot');
    expect(channels.map((file) => /channel_(\d+)\.png$/.exec(file.path)?.[1])).toEqual([
      '000',
      '001',
      '002',
      '003',
      '004',
      '006',
      '007',
      '008',
    ]);
    for (const { path } of channels) checkPng(await readFile(path));
    const one = (type: string): string => registered.find((file) => file.type === type)?.path ?? '';
    checkPng(await readFile(one('noise_overview')));
    expect(one('noise_overview')).not.toContain('.png');
    expect(await readFile(one('noise_levels_plot'), 'utf8')).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(await readFile(one('noise_levels_table'), 'utf8')).toMatch(/\n {6}7 +\d+\.\d\d {2}noisy\n/);
    expect((await readFile(one('noise_levels'))).length).toBe(128 + 16 * 8);
    await expect(readFile(one('raw_timestream'))).rejects.toMatchObject({ code: 'ENOENT' });
    const levels = sessionData(messages)['noise_pA_rtHz'] as (number | string)[];
    const numbers = levels.filter((level) => typeof level === 'number');
    expect(Math.max(...numbers)).toBe(levels[7]);
  });

  it('take_dc_squid_curve sweeps, plots each band, and sets the flux bias to 0 also after an interrupt', async () => {
    const { run, monitor } = await start('take_dc_squid_curve.py', [
      '-b',
      '0',
      '3',
      '--wait',
      '0',
      '--bias-group',
      '2',
    ]);
    expect(await run.end()).toBe(0);
    expect((await run.status())?.exit?.code).toBe(0);
    const messages = await monitor.messages();
    expectConsecutive(messages);
    expect(sessionData(messages)).toMatchObject({ progress: 1, bands: [0, 3] });
    const [data, ...plots] = files(messages);
    expect((await readFile(data?.path ?? '')).length).toBe(128 + 3 * 60 * 8);
    expect(plots.map((plot) => /band_(\d)\.png$/.exec(plot.path)?.[1])).toEqual(['0', '3']);
    for (const plot of plots) checkPng(await readFile(plot.path));
    const registers = messages
      .filter((message) => message.type === 'metadata')
      .map((message) => message.payload);
    expect(registers.at(-1)).toMatchObject({
      path: expect.stringContaining('FluxBias[2]') as string,
      value: 0,
    });
    expect((await run.stream(2)).toString()).toMatch(/flux bias: 100%\|#{20}\| 60\/60 \[/);

    const { run: aborted } = await start('take_dc_squid_curve.py', ['--wait', '30']);
    await aborted.logContains('Taking DC SQUID curves');
    await aborted.signal('INT');
    await aborted.end();
    expect((await aborted.stream(1)).toString()).toMatch(/Flux bias set to 0\n$/);
  });

  it('tune_squids reports every stage of every band', async () => {
    const { run, monitor } = await start('tune_squids.py', ['--bands', '2', '5', '--stage-time', '0']);
    await run.end();
    const messages = await monitor.messages();
    expectConsecutive(messages);
    expect(messages.filter((message) => message.type === 'session_log')).toHaveLength(10);
    expect(sessionData(messages)).toMatchObject({ tune_ok: true, progress: 1 });
    expect(Object.keys(sessionData(messages)['resonances'] as object)).toEqual(['2', '5']);
  });

  it('health_check prints colours and ends well', async () => {
    const { run, monitor } = await start('health_check.py', []);
    await run.end();
    expect((await run.status())?.exit?.code).toBe(0);
    const log = (await run.log()).toString();
    expect(log).toContain('\x1b[32mPASS\x1b[0m');
    expect(log).toContain('\x1b[31mFAIL\x1b[0m');
    expectConsecutive(await monitor.messages());
  });

  it.each([
    ['1', [] as string[]],
    ['42', ['--exit-code', '42']],
  ])('fail_midway ends with a traceback and code %s', async (code, args) => {
    const { run, monitor } = await start('fail_midway.py', ['--delay', '0', ...args]);
    await run.end();
    expect((await run.status())?.exit?.code).toBe(Number(code));
    expect((await run.stream(2)).toString()).toMatch(
      /^Traceback \(most recent call last\):[^]*KeyError: 'band 3'\n$/,
    );
    expectConsecutive(await monitor.messages());
  });

  it('flood_output numbers its lines over both streams', async () => {
    const { run } = await start('flood_output.py', ['--lines', '5000']);
    await run.end();
    const numbers = async (stream: 1 | 2): Promise<number[]> =>
      [...(await run.stream(stream)).toString().matchAll(/^line (\d{9}) of 5000$/gm)].map((match) =>
        Number(match[1]),
      );
    const all = Array.from({ length: 5000 }, (_, place) => place + 1);
    expect(await numbers(1)).toEqual(all.filter((number) => number % 100 !== 0));
    expect(await numbers(2)).toEqual(all.filter((number) => number % 100 === 0));
  });

  it('flood_messages mixes kinds, sends a large one whole and drops one that is too large', async () => {
    const { run, monitor } = await start('flood_messages.py', ['--count', '90', '--large', '--oversize']);
    await run.end();
    const messages = await monitor.messages();
    const count = (type: string): number => messages.filter((message) => message.type === type).length;
    expect([count('session_data'), count('general'), count('metadata')]).toEqual([30, 31, 30]);
    const large = monitor.texts.find((text) => text.includes('LLL'))?.length;
    expect(large).toBeGreaterThan(60_000);
    expect(large).toBeLessThan(64_000);
    const error = messages.findIndex((message) => message.type === 'backend_error');
    const message: unknown = expect.stringMatching(
      /^Backend error: dropped large UDP packet \(70\d{3} bytes\)\.$/,
    );
    expect(messages[error]?.payload).toEqual({ message });
    // The dropped message used up its number.
    expect((messages[error]?.seq_no ?? 0) - (messages[error - 1]?.seq_no ?? 0)).toBe(2);
  });

  it.each([
    'take_iv',
    'take_noise',
    'take_dc_squid_curve',
    'tune_squids',
    'health_check',
    'fail_midway',
    'hang',
    'flood_output',
    'flood_messages',
  ])('%s explains itself', async (name) => {
    const { stdout } = await execa('python3', [join(demoScripts, `${name}.py`), '--help']);
    expect(stdout).toContain('usage:');
    const source = await readFile(join(demoScripts, `${name}.py`), 'utf8');
    expect(source).toMatch(/^"""[A-Z][^]*?"""\n/);
  });
});
