import { describe, expect, it } from 'vitest';
import { dayFault } from '../../../../renderer/components/day-range';
import { isOlder } from '../../../../renderer/history/history-feed';
import { hasFilters, noFilters, readFilter } from '../../../../renderer/history/history-filter';
import { chooseRun, noSelection } from '../../../../renderer/history/run-selection';
import { roughDuration, usualBasis } from '../../../../renderer/history/usual-text';
import { previewText, readRetention } from '../../../../renderer/settings/retention-draft';
import { everyRun } from '../../../../shared/domain/history';
import { makeRunId } from '../../../../shared/domain/ids';
import { sampleRun, start } from '../support/samples';

describe('the filters', () => {
  it('stand for nothing while they are empty', () => {
    expect(readFilter(noFilters)).toEqual(everyRun);
    expect(hasFilters({ ...noFilters, text: '  ', fromDay: '2026-1-1' })).toBe(false);
    expect(hasFilters({ ...noFilters, pinned: true })).toBe(true);
  });

  it('take days as UTC, the last one included', () => {
    expect(readFilter({ ...noFilters, fromDay: '2026-11-23', toDay: ' 2026-11-23 ' })).toMatchObject({
      from: Date.UTC(2026, 10, 23),
      to: Date.UTC(2026, 10, 24),
    });
  });

  it.each([
    ['', '', null],
    ['2026-11-23', '', null],
    ['2026-11-23', '2026-11-23', null],
    ['2026-11-22', '2026-11-23', 'before the first day'],
    ['23.11.2026', '', 'as 2026-11-23'],
    ['2026-13-01', '', 'as 2026-11-23'],
  ])('say what is wrong with the day %j after %j: %j', (day, first, fault) => {
    expect(dayFault(day, first)).toBe(fault);
  });
});

describe('the selection', () => {
  const [one, two, three] = [1, 2, 3].map((order) => sampleRun({}, order)) as [
    ReturnType<typeof sampleRun>,
    ReturnType<typeof sampleRun>,
    ReturnType<typeof sampleRun>,
  ];
  const first = chooseRun(noSelection, one, 'only');

  it('holds two at most; a third takes the place of the older', () => {
    const both = chooseRun(first, two, 'toggle');
    expect(both.runs).toEqual([one, two]);
    expect(chooseRun(both, three, 'toggle').runs).toEqual([two, three]);
    expect(chooseRun(both, one, 'toggle')).toEqual({ cursor: one, runs: [two] });
    expect(chooseRun(both, three, 'only').runs).toEqual([three]);
  });

  it('goes without selecting, and takes another along from where it began', () => {
    expect(chooseRun(first, two, 'move')).toEqual({ cursor: two, runs: [one] });
    const extended = chooseRun(chooseRun(first, two, 'extend'), three, 'extend');
    expect(extended).toEqual({ cursor: three, runs: [one, three] });
    expect(chooseRun(extended, one, 'extend').runs).toEqual([one]);
    expect(chooseRun(noSelection, two, 'extend').runs).toEqual([two]);
  });
});

describe('the order of runs', () => {
  it('goes by the time of the request, and by id only within it', () => {
    const early = sampleRun({ id: makeRunId(start, 'zzzzzz'), requestedAt: start + 1 });
    const late = sampleRun({ id: makeRunId(start, 'aaaaaa'), requestedAt: start + 2 });
    expect(isOlder(early, late)).toBe(true);
    expect(isOlder(late, early)).toBe(false);
    expect(isOlder(early, early)).toBe(false);
    expect(isOlder({ ...late, requestedAt: start + 1 }, early)).toBe(true);
  });
});

describe('usual durations in words', () => {
  it.each([
    [400, 'under 1 s'],
    [8400, '8 s'],
    [99_000, '99 s'],
    [240_000, '4 min'],
    [4_800_000, '80 min'],
    [7_200_000, '2 h'],
    [10_790_000, '3 h'],
    [9_000_000, '2 h 30 min'],
    [200_000_000, '55 h'],
  ])('%d ms: %s', (duration, text) => {
    expect(roughDuration(duration)).toBe(text);
  });

  it('say what they rest on', () => {
    expect(usualBasis({ duration: 1, runs: 1, sameArguments: true })).toBe(
      'the last successful run with these arguments',
    );
    expect(usualBasis({ duration: 1, runs: 5, sameArguments: false })).toBe(
      'median of the last 5 successful runs of this script, with other arguments',
    );
  });
});

describe('the retention that is typed', () => {
  const draft = { keptDays: '', keptRuns: '', keptGigabytes: '', includeMarked: false };
  it('is no limit where it is empty, and none at all where it is no number', () => {
    expect(readRetention(draft)).toEqual({ days: null, count: null, gigabytes: null, includeMarked: false });
    expect(readRetention({ ...draft, keptDays: ' 30 ', keptGigabytes: '0.5' })).toMatchObject({
      days: 30,
      gigabytes: 0.5,
    });
    for (const bad of ['x', '-1', '0', '1.5']) expect(readRetention({ ...draft, keptRuns: bad })).toBeNull();
  });

  it('is told in sentences', () => {
    const preview = {
      runs: 2,
      ofRuns: 1234,
      folders: 1,
      bytes: 3_100_000_000,
      oldestKept: start,
      keptAlive: 1,
      keptNewest: 0,
      keptMarked: 3,
    };
    expect(previewText(preview)).toBe(
      '2 runs of 1,234 would go now, with 1 folder of 3.1 GB. The oldest run that stays was asked for on ' +
        '2026-11-23 02:00 UTC. Beyond the limits but staying: 3 with a note or a pin, 1 still alive.',
    );
    expect(previewText({ ...preview, runs: 0, keptAlive: 0, keptMarked: 0 })).toContain('Nothing would go');
  });
});
