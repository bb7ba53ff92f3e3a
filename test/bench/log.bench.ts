import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogService } from '../../electron/log/log-service';
import { LogFollower } from '../../electron/log/log-follower';
import { makeRunId } from '../../shared/domain/ids';

/*
 * The bars of a 10-million-line log. Each line is a chunk of its own, every fiftieth on stderr: the most records, and
 * the most line ends by a change of stream, that a script makes.
 */
const lineCount = 10_000_000;
const lineLength = 60;
const linesPerPiece = 100_000;
const run = makeRunId(1_700_000_000_000, 'bench0');

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-bench-'));
  const log = openSync(join(folder, 'output.log'), 'w');
  const records = openSync(join(folder, 'output.idx'), 'w');
  const bytes = Buffer.alloc(linesPerPiece * lineLength, 'x');
  const index = Buffer.alloc(linesPerPiece * 24);
  for (let line = 0; line < lineCount; line += 1) {
    const at = line % linesPerPiece;
    bytes.write(`${String(line).padStart(9, '0')} `, at * lineLength, 'latin1');
    bytes[at * lineLength + lineLength - 1] = 0x0a;
    index.writeDoubleLE(line * lineLength, at * 24);
    index.writeDoubleLE(1_700_000_000 + line / 1000, at * 24 + 8);
    index.writeUInt32LE(lineLength, at * 24 + 16);
    index.writeUInt32LE(line % 50 === 0 ? 2 : 1, at * 24 + 20);
    if (at === linesPerPiece - 1) {
      writeSync(log, bytes);
      writeSync(records, index);
    }
  }
  closeSync(log);
  closeSync(records);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; milliseconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - start };
}

function makeService(): LogService {
  return new LogService({ onGrowth: () => undefined, onError: (_run, error) => expect.fail(error.message) });
}

describe('a log of ten million lines', () => {
  it('is indexed', async () => {
    const size = statSync(join(folder, 'output.log')).size;
    const wcStart = performance.now();
    const wc = spawnSync('wc', ['-l', join(folder, 'output.log')], { encoding: 'utf8' });
    const wcTime = performance.now() - wcStart;
    expect(wc.stdout).toContain(String(lineCount));
    const before = process.memoryUsage();
    let longestGap = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longestGap = Math.max(longestGap, performance.now() - last);
      last = performance.now();
    }, 1);
    const follower = new LogFollower({
      folder,
      onGrowth: () => undefined,
      onError: (error) => expect.fail(error.message),
    });
    const { milliseconds } = await timed(() => follower.finish());
    clearInterval(beat);
    const after = process.memoryUsage();
    console.log(
      `index built in ${milliseconds.toFixed(0)} ms (${megabytes((size / milliseconds) * 1000)}/s), ` +
        `wc -l ${wcTime.toFixed(0)} ms (${megabytes((size / wcTime) * 1000)}/s); ` +
        `longest gap between two timers ${longestGap.toFixed(1)} ms; ` +
        `lines.idx ${megabytes(statSync(join(folder, 'lines.idx')).size)}; ` +
        `resident ${megabytes(before.rss)} before, ${megabytes(after.rss)} after`,
    );
    expect(follower.lines).toBe(lineCount);
  });

  it('opens at its end within 200 ms', async () => {
    const service = makeService();
    const { value, milliseconds } = await timed(() => service.window(run, folder, lineCount - 200, 200));
    console.log(`opened at the end in ${milliseconds.toFixed(1)} ms`);
    expect(value.total).toBe(lineCount);
    expect(value.lines.at(-1)?.text).toContain(String(lineCount - 1).padStart(9, '0'));
    await service.close();
    expect(milliseconds).toBeLessThanOrEqual(200);
  });

  it('jumps anywhere within 50 ms', async () => {
    const service = makeService();
    await service.window(run, folder, 0, 1);
    const before = process.memoryUsage();
    const times: number[] = [];
    for (let jump = 0; jump < 500; jump += 1) {
      const first = (jump * 7_654_321) % (lineCount - 200);
      const { value, milliseconds } = await timed(() => service.window(run, folder, first, 200));
      expect(value.lines[0]?.text.startsWith(String(first).padStart(9, '0'))).toBe(true);
      times.push(milliseconds);
    }
    const after = process.memoryUsage();
    await service.close();
    times.sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Infinity;
    console.log(
      `window of 200 lines: median ${at(0.5).toFixed(2)} ms, p99 ${at(0.99).toFixed(2)} ms, ` +
        `longest ${at(1).toFixed(2)} ms; resident ${megabytes(before.rss)} before, ${megabytes(after.rss)} after`,
    );
    expect(at(0.99)).toBeLessThanOrEqual(50);
    expect(after.rss).toBeLessThanOrEqual(300e6);
  });
});
