import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogReader } from '../../../../electron/log/log-reader';
import type { LogFollower } from '../../../../electron/log/log-follower';
import { LogWriter, record } from '../../../fixtures/log-writer';
import { chunksArbitrary, makeFolder, makeFollower, naiveLines, openFiles } from './support';

interface OpenedLog {
  readonly folder: string;
  readonly writer: LogWriter;
  readonly follower: LogFollower;
  readonly reader: LogReader;
}

function openLog(): OpenedLog {
  const folder = makeFolder();
  const writer = new LogWriter(folder);
  const follower = makeFollower(folder);
  const reader = new LogReader(folder, follower);
  onTestFinished(async () => {
    writer.close();
    await reader.close();
  });
  return { folder, writer, follower, reader };
}

/** Bytes that this process has read from files and sockets so far. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

describe('LogReader', () => {
  it('reads any window as splitting the whole log would', async () => {
    await fc.assert(
      fc.asyncProperty(
        chunksArbitrary,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 500 })), { maxLength: 5 }),
        async (chunks, windows) => {
          const { writer, follower, reader } = openLog();
          for (const chunk of chunks) writer.writeChunk(chunk);
          await follower.catchUp();
          const expected = naiveLines(chunks);
          expect(follower.bytes).toBe(writer.bytes);
          const all = [];
          for (let first = 0; first <= expected.length; first += 500) {
            const { total, lines } = await reader.readWindow(first, 500);
            expect(total).toBe(expected.length);
            all.push(...lines);
          }
          expect(all).toEqual(expected);
          for (const [place, count] of windows) {
            const first = place % (expected.length + 2);
            const { lines } = await reader.readWindow(first, count);
            expect(lines).toEqual(expected.slice(first, first + count));
          }
          await reader.close();
          await follower.close();
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('shows a growing log as far as it is indexed', async () => {
    await fc.assert(
      fc.asyncProperty(chunksArbitrary, async (chunks) => {
        const { writer, follower, reader } = openLog();
        for (const [position, chunk] of chunks.entries()) {
          writer.writeChunk(chunk);
          // One window is under way while the index grows beneath it.
          const before = naiveLines(chunks.slice(0, position)).slice(-100);
          const reading = reader.readWindow(Math.max(0, follower.lines - 100), 100);
          const [{ lines }] = await Promise.all([reading, follower.catchUp()]);
          expect(lines).toEqual(before);
        }
        expect((await reader.readWindow(Math.max(0, follower.lines - 100), 100)).lines).toEqual(
          naiveLines(chunks).slice(-100),
        );
        await reader.close();
        await follower.close();
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('has nothing to show of an empty log, or of none', async () => {
    const { reader, follower } = openLog();
    expect(await reader.readWindow(0, 100)).toEqual({ total: 0, lines: [] });
    const absent = new LogReader(`${makeFolder()}/absent`, follower);
    onTestFinished(() => absent.close());
    expect(await absent.readWindow(0, 100)).toEqual({ total: 0, lines: [] });
  });

  it('marks the stream and the time of each line', async () => {
    const { writer, follower, reader } = openLog();
    writer.write('measuring', 1, 1_000_000_000_250);
    writer.write('Traceback\n', 2, 1_000_000_000_500);
    writer.write(' done\r\nnext', 1, 1_000_000_001_000);
    writer.write(' line\n', 1, 1_000_000_002_000);
    await follower.catchUp();
    expect((await reader.readWindow(0, 10)).lines).toEqual([
      { index: 0, text: 'measuring', stream: 1, time: 1_000_000_000_250, omitted: 0 },
      { index: 1, text: 'Traceback', stream: 2, time: 1_000_000_000_500, omitted: 0 },
      { index: 2, text: ' done', stream: 1, time: 1_000_000_001_000, omitted: 0 },
      { index: 3, text: 'next line', stream: 1, time: 1_000_000_001_000, omitted: 0 },
    ]);
  });

  it('carries a colour that a line leaves open into the next ones, as a terminal does', async () => {
    const { writer, follower, reader } = openLog();
    writer.write('plain\n\u001B[31mred\nstill red\u001B[1m\n', 1);
    writer.write('bold red\u001B[0m\nplain again\n', 2);
    await follower.catchUp();
    const styles = async (first: number): Promise<(string | undefined)[]> =>
      (await reader.readStyled(first, 10)).lines.map(({ style }) => style);
    const all = [undefined, undefined, '\u001B[0;38;5;1m', '\u001B[0;1;38;5;1m', undefined];
    expect(await styles(0)).toEqual(all);
    expect(await styles(2)).toEqual(all.slice(2));
    expect(await styles(3)).toEqual(all.slice(3));
    expect((await reader.readStyled(2, 1)).lines).toHaveLength(1);
    expect((await reader.readStyled(2, 0)).lines).toEqual([]);
  });

  it('joins a code point that came in two chunks', async () => {
    const { writer, follower, reader } = openLog();
    const euro = Buffer.from('€');
    writer.write(euro.subarray(0, 1));
    writer.write(euro.subarray(1));
    await follower.catchUp();
    expect((await reader.readWindow(0, 1)).lines[0]?.text).toBe('€');
  });

  it('reads little to show what stands among lines of 5 MB', async () => {
    const { writer, follower, reader } = openLog();
    const long = Buffer.alloc(5_000_000, 'x');
    for (let line = 0; line < 10; line += 1) {
      writer.write(long, 1, 1_000_000_000_000 + line);
      writer.write(`\nshort ${line}\n`, 1, 1_100_000_000_000 + line);
    }
    await follower.catchUp();
    const before = bytesRead();
    const { lines } = await reader.readWindow(0, 20);
    const read = bytesRead() - before;
    expect(lines.map(({ text }) => text.slice(0, 8))).toEqual(
      Array.from({ length: 20 }, (_, line) => (line % 2 === 0 ? 'xxxxxxxx' : `short ${(line - 1) / 2}`)),
    );
    expect(lines[18]).toMatchObject({ omitted: 5_000_000 - 8192, time: 1_000_000_000_009 });
    expect(lines[19]).toMatchObject({ omitted: 0, time: 1_100_000_000_009 });
    expect(read).toBeLessThan(4_000_000);
  });

  it('finds records far into a log of many small chunks', async () => {
    const { writer, follower, reader } = openLog();
    const count = 50_000;
    const records: Buffer[] = [];
    for (let chunk = 0; chunk < count; chunk += 1) {
      records.push(record(chunk * 8, 1_000_000_000_000 + chunk, 8, chunk % 3 === 0 ? 2 : 1));
    }
    writer.writeLog(
      Array.from({ length: count }, (_, chunk) => `${String(chunk).padStart(7, '0')}\n`).join(''),
    );
    writer.writeRecords(Buffer.concat(records));
    await follower.catchUp();
    for (const first of [0, 1023, 1024, 31_337, count - 2, 5, 16_384]) {
      const { lines } = await reader.readWindow(first, 2);
      expect(lines).toEqual(
        [first, first + 1].map((chunk) => ({
          index: chunk,
          text: String(chunk).padStart(7, '0'),
          stream: chunk % 3 === 0 ? 2 : 1,
          time: 1_000_000_000_000 + chunk,
          omitted: 0,
        })),
      );
    }
  });

  it('releases its handles when it is closed, after the windows under way', async () => {
    const { folder, writer, follower, reader } = openLog();
    writer.write('a\n');
    await follower.finish();
    writer.close();
    expect(openFiles(folder)).toEqual([]);
    await reader.readWindow(0, 1);
    expect(openFiles(folder)).toHaveLength(2);
    const underWay = reader.readWindow(0, 1);
    await reader.close();
    expect(openFiles(folder)).toEqual([]);
    expect((await underWay).lines[0]?.text).toBe('a');
    await expect(reader.readWindow(0, 1)).rejects.toThrow('after it was closed');
  });
});
