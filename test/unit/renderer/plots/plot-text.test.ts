import { expect, test } from 'vitest';
import { summarize } from '../../../../renderer/plots/plot-data';
import { plotNumber, plotTime, summaryText, tickTexts } from '../../../../renderer/plots/plot-text';

test.each([
  [0, '0'],
  [25317.25, '25,317.25'],
  [1.5e-12, '1.5e-12'],
  [4e9, '4e9'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('the number %s reads as %s', (value, text) => {
  expect(plotNumber(value)).toBe(text);
});

test('ticks that are near each other keep different labels', () => {
  for (const ticks of [
    [0.1, 0.2, 0.3],
    [498.7501, 498.7502, 498.7503],
    [1e-12, 1.5e-12, 2e-12],
    [10_000_000, 10_000_001, 10_000_002],
    [-200, -100, 0],
  ]) {
    const texts = tickTexts(ticks);
    expect(new Set(texts).size).toBe(ticks.length);
    expect(texts.map((text) => Number(text.replaceAll(',', '')))).toEqual(ticks);
  }
  expect(tickTexts([])).toEqual([]);
  expect(tickTexts([5])).toEqual(['5']);
});

test('a line in a sentence names what is not finite', () => {
  expect(summaryText('noise', summarize([1, 3, Number.NaN]), ' pA')).toBe(
    'noise: 3 values, least 1 pA, greatest 3 pA, mean 2 pA, 1 NaN',
  );
  expect(summaryText('noise', summarize([Number.NaN]), '')).toBe(
    'noise: 1 value, none of them finite, 1 NaN',
  );
});

test('times are UTC to the millisecond, and what is no date stays a number', () => {
  expect(plotTime(Date.UTC(2026, 10, 23, 2, 13, 10, 5))).toBe('2026-11-23 02:13:10.005');
  expect(plotTime(1e300)).toBe('1e300');
});
