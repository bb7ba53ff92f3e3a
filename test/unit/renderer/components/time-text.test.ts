import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatAge,
  formatAgo,
  formatBytes,
  formatCount,
  formatElapsed,
  formatUtcDateTime,
  formatUtcMoment,
  formatUtcTime,
  secondsUntil,
} from '../../../../renderer/components/time-text';

describe('times as the screens say them', () => {
  it.each([
    [-5000, '0:00'],
    [0, '0:00'],
    [59_999, '0:59'],
    [761_000, '12:41'],
    [3_600_000, '1:00:00'],
    [93_784_000, '26:03:04'],
  ])('elapsed %d ms is %s', (duration, text) => expect(formatElapsed(duration)).toBe(text));

  it.each([
    [-1, 'now'],
    [999, 'now'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 m'],
    [3_599_999, '59 m'],
    [3_600_000, '1 h'],
    [86_399_999, '23 h'],
    [172_800_000, '2 d'],
  ])('an age of %d ms is %s', (age, text) => expect(formatAge(age)).toBe(text));

  it('says ages in sentences', () => {
    expect(formatAgo(10)).toBe('just now');
    expect(formatAgo(45_000)).toBe('45 s ago');
  });

  it('counts down to nought and no further', () => {
    expect([5000, 4999, 4001, 1, 0, -300].map((left) => secondsUntil(left, 0))).toEqual([5, 5, 5, 1, 0, 0]);
  });

  it('writes clock times in UTC', () => {
    const moment = Date.UTC(2026, 10, 23, 2, 13, 10, 114);
    expect(formatUtcTime(moment)).toBe('02:13:10');
    expect(formatUtcDateTime(moment)).toBe('2026-11-23 02:13:10');
  });

  it('leaves out the date of today, in UTC, and no other', () => {
    const moment = Date.UTC(2026, 10, 23, 23, 59, 59);
    expect(formatUtcMoment(moment, moment)).toBe('23:59:59');
    expect(formatUtcMoment(moment, moment + 1000)).toBe('2026-11-23 23:59:59');
    expect(formatUtcMoment(moment, moment - 86_400_000)).toBe('2026-11-23 23:59:59');
  });
});

describe('numbers as the screens say them', () => {
  it('sets thousands apart and minds the noun', () => {
    expect(formatCount(48_112)).toBe('48,112');
    expect(countOf(1, 'process', 'processes')).toBe('1 process');
    expect(countOf(2000, 'id')).toBe('2,000 ids');
  });

  it.each([
    [812, '812 bytes'],
    [4_194_304, '4.2 MB'],
    [250_000_000, '250 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
