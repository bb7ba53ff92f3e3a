import { describe, expect, it } from 'vitest';
import { matchesText, matchesTitle } from '../../../../renderer/log/find-text';
import type { LogFindStatus, LogMatch } from '../../../../shared/domain/log-find';

const status = (change: Partial<LogFindStatus>): LogFindStatus => ({
  id: 1,
  rows: null,
  progress: 1,
  complete: true,
  matchingLines: 3100,
  matches: 3456,
  fault: null,
  note: null,
  ...change,
});
const match = (ordinal: number, wrapped = false): LogMatch => ({
  line: 0,
  row: 0,
  inLine: 0,
  ordinal,
  wrapped,
});
const query = { text: 'x', regex: true, matchCase: false };

describe('what is said of matches', () => {
  it.each([
    [null, null, null, ''],
    [query, null, null, 'searching …'],
    [query, status({ matches: 0 }), null, 'no match'],
    [query, status({ matches: 0, complete: false, progress: 0.4 }), null, 'searching … 40 %'],
    [query, status({ complete: false, progress: 0.4 }), match(12), '12 of 3,456, searching … 40 %'],
    [query, status({ complete: false, progress: 0.999 }), match(12), '12 of 3,456'],
    [query, status({}), match(12), '12 of 3,456'],
    [query, status({}), null, '3,456 matches'],
    [query, status({ fault: 'Unterminated group', matches: 0 }), null, 'regex: Unterminated group'],
  ])('%j %j %j: %s', (asked, known, current, expected) => {
    expect(matchesText(asked, known, current)).toBe(expected);
  });

  it('counts lines too, and says what is left out and where the search went on', () => {
    expect(matchesTitle(status({ note: 'Cut.' }), match(1, true))).toBe(
      '3,456 matches in 3,100 lines. The search went on at the other end of the log. Cut.',
    );
    expect(matchesTitle(null, null)).toBe('');
  });
});
