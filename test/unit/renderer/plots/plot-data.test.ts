import { describe, expect, test } from 'vitest';
import { orderLine, shareX, summarize } from '../../../../renderer/plots/plot-data';
import { alignedData } from '../../../../renderer/plots/plot-options';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('what is said of a line', () => {
  test('bounds and mean are those of the finite values; the others are counted', () => {
    expect(summarize([1, nan, 3, infinity, -infinity, 5])).toEqual({
      count: 6,
      notANumber: 1,
      infinite: 2,
      least: 1,
      greatest: 5,
      mean: 3,
    });
  });

  test('nothing finite has neither bounds nor a mean', () => {
    expect(summarize([nan])).toMatchObject({ count: 1, least: null, greatest: null, mean: null });
    expect(summarize([])).toMatchObject({ count: 0, least: null, mean: null });
  });

  test('the mean of very large values does not overflow', () => {
    expect(summarize([1.7e308, 1.7e308]).mean).toBeCloseTo(1.7e308, -300);
    expect(Number.isFinite(summarize([1.7e308, -1.7e308, 1.7e308]).mean)).toBe(true);
  });

  test('an array of other machine types is summed up as any other', () => {
    expect(summarize(new Int16Array([-3, 3]))).toMatchObject({ count: 2, least: -3, greatest: 3, mean: 0 });
  });
});

describe('a line in the order of its x', () => {
  test('without x the position is x, and what is not finite is a gap', () => {
    const line = orderLine({ name: 'noise', x: null, y: [4, nan, 6, infinity] });
    expect([...line.x]).toEqual([0, 1, 2, 3]);
    expect(line.y).toEqual([4, null, 6, null]);
  });

  test('descending x, as of a bias sweep, is turned round', () => {
    expect(orderLine({ name: 'iv', x: [3, 2, 1], y: [30, 20, 10] })).toEqual({
      x: [1, 2, 3],
      y: [10, 20, 30],
    });
  });

  test('a point without a place is left out, and a longer list is cut to the shorter', () => {
    expect(orderLine({ name: 'iv', x: [1, nan, 3, 4], y: [10, 20, 30] })).toEqual({ x: [1, 3], y: [10, 30] });
  });
});

describe('lines together', () => {
  test('lines over positions share the longest x', () => {
    const series = [
      { name: 'a', x: null, y: [1, 2, 3] },
      { name: 'b', x: null, y: [4] },
    ];
    const shared = shareX(series, series.map(orderLine));
    expect(shared?.map((line) => [...line.x])).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(shared?.map((line) => line.y)).toEqual([
      [1, 2, 3],
      [4, null, null],
    ]);
  });

  test('lines with x of their own are joined on one', () => {
    const data = alignedData([
      { name: 'a', x: [1, 3], y: [10, 30] },
      { name: 'b', x: [2, 3], y: [200, 300] },
    ]);
    expect(data.map((each) => [...each])).toEqual([
      [1, 2, 3],
      [10, undefined, 30],
      [undefined, 200, 300],
    ]);
  });

  test('no lines make no points', () => {
    expect(alignedData([])).toEqual([[]]);
  });
});
