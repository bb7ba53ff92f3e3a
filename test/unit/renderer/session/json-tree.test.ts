import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isLongText,
  rangeSize,
  treeMove,
  treeRows,
  type TreeRow,
} from '../../../../renderer/session/json-tree';
import type { Json } from '../../../../shared/json';

function unfold(data: { [key: string]: Json }, ...labels: string[]): TreeRow[] {
  const open = new Set<string>();
  for (const label of labels) {
    const row = treeRows(data, open).find((candidate) => candidate.label === label && !candidate.expanded);
    if (row === undefined) throw new Error(`no row is labelled ${label}`);
    open.add(row.id);
  }
  return treeRows(data, open);
}

const long = Array.from({ length: 5000 }, (_, index) => index / 4);

describe('the data tree', () => {
  it('shows top-level keys in the order in which they came', () => {
    expect(
      treeRows({ b: 1, a: [1], c: 'short' }, new Set()).map((row) => [row.label, row.expandable]),
    ).toEqual([
      ['b', false],
      ['a', true],
      ['c', false],
    ]);
  });

  it('folds 5,000 numbers into ranges, each of which unfolds into its hundred', () => {
    const ranges = unfold({ df: long }, 'df');
    expect(ranges).toHaveLength(51);
    expect(ranges[1]?.label).toBe('0 … 99');
    expect(ranges[50]?.label).toBe('4,900 … 4,999');
    const rows = unfold({ df: long }, 'df', '4,900 … 4,999');
    expect(rows).toHaveLength(151);
    expect(rows.at(-1)).toMatchObject({ label: '4999', value: 1249.75, path: ['df', 4999], level: 3 });
  });

  it('reaches every value of a list of any length, at most a hundred rows at each step', () => {
    const huge = Array.from({ length: 12_345 }, (_, index) => index);
    const first = unfold({ huge }, 'huge');
    expect(first.map((row) => row.label)).toEqual(['huge', '0 … 9,999', '10,000 … 12,344']);
    const rows = unfold({ huge }, 'huge', '10,000 … 12,344', '12,300 … 12,344');
    expect(rows.at(-1)).toMatchObject({ label: '12344', value: 12_344 });
  });

  it('never adds more rows than one range holds, and every row has its own id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_100_000 }), (length) => {
        const rows = unfold(
          { list: Array.from({ length }, () => 0), other: 1 },
          ...(length > 0 ? ['list'] : []),
        );
        expect(rows.length).toBeLessThanOrEqual(rangeSize + 2);
        expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      }),
      { numRuns: 20 },
    );
  });

  it('tells each row its place among its siblings', () => {
    const rows = unfold({ a: [5, 6], b: 1 }, 'a');
    expect(rows.map(({ label, place, siblings }) => [label, place, siblings])).toEqual([
      ['a', 1, 2],
      ['0', 1, 2],
      ['1', 2, 2],
      ['b', 2, 2],
    ]);
    expect(unfold({ df: long }, 'df')[2]).toMatchObject({ place: 2, siblings: 50 });
  });

  it('shows long texts and texts of several lines beside the tree', () => {
    expect(['x'.repeat(31), 'a\nb', 'x', 7, ['a\nb']].map(isLongText)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('keeps what is unfolded when values change', () => {
    const open = new Set([JSON.stringify(['a'])]);
    expect(treeRows({ a: [1, 2] }, open)).toHaveLength(3);
    expect(treeRows({ a: [1, 2, 3] }, open)).toHaveLength(4);
    expect(treeRows({ a: 5 }, open)).toHaveLength(1);
  });

  it('treats keys that are names of JavaScript as keys', () => {
    const data = JSON.parse('{"constructor": 1, "__proto__": {"x": 2}}') as { [key: string]: Json };
    expect(unfold(data, '__proto__').map((row) => [row.label, row.value])).toEqual([
      ['constructor', 1],
      ['__proto__', { x: 2 }],
      ['x', 2],
    ]);
  });
});

describe('keys in the tree', () => {
  const data = { a: [1, 2], b: 2 };
  const open = unfold(data, 'a');
  const closed = treeRows(data, new Set());
  const id = (label: string): string => open.find((row) => row.label === label)?.id ?? '';

  it.each([
    ['ArrowDown', open, 'a', 'select', '0'],
    ['ArrowUp', open, '1', 'select', '0'],
    ['ArrowRight', closed, 'a', 'toggle', 'a'],
    ['ArrowRight', open, 'a', 'select', '0'],
    ['ArrowLeft', open, '1', 'select', 'a'],
    ['ArrowLeft', open, 'a', 'toggle', 'a'],
    ['Home', open, 'b', 'select', 'a'],
    ['End', open, 'a', 'select', 'b'],
    ['Enter', open, 'a', 'toggle', 'a'],
    ['PageDown', open, 'a', 'select', 'b'],
    ['PageUp', open, 'b', 'select', 'a'],
  ])('%s', (key, rows, selected, kind, label) => {
    expect(treeMove(key, rows, id(selected))).toEqual({ kind, id: id(label) });
  });

  it('does nothing where there is nothing to do', () => {
    expect(treeMove('ArrowDown', open, id('b'))).toBeNull();
    expect(treeMove('Enter', open, id('b'))).toBeNull();
    expect(treeMove('ArrowLeft', open, id('b'))).toBeNull();
    expect(treeMove('x', open, id('a'))).toBeNull();
    expect(treeMove('ArrowDown', [], null)).toBeNull();
  });
});
