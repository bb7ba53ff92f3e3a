import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMarks, noMarks } from '../../../../renderer/session/change-marks';
import { mostMatches, searchJson, type JsonMatches } from '../../../../renderer/session/json-search';
import { rowId, treeRows, type JsonPath } from '../../../../renderer/session/json-tree';
import { isPlottable, numberLines, sparklinePath } from '../../../../renderer/session/plot-lines';
import { pythonPath } from '../../../../renderer/session/python-path';
import { rowsAbove, unfoldLevels, valueAt } from '../../../../renderer/session/tree-unfold';
import type { Session } from '../../../../shared/domain/session';
import type { Json } from '../../../../shared/json';
import { sampleRun } from '../support/samples';

type Data = { [key: string]: Json };

function search(data: Data, text: string): JsonMatches {
  const steps = searchJson(data, text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const anyData = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 8 });

describe('paths in Python', () => {
  it.each<[JsonPath, string]>([
    [['bands', 0], "data['bands'][0]"],
    [['it’s', "it's"], `data['it’s']["it's"]`],
    [[`"'`], `data['"\\'']`],
    [['a\\b\n\t\u0000\u200e'], "data['a\\\\b\\n\\t\\x00\u200e']"],
    [['\u2028\ud800'], "data['\\u2028\\ud800']"],
    [['é 😀'], "data['é 😀']"],
    [[], 'data'],
  ])('%j', (path, text) => {
    expect(pythonPath(path)).toBe(text);
  });
});

describe('search', () => {
  it('finds keys and values as they are shown, in the order of the tree', () => {
    const data = { Noise: [1.5, Number.NaN, 'noise'], other: { noise_floor: null, on: true } };
    expect(search(data, 'noise').paths).toEqual([['Noise'], ['Noise', 2], ['other', 'noise_floor']]);
    expect(search(data, 'nan').paths).toEqual([['Noise', 1]]);
    expect(search(data, '1.5').paths).toEqual([['Noise', 0]]);
    expect(search(data, 'null').paths).toEqual([['other', 'noise_floor']]);
    expect(search(data, 'tru').paths).toEqual([['other', 'on']]);
    expect(search({}, 'x')).toEqual({ paths: [], isWhole: true });
  });

  it('goes in steps, and keeps a bounded number of matches', () => {
    const data = { list: Array.from({ length: 30_000 }, () => 7) };
    const found = search(data, '7');
    expect(found).toMatchObject({ isWhole: false });
    expect(found.paths).toHaveLength(mostMatches);
    let steps = 0;
    for (const rest = searchJson(data, 'x'); rest.next().done !== true;) steps += 1;
    expect(steps).toBe(15);
  });

  it('reveals whatever it finds: its row is there once what is above is unfolded', () => {
    fc.assert(
      fc.property(anyData, fc.string({ maxLength: 2 }), (data, text) => {
        for (const path of search(data, text).paths) {
          const rows = treeRows(data, new Set(rowsAbove(data, path)));
          const row = rows.find((candidate) => candidate.id === rowId(path));
          expect(row?.range).toBe(false);
          expect(row?.value).toEqual(valueAt(data, path));
        }
      }),
    );
  });

  it('reveals a value in the middle of nested ranges', () => {
    const data = { huge: Array.from({ length: 12_345 }, (_, index) => index) };
    const ids = rowsAbove(data, ['huge', 12_321]);
    expect(ids).toHaveLength(3);
    expect(treeRows(data, new Set(ids)).find((row) => row.value === 12_321)?.path).toEqual(['huge', 12_321]);
  });
});

describe('unfolding to a level', () => {
  const data = { a: { b: { c: 1 } }, numbers: [1, 2, 3], long: Array.from({ length: 500 }, () => [1]) };

  it('shows so many levels, and leaves plain and long lists folded', () => {
    const labels = (levels: number): string[] =>
      treeRows(data, unfoldLevels(data, levels).expanded).map((row) => row.label);
    expect(labels(1)).toEqual(['a', 'numbers', 'long']);
    expect(labels(2)).toEqual(['a', 'b', 'numbers', 'long']);
    expect(labels(9)).toEqual(['a', 'b', 'c', 'numbers', 'long']);
  });

  it('ends before there are too many rows, and says so', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 90 }, (_, key) => [
        `k${key}`,
        Object.fromEntries(Array.from({ length: 90 }, (__, index) => [`${index}`, 1])),
      ]),
    );
    const { expanded, isWhole } = unfoldLevels(wide, 5);
    expect(isWhole).toBe(false);
    expect(treeRows(wide, expanded).length).toBeLessThanOrEqual(5000);
    expect(treeRows(wide, expanded).length).toBeGreaterThan(4900);
  });
});

describe('changes inside of values', () => {
  const run = sampleRun().id;
  const session = (data: Data, at: number): Session => ({
    run,
    data,
    changedAt: Object.fromEntries(Object.keys(data).map((key) => [key, at])),
    messages: [],
  });
  const always = (): boolean => true;

  it('are marked with what they are inside of, where the key is unfolded', () => {
    const before = session({ a: { b: [1, 2], c: 1 } }, 1);
    const after = session({ a: { b: [1, 3], c: 1 } }, 5);
    const { times } = nextMarks(noMarks(before), after, always);
    expect([...times]).toEqual([
      [rowId(['a', 'b', 1]), 5],
      [rowId(['a', 'b']), 5],
    ]);
    expect(nextMarks(noMarks(before), after, () => false).times.size).toBe(0);
  });

  it('are not NaN that stays NaN, nor what another run had', () => {
    const before = session({ a: [Number.NaN] }, 1);
    expect(nextMarks(noMarks(before), session({ a: [Number.NaN] }, 2), always).times.size).toBe(0);
    const other = { ...session({ a: [1] }, 2), run: sampleRun({}, 9).id };
    expect(nextMarks(noMarks(before), other, always).times.size).toBe(0);
  });

  it('are forgotten after a while', () => {
    const first = nextMarks(noMarks(session({ a: [1, 1] }, 1)), session({ a: [2, 1] }, 100), always);
    const second = nextMarks(first, session({ a: [2, 2] }, 5000), always);
    expect([...second.times.keys()]).toEqual([rowId(['a', 1])]);
  });

  it('survive any data, hostile names included', () => {
    fc.assert(
      fc.property(anyData, anyData, (one, other) => {
        const { times } = nextMarks(noMarks(session(one, 1)), session(other, 2), always);
        const same = nextMarks(noMarks(session(one, 1)), session(structuredClone(one), 2), always);
        expect(same.times.size).toBe(0);
        for (const at of times.values()) expect(at).toBe(2);
      }),
    );
  });
});

describe('lines of numbers', () => {
  it('are made of lists, of lists of lists and of objects of lists', () => {
    expect(numberLines([1, null, Number.NaN])).toEqual([
      { name: 'value', values: Float64Array.of(1, Number.NaN, Number.NaN) },
    ]);
    expect(
      numberLines([
        [1, 2],
        [3, 4],
      ]).map((line) => line.name),
    ).toEqual(['[0]', '[1]']);
    expect(numberLines({ v: [1, 2], r: [3, 4] }).map((line) => line.name)).toEqual(['v', 'r']);
  });

  it.each<[Json]>([
    [[]],
    [[1]],
    [[null, null]],
    [['1', '2']],
    [{}],
    [{ a: [1, 2], b: 'x' }],
    ['text'],
    [5],
    [null],
  ])('%j is none', (value) => {
    expect(isPlottable(value)).toBe(false);
    expect(numberLines(value)).toEqual([]);
  });

  it('are small when drawn small, whatever their length, and no spike is lost', () => {
    const list = Array.from({ length: 5000 }, () => 0);
    list[2500] = 1;
    const path = sparklinePath(list, 56, 16);
    expect(path.length).toBeLessThan(1000);
    expect(path).toContain(' 1.0');
    expect(sparklinePath([Number.NaN, Number.POSITIVE_INFINITY], 56, 16)).toBe('');
    expect(sparklinePath([1.7e308, -1.7e308], 56, 16)).not.toMatch(/NaN|Infinity/);
    expect(sparklinePath([3, 3, 3], 56, 16)).not.toMatch(/NaN|Infinity/);
    expect(sparklinePath([1, null, 2], 56, 16).match(/M/g)).toHaveLength(2);
  });
});
