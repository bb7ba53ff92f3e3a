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
    [[41.2, Number.NaN, 39.75, ...thousand.slice(3)], '[41.2, NaN, 39.75, … 1,588 values]'],
    [[[1, 2], [3]], '[[2], [1]]'],
    [{ a: 1, b: [1, 2] }, '{a: 1, b: [2]}'],
    [
      { first: 'x'.repeat(40), second: 1, third: 2, fourth: 3 },
      '{first: "xxxxxxxxxxxxxxx…", second: 1, third: 2, … 4 keys}',
    ],
  ])('%j', (value, expected) => {
    expect(text(value)).toBe(expected);
  });

  it('tells numbers that are none apart from text that says the same', () => {
    const parts = previewJson([1, Number.POSITIVE_INFINITY, 'Infinity']).head;
    expect(parts.filter((part) => !part.finite)).toEqual([{ text: 'Infinity', finite: false }]);
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
