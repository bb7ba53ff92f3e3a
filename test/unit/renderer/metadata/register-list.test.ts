import { describe, expect, it } from 'vitest';
import {
  filterWords,
  orderPaths,
  pathEnds,
  pathFits,
  rankingOf,
  rowsOf,
} from '../../../../renderer/metadata/register-list';
import type { RegisterRow } from '../../../../shared/domain/register';

function row(path: string, receivedAt: number, updates: number, changedAt = 0): RegisterRow {
  return { path, preview: '1', type: 'int', isNumber: true, receivedAt, changedAt, updates };
}

const rows = new Map(
  [row('a', 10, 3), row('b', 30, 1), row('c', 20, 2, 99)].map((each) => [each.path, each]),
);

describe('the list of registers', () => {
  it('finds paths by words in any order, whatever their case', () => {
    const path = 'AMCc.FpgaTopLevel.Base[0].etaPhaseDegree';
    expect(pathFits(path, filterWords(' base[0]  ETA '))).toBe(true);
    expect(pathFits(path, filterWords('base[1]'))).toBe(false);
    expect(pathFits(path, filterWords(''))).toBe(true);
  });

  it('is ordered as the registers were at one moment; what came later stands at the end', () => {
    expect(orderPaths(['a', 'b', 'c'], rankingOf(rows, 'newest'))).toEqual(['b', 'c', 'a']);
    expect(orderPaths(['a', 'b', 'c', 'd'], rankingOf(rows, 'updates'))).toEqual(['a', 'c', 'b', 'd']);
    expect(orderPaths(['a', 'b', 'c'], rankingOf(rows, 'path'))).toEqual(['a', 'b', 'c']);
  });

  it('shows only what has changed since a moment', () => {
    expect(rowsOf(['a', 'gone', 'c'], rows, null).map(({ path }) => path)).toEqual(['a', 'c']);
    expect(rowsOf(['a', 'b', 'c'], rows, 50).map(({ path }) => path)).toEqual(['c']);
  });

  it('parts a path before its last two parts', () => {
    expect(pathEnds('A.B.C.d')).toEqual({ lead: 'A.B.', end: 'C.d' });
    expect(pathEnds('A.b')).toEqual({ lead: '', end: 'A.b' });
    expect(pathEnds('plain')).toEqual({ lead: '', end: 'plain' });
    expect(pathEnds('.x')).toEqual({ lead: '', end: '.x' });
  });
});
