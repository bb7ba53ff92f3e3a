import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogSearches } from '../../electron/log/log-searches';
import { LogService } from '../../electron/log/log-service';
import { makeRunId } from '../../shared/domain/ids';
import { wholeLog, type LogFindStatus, type LogLook } from '../../shared/domain/log-find';
import { writeLongLog } from '../fixtures/long-log';
import { bundle } from '../unit/electron/store/support';

/* The bar of a full search: at most twice as long as `grep -c` on the same file, side by side, and in little memory. */
const lineCount = 10_000_000;
const rounds = 5;
const run = makeRunId(1_700_000_000_000, 'bench0');

let folder = '';
let worker: Awaited<ReturnType<typeof bundle>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'log-search-bench-'));
  writeLongLog(
    folder,
    lineCount,
    (line) =>
      `${String(line).padStart(9, '0')} band ${line % 8} resonator ${(line * 7919) % 4096} ${line % 997 === 0 ? 'WARNING' : 'tracked'} q=${line % 977} `,
  );
  worker = await bundle(join(import.meta.dirname, '../../electron/log/search-worker.ts'));
});

afterAll(() => {
  worker.remove();
  rmSync(folder, { recursive: true, force: true });
});

const look = (text: string, regex: boolean, matchCase: boolean): LogLook => ({
  query: { text, regex, matchCase },
  filter: wholeLog,
});

async function complete(searches: LogSearches, wanted: LogLook): Promise<LogFindStatus> {
  for (;;) {
    const status = await searches.find(run, folder, wanted);
    if (!status.ok) throw new Error(status.error.message);
    if (status.value.complete) return status.value;
  }
}

function median(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Infinity;
}

describe('a search of ten million lines', () => {
  it.each([
    ['one line', look('009999999', false, true), 'grep -c -F 009999999'],
    ['few lines, ignoring case', look('Resonator 4095', false, false), "grep -c -i -F 'resonator 4095'"],
    // grep at its best: a first letter that stands nowhere else.
    ['every thousandth line', look('WARNING', false, true), 'grep -c -F WARNING'],
    ['no line', look('Traceback', false, true), 'grep -c -F Traceback'],
    [
      'a regular expression',
      look('resonator 40[0-9]{2} WARN', true, true),
      "grep -c -E 'resonator 40[0-9]{2} WARN'",
    ],
    // grep -c stops at a line's first match; what counts every match, as the panel does, is grep -o.
    ['every line, every match', look('band', false, true), 'grep -o -F band', '| wc -l'],
  ])('%s takes at most twice as long as grep', async (name, wanted, grep, counted = '') => {
    expect(await ratioToGrep(name, wanted, grep, counted)).toBeLessThanOrEqual(2);
  });

  async function ratioToGrep(name: string, wanted: LogLook, grep: string, counted: string): Promise<number> {
    const logs = new LogService({
      onGrowth: () => undefined,
      onError: (_run, error) => expect.fail(error.message),
    });
    const searches = new LogSearches(logs, { workerFile: worker.file });
    await complete(searches, { query: null, filter: wholeLog });
    const ours: number[] = [];
    const greps: number[] = [];
    const before = process.memoryUsage().rss;
    let largest = before;
    for (let round = 0; round < rounds; round += 1) {
      const grepStart = performance.now();
      const command = `${grep} '${join(folder, 'output.log')}' ${counted}`;
      const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
      greps.push(performance.now() - grepStart);
      const start = performance.now();
      const { matches } = await complete(searches, wanted);
      ours.push(performance.now() - start);
      expect(matches).toBe(Number(stdout));
      largest = Math.max(largest, process.memoryUsage().rss);
      await complete(searches, { query: null, filter: wholeLog });
    }
    const [our, theirs] = [median(ours), median(greps)];
    console.log(
      `${name}: search ${our.toFixed(0)} ms, ${grep} ${theirs.toFixed(0)} ms, ratio ${(our / theirs).toFixed(2)}; ` +
        `searching takes ${((largest - before) / 1e6).toFixed(0)} MB more`,
    );
    await searches.close();
    await logs.close();
    // This process carries the bench's own weight; what the search adds to main's is the difference.
    expect(largest - before).toBeLessThanOrEqual(100e6);
    return our / theirs;
  }

  it('filters are told in figures', async () => {
    const logs = new LogService({
      onGrowth: () => undefined,
      onError: (_run, error) => expect.fail(error.message),
    });
    const searches = new LogSearches(logs, { workerFile: worker.file });
    for (const filter of [
      { ...wholeLog, stderrOnly: true },
      { ...wholeLog, level: 'warning' as const },
    ]) {
      const start = performance.now();
      const { rows } = await complete(searches, { query: null, filter });
      const scanned = performance.now() - start;
      const jumps: number[] = [];
      for (let jump = 0; jump < 50; jump += 1) {
        const at = performance.now();
        await searches.rows(run, folder, (jump * 7919) % ((rows ?? 0) - 200), 200);
        jumps.push(performance.now() - at);
      }
      console.log(
        `filter ${JSON.stringify(filter)}: ${rows} rows in ${scanned.toFixed(0)} ms; 200 rows anywhere: median ${median(jumps).toFixed(1)} ms`,
      );
      expect(rows).toBeGreaterThan(10_000);
    }
    await searches.close();
    await logs.close();
  });
});
