import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogSearcher } from '../../../../electron/log/log-searcher';
import type { LogFollower } from '../../../../electron/log/log-follower';
import { clearedText } from '../../../../electron/log/piece-reader';
import { wholeLog, type LogFilter, type LogQuery } from '../../../../shared/domain/log-find';
import { shownText } from '../../../../shared/terminal-line';
import { LogWriter, type WrittenChunk } from '../../../fixtures/log-writer';
import { chunksArbitrary, makeFolder, makeFollower } from './support';

/** Matches that a test goes through at most. */
const mostWalked = 2000;

class SearchBench {
  readonly writer: LogWriter;
  readonly follower: LogFollower;
  readonly searcher: LogSearcher;
  #checkpoints = 0;
  #id = 0;

  constructor() {
    const folder = makeFolder();
    this.writer = new LogWriter(folder);
    this.follower = makeFollower(folder);
    this.searcher = new LogSearcher(folder);
    onTestFinished(async () => {
      this.writer.close();
      await this.searcher.close();
    });
  }

  async grow(): Promise<void> {
    await this.follower.catchUp();
    const { index, records } = this.follower;
    this.searcher.grow({ index: index.growthSince(this.#checkpoints), records });
    this.#checkpoints = index.checkpoints;
  }

  show(query: LogQuery | null, filter: LogFilter = wholeLog): void {
    this.#id += 1;
    this.searcher.show({ query, filter }, this.#id);
  }

  async finish(): Promise<void> {
    while (await this.searcher.step());
  }

  /** Every match from the first line on, by going from one to the next. */
  walk(forward = true): string[] {
    const seen: string[] = [];
    let from = forward ? { line: 0, inLine: -1 } : { line: this.follower.lines, inLine: -1 };
    for (;;) {
      const match = this.searcher.stepFrom({ ...from, forward });
      if (match === null || match.wrapped || seen.length === mostWalked) return seen;
      seen.push(`${match.line}.${match.inLine}#${match.ordinal}`);
      from = match;
    }
  }
}

const plain = (text: string, matchCase = false): LogQuery => ({ text, regex: false, matchCase });
const regex = (text: string, matchCase = true): LogQuery => ({ text, regex: true, matchCase });

interface WholeLine {
  readonly text: string;
  readonly stream: 1 | 2;
}

/** The lines of a log with all that they show, by going through it byte by byte. */
function wholeLines(chunks: readonly WrittenChunk[]): WholeLine[] {
  const lines: { bytes: Buffer[]; stream: 1 | 2; isOpen: boolean }[] = [];
  for (const { bytes, stream, time } of chunks) {
    const of = time === null ? 1 : stream;
    let start = 0;
    const data = Buffer.from(bytes);
    while (start < data.length) {
      const found = data.indexOf(0x0a, start);
      const end = found === -1 ? data.length : found;
      let line = lines.at(-1);
      if (line === undefined || !line.isOpen || line.stream !== of) {
        line = { bytes: [], stream: of, isOpen: true };
        lines.push(line);
      }
      line.bytes.push(data.subarray(start, end));
      line.isOpen = found === -1;
      start = end + 1;
    }
  }
  return lines.map(({ bytes, stream }) => {
    const text = Buffer.concat(bytes).toString('utf8').replace(/\r+$/, '');
    return { text: text.length > 60_000 ? clearedText(text) : shownText(text), stream };
  });
}

function countIn(text: string, query: LogQuery): number {
  const source = query.regex ? query.text : RegExp.escape(query.text);
  const found = [...text.matchAll(new RegExp(source, query.matchCase ? 'gm' : 'gim'))];
  return Math.min(65_535, found.filter(([match]) => match !== '').length);
}

const queries = fc.constantFrom(
  plain('a'),
  plain('WORD'),
  plain('WORD', true),
  plain('a', true),
  plain('xx', true),
  plain('d w'),
  plain('é'),
  plain('xx'),
  regex('^a'),
  regex('a$'),
  regex('\\s+w'),
  regex('[^a]+'),
  regex('w(?=ord)'),
  regex('(?<!w)o'),
  regex('\\bword\\b'),
  regex('a*'),
  regex('\\b\\w*'),
  regex('\\bword|\\b'),
  regex('\\B'),
  regex('𝄞|€', false),
  regex('y{20}'),
);
const filters = fc.constantFrom(
  wholeLog,
  { ...wholeLog, stderrOnly: true },
  { ...wholeLog, matchesOnly: true },
);

describe('LogSearcher', () => {
  it('finds what going through every line would find', async () => {
    await fc.assert(
      fc.asyncProperty(
        chunksArbitrary,
        queries,
        filters,
        fc.boolean(),
        async (chunks, query, filter, live) => {
          const bench = new SearchBench();
          bench.show(query, filter);
          for (const [position, chunk] of chunks.entries()) {
            bench.writer.writeChunk(chunk);
            if (!live || position % 3 !== 0) continue;
            await bench.grow();
            if (position % 2 === 0) await bench.finish();
            else await bench.searcher.step();
          }
          // Bytes without a record belong to no line yet, unless records follow.
          bench.writer.write('', 1);
          await bench.grow();
          await bench.finish();
          const known = bench.follower.bytes === bench.writer.bytes ? chunks : trimmed(chunks);
          const expected = wholeLines(known)
            .map((line, at) => ({ ...line, at, count: countIn(line.text, query) }))
            .filter(({ stream }) => !filter.stderrOnly || stream === 2);
          const matching = expected.filter(({ count }) => count > 0);
          const status = bench.searcher.status();
          expect(status).toMatchObject({
            complete: true,
            progress: 1,
            matchingLines: matching.length,
            matches: matching.reduce((sum, { count }) => sum + count, 0),
          });
          const shown = filter.matchesOnly ? matching : filter.stderrOnly ? expected : null;
          expect(status.rows).toBe(shown === null ? null : shown.length);
          const visible = shown ?? expected;
          expect(bench.searcher.lineNumbers(0, 1_000_000)).toEqual(visible.map(({ at }) => at));
          const { lines, total } = await bench.searcher.rows(0, 500);
          expect(total).toBe(visible.length);
          expect(lines.map(({ line, index }) => line ?? index)).toEqual(
            visible.slice(0, 500).map(({ at }) => at),
          );
          let ordinal = 0;
          const all = matching.flatMap(({ at, count }) =>
            Array.from({ length: count }, (_, inLine) => `${at}.${inLine}#${(ordinal += 1)}`),
          );
          expect(bench.walk()).toEqual(all.slice(0, mostWalked));
          expect(bench.walk(false)).toEqual(all.toReversed().slice(0, mostWalked));
          await bench.searcher.close();
          await bench.follower.close();
        },
      ),
      { numRuns: 150 },
    );
  }, 180_000);

  it.each([
    ['many', 1],
    ['few', 700],
  ])('finds %s exact words in the lines of a long log', async (_, every) => {
    const bench = new SearchBench();
    const lines = Array.from({ length: 9000 }, (_value, line) =>
      line % every === 0 ? `${line} word, word` : `${line} Word`,
    );
    bench.writer.write(`${lines.join('\n')}\n`);
    bench.show(plain('word', true), { ...wholeLog, matchesOnly: true });
    await bench.grow();
    await bench.finish();
    const expected = lines.flatMap((text, line) => (text.includes('word') ? [line] : []));
    expect(bench.searcher.lineNumbers(0, 9000)).toEqual(expected);
    expect(bench.searcher.status().matches).toBe(2 * expected.length);
  });

  it('goes on at the other end, and says so', async () => {
    const bench = new SearchBench();
    bench.writer.write('one\ntwo two\nthree\n');
    bench.show(plain('two'));
    await bench.grow();
    await bench.finish();
    const { searcher } = bench;
    expect(searcher.stepFrom({ line: 1, inLine: 1, forward: true })).toEqual({
      line: 1,
      row: 1,
      inLine: 0,
      ordinal: 1,
      wrapped: true,
    });
    expect(searcher.stepFrom({ line: 0, inLine: -1, forward: false })).toMatchObject({
      inLine: 1,
      ordinal: 2,
      wrapped: true,
    });
    expect(searcher.stepFrom({ line: 1, inLine: Infinity, forward: false })).toMatchObject({
      inLine: 1,
      wrapped: false,
    });
  });

  it('finds what colours and overwritten text hide, and not what was overwritten', async () => {
    const bench = new SearchBench();
    bench.writer.write('reso\u001B[31mnator\u001B[0m\n\rnothing\rresonator\u001B[K\nres\u0007onator\na\tb\n');
    bench.show(plain('resonator'));
    await bench.grow();
    await bench.finish();
    expect(bench.searcher.status()).toMatchObject({ matches: 3, matchingLines: 3 });
    bench.show(plain('nothing'));
    await bench.finish();
    expect(bench.searcher.status().matches).toBe(0);
    bench.show(plain('a       b'));
    await bench.finish();
    expect(bench.searcher.status().matches).toBe(1);
  });

  it('keeps up with a growing log, unfinished last lines included', async () => {
    const bench = new SearchBench();
    bench.show(plain('needle'));
    bench.writer.write('a need');
    await bench.grow();
    await bench.finish();
    expect(bench.searcher.status().matches).toBe(0);
    bench.writer.write('le here');
    await bench.grow();
    expect(bench.searcher.status().complete).toBe(false);
    await bench.finish();
    expect(bench.searcher.status().matches).toBe(1);
    bench.writer.write('\rgone now    \nneedle');
    await bench.grow();
    await bench.finish();
    expect(bench.walk()).toEqual(['1.0#1']);
  });

  it.each([
    [
      'error',
      [
        'ERROR:root:x',
        '2026-01-01 12:00:00,123 - pysmurf - ERROR - y',
        'RuntimeError: no',
        '[error] z',
        'CRITICAL',
      ],
    ],
    ['warning', ['WARNING band 4', 'UserWarning: old', 'warn: w']],
    ['info', ['INFO:smurf:up', '[info] x']],
    ['debug', ['DEBUG y']],
  ] as const)('shows lines of level %s and worse', async (level, lines) => {
    const order = ['error', 'warning', 'info', 'debug'] as const;
    const bench = new SearchBench();
    const others = ['errors found: 0', 'information', 'no ERRORS', 'debugger'];
    bench.writer.write(`${[...lines, ...others].join('\n')}\n`);
    await bench.grow();
    for (const asked of order) {
      bench.show(null, { ...wholeLog, level: asked });
      await bench.finish();
      const expected = order.indexOf(asked) >= order.indexOf(level) ? lines.length : 0;
      expect(bench.searcher.status().rows).toBe(expected);
    }
  });

  it('marks matches where they stand in the shown text, among the rows that show', async () => {
    const bench = new SearchBench();
    bench.writer.write('skip\n\u001B[31mab\u001B[0m ab\n', 1);
    bench.writer.write('err ab\n', 2);
    bench.show(plain('AB'), { ...wholeLog, matchesOnly: true });
    await bench.grow();
    await bench.finish();
    expect(await bench.searcher.marks(0, 10)).toEqual([
      {
        row: 0,
        ranges: [
          [0, 2],
          [3, 5],
        ],
      },
      { row: 1, ranges: [[4, 6]] },
    ]);
    expect(bench.searcher.rowOf(2)).toBe(1);
  });

  it('says what is wrong with a regular expression', async () => {
    const bench = new SearchBench();
    bench.writer.write('a\n');
    await bench.grow();
    bench.show(regex('(a'));
    await bench.finish();
    expect(bench.searcher.status()).toMatchObject({
      fault: 'Unterminated group',
      matches: 0,
      complete: true,
    });
  });

  it('says that of a line without an end only the beginning is searched', async () => {
    const bench = new SearchBench();
    const half = Buffer.alloc(20 * 1024 * 1024, 'x');
    bench.writer.write(half);
    bench.writer.write(half);
    bench.writer.write('\nneedle\n');
    bench.show(plain('needle'));
    await bench.grow();
    await bench.finish();
    expect(bench.searcher.status()).toMatchObject({
      matches: 1,
      note: expect.stringContaining('32 MiB') as string,
    });
    expect(bench.walk()).toEqual(['1.0#1']);
  });
});

/** Without the bytes at the end that no record covers. */
function trimmed(chunks: readonly WrittenChunk[]): WrittenChunk[] {
  const last = chunks.findLastIndex(({ time, bytes }) => time !== null && bytes.length > 0);
  return chunks.slice(0, last + 1);
}
