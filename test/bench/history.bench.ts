import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PanelDatabase } from '../../electron/store/database';
import { everyRun, type RunFilter } from '../../shared/domain/history';
import { makeRunId, slotIdSchema } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { makeRun } from '../fixtures/panel-state';

/** The history of a large site: 112 slots, 40 scripts, a note on every hundredth run. */
const runCount = 100_000;
const repeats = 31;
const start = Date.UTC(2025, 0, 1);
const folder = mkdtempSync(join(tmpdir(), 'history-bench-'));
const opened = PanelDatabase.open(join(folder, 'panel.sqlite'), { now: start });
if (!opened.ok) throw new Error(opened.error.message);
const database = opened.value;

function runAt(index: number): Run {
  const requestedAt = start + index * 300_000;
  return makeRun({
    id: makeRunId(requestedAt, index.toString(36).padStart(6, '0')),
    slot: slotIdSchema.parse(`crate${(index % 16) + 1}slot${2 + (index % 7)}`),
    crate: `crate${(index % 16) + 1}`,
    script: `/config/scripts/pysmurf/script_${index % 40}.py`,
    args: ['--bands', String(index % 8), '--note', `sweep number ${index}`],
    phase: 'done',
    requestedAt,
    startedAt: requestedAt,
    endedAt: requestedAt + 60_000 + (index % 1000),
    outcome: { kind: 'exited', code: index % 9 === 0 ? 1 : 0 },
  });
}

beforeAll(() => {
  for (let first = 0; first < runCount; first += 1000) {
    const runs = Array.from({ length: 1000 }, (_, offset) => runAt(first + offset));
    const recorded = database.record({
      recorder: 'bench',
      number: first / 1000 + 1,
      messages: [],
      sessions: [],
      runs,
      over: [],
      audit: [],
    });
    if (!recorded.ok) throw new Error(recorded.error.message);
  }
  for (let index = 0; index < runCount; index += 100) {
    database.marks.setNote(runAt(index).id, `fridge at ${index} mK`);
  }
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function percentiles(work: () => void): string {
  const took = Array.from({ length: repeats }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  }).toSorted((one, other) => one - other);
  return `p50 ${took[Math.floor(repeats / 2)]?.toFixed(1)} ms, worst ${took.at(-1)?.toFixed(1)} ms`;
}

describe('a history of 100,000 runs', () => {
  const filters: [string, Partial<RunFilter>][] = [
    ['no filter', {}],
    ['one crate', { crate: 'crate3' }],
    ['one slot', { slots: [slotIdSchema.parse('crate3slot4')] }],
    ['failed', { outcomes: ['failed'] }],
    ['script contains', { script: 'script_17' }],
    ['text in arguments', { text: 'sweep number 777' }],
    ['text in notes', { text: 'fridge at 4200 mK' }],
    ['text in nothing', { text: 'not to be found' }],
    [
      'all together',
      { crate: 'crate2', script: 'script_1', outcomes: ['succeeded', 'failed'], text: 'sweep' },
    ],
  ];
  it.each(filters)('first page of 100 with its total: %s', (name, change) => {
    const filter = { ...everyRun, ...change };
    const list = () => database.listRuns({ slot: null, filter, before: null, limit: 100 });
    process.stdout.write(`${name}: ${percentiles(list)}; ${list().total} runs\n`);
    expect(list().runs.length).toBe(Math.min(100, list().total));
  });

  it('the rest', () => {
    const middle = runAt(50_000);
    const page = () => database.listRuns({ slot: null, before: middle.id, limit: 100 });
    process.stdout.write(`a page in the middle: ${percentiles(page)}\n`);
    process.stdout.write(`choices: ${percentiles(() => database.history.choices())}\n`);
    const usual = () => database.history.usual(middle.slot, middle.script, middle.args);
    process.stdout.write(`usual duration: ${percentiles(usual)}\n`);
    process.stdout.write(
      `2,000 runs for retention: ${percentiles(() => database.history.keptRuns({ before: null, limit: 2000 }))}\n`,
    );
    expect(usual()?.runs).toBeGreaterThan(0);
  });
});
