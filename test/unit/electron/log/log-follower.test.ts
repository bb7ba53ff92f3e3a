import { mkdirSync, readdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LogFailure } from '../../../../electron/log/log-file';
import { LogFollower, pieceSize } from '../../../../electron/log/log-follower';
import { LogReader } from '../../../../electron/log/log-reader';
import { LogWriter, record } from '../../../fixtures/log-writer';
import { makeFolder, makeFollower, naiveLines, openFiles } from './support';
import { eventually } from '../../../fixtures/eventually';

function makeWriter(folder: string): LogWriter {
  const writer = new LogWriter(folder);
  onTestFinished(() => writer.close());
  return writer;
}

function makeReporting(folder: string): { follower: LogFollower; errors: LogFailure[] } {
  const errors: LogFailure[] = [];
  const follower = new LogFollower({
    folder,
    onGrowth: () => undefined,
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => follower.close());
  return { follower, errors };
}

async function readAll(folder: string, follower: LogFollower) {
  const reader = new LogReader(folder, follower);
  const { lines } = await reader.readWindow(0, 500);
  await reader.close();
  return lines;
}

describe('LogFollower', () => {
  it('finds what is written while it follows, from before the folder exists', async () => {
    const folder = join(makeFolder(), 'run');
    const onGrowth = vi.fn<() => void>();
    const follower = new LogFollower({ folder, onGrowth, onError: (error) => expect.fail(error.message) });
    onTestFinished(() => follower.close());
    follower.start();
    await follower.catchUp();
    expect([follower.lines, follower.bytes]).toEqual([0, 0]);
    mkdirSync(folder);
    const writer = makeWriter(folder);
    writer.write('one\n');
    await eventually(() => expect(follower.lines).toBe(1));
    writer.write('two\nthree');
    await eventually(() => expect(follower.lines).toBe(3));
    expect(follower.bytes).toBe(13);
    expect(onGrowth.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('reads all there is when asked, in pieces of at most 1 MiB', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const grown: number[] = [];
    const follower = new LogFollower({
      folder,
      onGrowth: () => grown.push(follower.bytes),
      onError: (error) => expect.fail(error.message),
    });
    onTestFinished(() => follower.close());
    writer.write(Buffer.alloc(3 * pieceSize + 5, 'line\n'));
    await follower.catchUp();
    expect(grown).toEqual([pieceSize, 2 * pieceSize, 3 * pieceSize, 3 * pieceSize + 5]);
    writer.write('more');
    await Promise.all([follower.catchUp(), follower.catchUp()]);
    expect(follower.bytes).toBe(writer.bytes);
  });

  it('leaves out bytes without a record until the output has ended', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    writer.write('known ', 2, 1_000_000_000_000);
    writer.writeLog('unknown\nrest');
    await follower.catchUp();
    expect(follower.bytes).toBe(6);
    await follower.finish();
    expect(await readAll(folder, follower)).toEqual([
      { index: 0, text: 'known ', stream: 2, time: 1_000_000_000_000, omitted: 0 },
      { index: 1, text: 'unknown', stream: 1, time: null, omitted: 0 },
      { index: 2, text: 'rest', stream: 1, time: null, omitted: 0 },
    ]);
  });

  it('does not take half a record for one', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    const torn = record(0, 1_000_000_000_000, 6, 2);
    writer.writeLog('hello\n');
    writer.writeRecords(torn.subarray(0, 13));
    await follower.catchUp();
    expect(follower.bytes).toBe(0);
    writer.writeRecords(torn.subarray(13));
    await follower.catchUp();
    expect(await readAll(folder, follower)).toMatchObject([
      { text: 'hello', stream: 2, time: 1_000_000_000_000 },
    ]);
  });

  it('ends with a torn last record as it does without it', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    writer.write('a\n', 2);
    writer.writeLog('b\n');
    writer.writeRecords(record(2, 1_000_000_000_000, 2, 2).subarray(0, 23));
    const follower = makeFollower(folder);
    await follower.finish();
    expect(await readAll(folder, follower)).toMatchObject([
      { text: 'a', stream: 2 },
      { text: 'b', stream: 1, time: null },
    ]);
  });

  it('waits for bytes whose record came first, as where the files are copied', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    writer.writeRecords(record(0, 1_000_000_000_000, 8, 2));
    writer.writeLog('ab');
    await follower.catchUp();
    expect(follower.bytes).toBe(2);
    writer.writeLog('cd\nef\n');
    await follower.catchUp();
    expect(await readAll(folder, follower)).toMatchObject([
      { text: 'abcd', stream: 2 },
      { text: 'ef', stream: 2 },
    ]);
  });

  it('takes a gap between two records for stdout at an unknown time', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    const chunks = [
      { bytes: Buffer.from('err\npart'), stream: 2, time: 1_000_000_000_000 },
      { bytes: Buffer.from('lost\nmore'), stream: 2, time: null },
      { bytes: Buffer.from(' joins\nend'), stream: 1, time: 1_000_000_001_000 },
    ] as const;
    for (const chunk of chunks) writer.writeChunk(chunk);
    await follower.catchUp();
    expect(await readAll(folder, follower)).toEqual(naiveLines(chunks));
  });

  it.each([
    ['overlaps another', record(1, 1_000_000_000_000, 3, 2)],
    ['names no stream', record(2, 1_000_000_000_000, 3, 7)],
    ['is nowhere', record(Number.NaN, 1_000_000_000_000, 3, 2)],
  ])('shows the rest without times where a record %s, and says so once', async (_case, broken) => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const { follower, errors } = makeReporting(folder);
    writer.write('a\n', 2);
    writer.writeLog('bc\n');
    writer.writeRecords(broken);
    await follower.catchUp();
    writer.writeLog('d\n');
    await follower.catchUp();
    expect(await readAll(folder, follower)).toMatchObject([
      { text: 'a', stream: 2 },
      { text: 'bc', stream: 1, time: null },
      { text: 'd', stream: 1, time: null },
    ]);
    expect(errors.map(({ code }) => code)).toEqual(['log-records-corrupt']);
    expect(errors[0]?.message).toContain(join(folder, 'output.idx'));
  });

  it('says once that the log was cut, and keeps its count', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const { follower, errors } = makeReporting(folder);
    writer.write('a\nb\n');
    await follower.catchUp();
    truncateSync(join(folder, 'output.log'), 1);
    await follower.catchUp();
    await follower.catchUp();
    expect(errors.map(({ code }) => code)).toEqual(['log-shrunk']);
    expect(follower.lines).toBe(2);
    await follower.finish();
    expect(readdirSync(folder)).not.toContain('lines.idx');
  });

  it('says once that a log cannot be read', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'output.log'));
    const { follower, errors } = makeReporting(folder);
    writeFileSync(join(folder, 'output.idx'), record(0, 1_000_000_000_000, 2, 1));
    await follower.catchUp();
    await follower.catchUp();
    expect(errors.map(({ code }) => code)).toEqual(['log-unreadable']);
    expect(errors[0]?.message).toContain(join(folder, 'output.log'));
  });

  it('releases its handles and its watch when it is closed', async () => {
    const folder = makeFolder();
    const writer = new LogWriter(folder);
    const follower = makeFollower(folder);
    writer.write('a\n');
    follower.start();
    await follower.catchUp();
    writer.close();
    expect(openFiles(folder)).toHaveLength(2);
    const reading = follower.catchUp();
    await follower.close();
    await reading;
    expect(openFiles(folder)).toEqual([]);
    const later = makeWriter(folder);
    later.write('b\n');
    await follower.catchUp();
    expect(follower.lines).toBe(1);
  });

  it('reads a log that was replaced by another file from its beginning', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    writer.write('old one\nold two\n');
    const follower = makeFollower(folder);
    await follower.catchUp();
    const reader = new LogReader(folder, follower);
    onTestFinished(() => reader.close());
    expect((await reader.readWindow(0, 5)).lines.map(({ text }) => text)).toEqual(['old one', 'old two']);
    const replacement = makeFolder();
    const anew = makeWriter(replacement);
    anew.write('new one\n', 2);
    anew.write('new two\nnew three\n');
    for (const name of ['output.log', 'output.idx']) renameSync(join(replacement, name), join(folder, name));
    await follower.catchUp();
    expect(follower.lines).toBe(3);
    const { lines } = await reader.readWindow(0, 5);
    expect(lines.map(({ text, stream }) => `${stream} ${text}`)).toEqual([
      '2 new one',
      '1 new two',
      '1 new three',
    ]);
    anew.write('goes on\n');
    await follower.catchUp();
    expect(follower.lines).toBe(4);
  });

  it('tells the newest progress bar of the output', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    writer.write('up\n');
    await follower.catchUp();
    expect(follower.bar).toBeNull();
    writer.write('\rIV:  37%|###7      | 37/100 [00:12<00:20,  3.10it/s]', 2);
    await follower.catchUp();
    expect(follower.bar).toMatchObject({ description: 'IV', percent: 37 });
  });

  it('ends once however often it is told', async () => {
    const folder = makeFolder();
    const writer = makeWriter(folder);
    const follower = makeFollower(folder);
    writer.write('a\n');
    await Promise.all([follower.finish(), follower.finish()]);
    expect(follower.lines).toBe(1);
    expect(readdirSync(folder).toSorted()).toEqual(['lines.idx', 'output.idx', 'output.log']);
  });

  it('ends without files where the output was discarded', async () => {
    const folder = makeFolder();
    const follower = makeFollower(folder);
    await follower.finish();
    expect(follower.lines).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
