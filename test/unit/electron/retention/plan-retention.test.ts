import { describe, expect, it } from 'vitest';
import { planRetention } from '../../../../electron/retention/plan-retention';
import type { KeptRun } from '../../../../electron/store/records';
import { keepEveryRun, type RunRetention } from '../../../../shared/domain/history';
import { now, runId, slotA, slotB } from '../store/fixtures';

const day = 24 * 3600;

/** Runs at these ages in days, newest first. */
function aged(...ages: number[]): KeptRun[] {
  return ages.map((age) => ({
    id: runId(-age * day),
    slot: slotA,
    requestedAt: now - age * day * 1000,
    over: true,
    marked: false,
  }));
}

function plan(runs: KeptRun[], keep: Partial<RunRetention>, size = 0, alive: string[] = []) {
  const planned = planRetention(
    runs,
    { ...keepEveryRun, ...keep },
    now,
    () => size,
    (run) => alive.includes(run),
  );
  return { ...planned, remove: planned.remove.map((run) => runs.findIndex(({ id }) => id === run.id)) };
}

describe('which runs go', () => {
  it('none without limits', () => {
    expect(plan(aged(0, 10_000), {})).toMatchObject({ remove: [], oldestKept: now - 10_000 * day * 1000 });
  });

  it('those older than the days, oldest first; one exactly that old stays', () => {
    expect(plan(aged(0, 29, 30, 31, 32), { days: 30 })).toEqual({
      remove: [4, 3],
      keptAlive: 0,
      keptNewest: 0,
      keptMarked: 0,
      oldestKept: now - 30 * day * 1000,
    });
  });

  it('those beyond the count, and those beyond the room that newer ones take', () => {
    expect(plan(aged(0, 1, 2, 3), { count: 2 }).remove).toEqual([3, 2]);
    expect(plan(aged(0, 1, 2, 3), { gigabytes: 1 }, 0.5e9).remove).toEqual([3, 2]);
    expect(plan(aged(0, 1, 2, 3), { gigabytes: 1, count: 3 }, 1).remove).toEqual([3]);
  });

  it('never one that lives, by the database or by the panel, nor the newest of a slot', () => {
    const runs = aged(0, 40, 41, 42, 43);
    runs[1] = { ...runs[1]!, over: false };
    runs[3] = { ...runs[3]!, slot: slotB };
    expect(plan(runs, { days: 30, count: 1 }, 0, [runs[2]!.id])).toMatchObject({
      remove: [4],
      keptAlive: 2,
      keptNewest: 1,
    });
  });

  it('one with a note or a pin only when that is said', () => {
    const runs = aged(0, 40).map((run) => ({ ...run, marked: true }));
    expect(plan(runs, { days: 30 })).toMatchObject({ remove: [], keptMarked: 1 });
    expect(plan(runs, { days: 30, includeMarked: true })).toMatchObject({ remove: [1], keptMarked: 0 });
  });
});
