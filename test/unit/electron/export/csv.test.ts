import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from '../../../../electron/export/csv';
import { runListCsv } from '../../../../electron/export/run-list-csv';
import type { RunListRequest } from '../../../../electron/store/records';
import { everyRun } from '../../../../shared/domain/history';
import { success } from '../../../../shared/result';
import { now, run, runId } from '../store/fixtures';

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1'])('cannot be a formula: %j', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('is read back by Python’s csv, whatever is in it', () => {
    const cells = ['plain', 'a,b', 'say "x"', 'two\nlines', 'CR\r\nLF', ' spaced ', 'für 🧊', '', '0'];
    const text = csvLine([...cells, null, 5]) + csvLine(['next']);
    const read = execFileSync(
      'python3',
      [
        '-c',
        'import csv,io,json,sys; print(json.dumps(list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, "utf-8", newline="")))))',
      ],
      { input: text, encoding: 'utf8' },
    );
    expect(JSON.parse(read)).toEqual([[...cells, '', '5'], ['next']]);
  });
});

describe('the list of runs', () => {
  it('is written page by page, newest first, with whole notes', async () => {
    const runs = Array.from({ length: 1201 }, (_, index) =>
      run({
        id: runId(5000 - index),
        phase: 'done',
        outcome: { kind: 'exited', code: 0 },
        args: ['-b', '0,1'],
      }),
    );
    const asked: RunListRequest[] = [];
    const counts: number[] = [];
    const source = {
      store: {
        listRuns: async (request: RunListRequest) => {
          asked.push(request);
          const first = request.before === null ? 0 : runs.findIndex(({ id }) => id === request.before) + 1;
          const page = runs.slice(first, first + request.limit);
          const marks = page[0] === runs[0] ? [{ run: runs[1]!.id, note: 'cut', pinned: true }] : [];
          return success({ runs: page, total: runs.length, marks });
        },
        ask: async () => success({ run: runs[1]!.id, note: '=cmd|a whole, long\nnote', pinned: true }),
      } as never,
      current: (each: (typeof runs)[number]) => each,
      onRuns: (count: number) => counts.push(count),
    };
    const pieces: string[] = [];
    for await (const piece of runListCsv(source, null, { ...everyRun, text: 'x' })) pieces.push(piece);
    expect(pieces).toHaveLength(4);
    expect(counts).toEqual([500, 1000, 1201]);
    expect(asked.map(({ filter }) => filter?.text)).toEqual(['x', 'x', 'x']);
    const lines = pieces.join('').split('\r\n');
    expect(lines).toHaveLength(1203);
    expect(lines[1]).toBe(
      `${runs[0]!.id},crate1,crate1slot2,,take_noise.py,/scripts/take_noise.py,"[""-b"",""0,1""]",` +
        `${new Date(now).toISOString()},,,,succeeded,Script has finished with exit code 0,0,0,,`,
    );
    expect(lines[2]).toContain(`yes,"'=cmd|a whole, long\nnote"`);
  });

  it('fails with what the database says', async () => {
    const source = {
      store: {
        listRuns: async () => ({ ok: false, error: { code: 'store-failed', message: 'It is gone.' } }),
      } as never,
      current: (each: ReturnType<typeof run>) => each,
      onRuns: () => undefined,
    };
    const read = async () => {
      for await (const piece of runListCsv(source, null, everyRun)) expect(piece).toContain('run,');
    };
    await expect(read()).rejects.toThrow('It is gone.');
  });
});
