import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewLength, previewText } from '../../../../electron/values/value-text';
import type { Json } from '../../../../shared/json';

describe('a value in one line', () => {
  it.each<[string, Json, string]>([
    ['a number', 1.5, '1.5'],
    ['NaN', Number.NaN, 'NaN'],
    ['minus infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['minus zero', -0, '-0'],
    ['nothing', null, 'null'],
    ['a text', 'on "two"', String.raw`"on \"two\""`],
    ['a short list', [1, Number.NaN, [2]], '[1, NaN, [1]]'],
    ['an object', { a: 1, b: {} }, '{"a": 1, "b": {…}}'],
  ])('shows %s', (_name, value, text) => expect(previewText(value)).toBe(text));

  it('says how many a long list or object holds', () => {
    expect(previewText(Array.from({ length: 5000 }, (_, index) => index))).toMatch(
      /^5000 values: 0, 1, 2, .*…$/,
    );
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`key${index}`, index]));
    expect(previewText(many)).toMatch(/^90 keys: key0, key1/);
  });

  it('stays short for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(previewText(value as Json).length).toBeLessThanOrEqual(previewLength + 20);
      }),
    );
  });
});
