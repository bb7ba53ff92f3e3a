import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewJson } from '../../../../renderer/session/json-preview';
import type { Json } from '../../../../shared/json';

function text(value: Json): string {
  const { head, tail } = previewJson(value);
  return head.map((part) => part.text).join('') + tail;
}

const thousand = Array.from({ length: 1588 }, (_, index) => index);

describe('a value in one line', () => {
  it.each<[Json, string]>([
    [null, 'null'],
    [true, 'true'],
    [25317.25, '25317.25'],
    [1795132387, '1795132387'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    ['NaN', '"NaN"'],
    [[], '[]'],
    [{}, '{}'],
    [[0, 1, 2, 3], '[0, 1, 2, 3]'],
    [thousand, '1,588 values, 0 … 1,587'],
    [[41.2, Number.NaN, 39.75, ...thousand.slice(3)], '1,588 values, 1 NaN, 3 … 1,587'],
    [[...thousand, Number.POSITIVE_INFINITY], '1,589 values, 1 Infinity, 0 … 1,587'],
    [Array.from({ length: 50 }, () => Number.NaN), '50 values, all NaN'],
    [Array.from({ length: 50 }, () => 0.1), '50 values, all 0.1'],
    [[Number.NaN, ...Array.from({ length: 50 }, () => 2)], '51 values, 1 NaN, 2 … 2'],
    [Array.from({ length: 50 }, (_, index) => index * 1e-9), '50 values, 0 … 4.900e-8'],
    [[null, ...thousand], '1,589 values: null, 0, 1, 2, 3, 4, 5, 6, …'],
    [[[1, 2], [3]], '[[2], [1]]'],
    [{ a: 1, b: [1, 2] }, '{a: 1, b: [2]}'],
    [
      { first: 'x'.repeat(40), second: 1, third: 2, fourth: 3 },
      '4 keys: first: "xxxxxxxxxxxxxxx…", second: 1, third: 2, fourth: 3',
    ],
  ])('%j', (value, expected) => {
    expect(text(value)).toBe(expected);
  });

  it('tells numbers that are none apart from text that says the same', () => {
    const parts = previewJson([1, Number.POSITIVE_INFINITY, 'Infinity']).head;
    expect(parts.filter((part) => !part.finite)).toEqual([{ text: 'Infinity', finite: false }]);
  });

  it('keeps the end of a path in sight', () => {
    expect(previewJson('/data/smurf_data/20261123/1584402020.dat').tail).toBe('/1584402020.dat"');
    expect(text('/data/smurf_data/20261123/1584402020.dat')).toBe(
      '"/data/smurf_data/20261123/1584402020.dat"',
    );
    expect(previewJson('a sentence/with a slash').tail).toBe('');
    expect(previewJson('/').tail).toBe('');
  });

  it('stays short whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(text(value as Json).length).toBeLessThan(1400);
      }),
    );
    expect(text('x'.repeat(64_000)).length).toBeLessThan(210);
    expect(text(Array.from({ length: 64_000 }, () => 0.1)).length).toBeLessThan(60);
  });
});
