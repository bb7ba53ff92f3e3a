import { renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useHeldPlace } from '../../../../renderer/components/use-held-place';

const height = 20;
const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Where a list in which five rows are in sight stands after its rows have changed. */
function topAfter(top: number, before: readonly number[], after: readonly number[]): number {
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientHeight', { value: 5 * height });
  const view = { current: element };
  const { rerender } = renderHook(
    (rows) => useHeldPlace({ view, rows, heightOf: () => height, keysOf: (row) => [row] }),
    { initialProps: before },
  );
  element.scrollTop = top;
  rerender(after);
  return element.scrollTop;
}

describe('a list that is scrolled down', () => {
  const rows = numbers(10, 99);

  it('holds what is in sight when rows come or go above it', () => {
    expect(topAfter(205, rows, [7, 8, 9, ...rows])).toBe(205 + 3 * height);
    expect(topAfter(205, rows, rows.slice(4))).toBe(205 - 4 * height);
  });

  it('holds it among rows that come below, and rows that change in sight', () => {
    expect(topAfter(205, rows, numbers(10, 120))).toBe(205);
    expect(topAfter(205, rows, [9, ...rows.filter((row) => row !== 24)])).toBe(205 + height);
  });

  it('stays where it is when one of its rows in sight moves to the top, or all of them go apart', () => {
    expect(topAfter(200, rows, [21, ...rows.filter((row) => row !== 21)])).toBe(200);
    expect(topAfter(200, rows, rows.toReversed())).toBe(200);
    expect(topAfter(200, rows, numbers(200, 300))).toBe(200);
  });
});

it('a list that stands at its top shows what is new', () => {
  expect(topAfter(0, [2, 3], [1, 2, 3])).toBe(0);
  expect(topAfter(height - 1, [2, 3], [1, 2, 3])).toBe(height - 1);
  expect(topAfter(height, [2, 3], [1, 2, 3])).toBe(2 * height);
});
