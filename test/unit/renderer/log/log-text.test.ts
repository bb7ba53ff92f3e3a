import { describe, expect, it } from 'vitest';
import {
  columnsOf,
  gutterFor,
  gutterText,
  gutterWidth,
  leftOutText,
} from '../../../../renderer/log/log-text';
import { paletteColor, sgrStyle } from '../../../../renderer/log/sgr-style';
import { plainStyle } from '../../../../shared/terminal-style';
import { sampleLine, start } from '../support/samples';

describe('the gutter', () => {
  it.each([
    ['clock', 48_092, start + 787_240, '  48,092  02:13:07.240'],
    ['elapsed', 48_092, start + 787_240, '  48,092     +13:07.240'],
    ['elapsed', 1, start - 3, '       1      +0:00.000'],
    ['none', 7, start, '       7'],
  ] as const)('shows %s time', (mode, number, time, expected) => {
    const gutter = gutterFor(123_456, mode, start);
    expect(gutterText(gutter, number - 1, sampleLine(number - 1, { time }))).toBe(expected);
  });

  it('is as wide for a line without a time, and for one that is not here yet', () => {
    const gutter = gutterFor(999, 'clock', start);
    const whole = gutterText(gutter, 4, sampleLine(4)).length;
    expect(gutterText(gutter, 4, sampleLine(4, { time: null }))).toHaveLength(whole);
    expect(gutterText(gutter, 4, undefined)).toHaveLength(whole);
    expect(gutterWidth(gutter)).toBeGreaterThan(whole);
  });
});

describe('the columns of a line', () => {
  it.each([
    ['plain', 5],
    ['  10%\r  20%\r 100% done', 10],
    ['\u001B[31mred\u001B[0m', 3],
    ['', 0],
  ])('%j is as wide as it is drawn', (text, columns) => {
    expect(columnsOf(sampleLine(0, { text }))).toBe(columns);
  });
});

describe('a very long line', () => {
  it('says how much is left out', () => {
    expect(leftOutText(4_900_000)).toBe('… 4.9 MB of this line left out');
    expect(leftOutText(0)).toBeNull();
  });
});

describe('colours of a script', () => {
  it('leave plain text plain', () => {
    expect(sgrStyle(plainStyle)).toBeNull();
  });

  it('are held between bounds of lightness', () => {
    const style = sgrStyle({ ...plainStyle, color: { kind: 'rgb', red: 1, green: 2, blue: 3 }, bold: true });
    expect(style).toEqual({
      color: 'oklch(from rgb(1 2 3) clamp(var(--sgr-darkest), l, var(--sgr-lightest)) c h)',
      fontWeight: 700,
    });
  });

  it('swap for inverse', () => {
    expect(sgrStyle({ ...plainStyle, inverse: true })).toEqual({
      background: 'var(--text)',
      color: 'var(--pane)',
    });
  });

  it.each([
    [16, [0, 0, 0]],
    [196, [255, 0, 0]],
    [231, [255, 255, 255]],
    [232, [8, 8, 8]],
    [255, [238, 238, 238]],
  ])('%d of the palette is %j', (index, expected) => {
    expect(paletteColor(index)).toEqual(expected);
  });
});
