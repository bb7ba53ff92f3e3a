import { expect, it } from 'vitest';
import { lineCount, offsetOf } from '../../../../renderer/settings/text-place';

const text = 'ab\n\ncde';

it('counts lines as an editor numbers them', () => {
  expect([lineCount(''), lineCount('a'), lineCount(text), lineCount('a\n')]).toEqual([1, 1, 3, 2]);
});

it.each([
  [1, 1, 0],
  [1, 3, 2],
  [1, 99, 2],
  [2, 1, 3],
  [3, 2, 5],
  [9, 1, 7],
])('finds line %d, column %d', (line, column, at) => expect(offsetOf(text, line, column)).toBe(at));
