import { describe, expect, it } from 'vitest';
import { publishedText, readUtcTime, receivedText } from '../../../../renderer/messages/message-text';
import { start } from '../support/samples';

describe('times of a message', () => {
  it('has a date only where it is not today', () => {
    expect(receivedText(start + 114, start + 1000)).toBe('02:00:00.114');
    expect(receivedText(start + 114, start + 86_400_000)).toBe('11-23 02:00:00.114');
  });

  it('says how long it was on its way', () => {
    expect(publishedText(start, start + 2)).toBe('2026-11-23 02:00:00 UTC; received 0.002 s after that');
    expect(publishedText(start, start - 40)).toBe('2026-11-23 02:00:00 UTC; received 0.040 s before that');
    expect(publishedText(null, start)).toBe('not said');
  });
});

describe('a time in UTC as it is typed', () => {
  const now = Date.UTC(2026, 10, 23, 14, 0, 0);
  it.each([
    ['02:13', Date.UTC(2026, 10, 23, 2, 13)],
    ['2:13:10', Date.UTC(2026, 10, 23, 2, 13, 10)],
    ['2026-11-22', Date.UTC(2026, 10, 22)],
    [' 2026-11-22 23:59:58.250 ', Date.UTC(2026, 10, 22, 23, 59, 58, 250)],
    ['2026-11-22T23:59:58Z', Date.UTC(2026, 10, 22, 23, 59, 58)],
    ['', null],
    ['yesterday', null],
    ['25:00', null],
    ['2026-13-01', null],
    ['2026-11-', null],
  ])('%j', (typed, moment) => {
    expect(readUtcTime(typed, now)).toBe(moment);
  });
});
