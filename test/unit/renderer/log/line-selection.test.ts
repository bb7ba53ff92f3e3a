import { describe, expect, it } from 'vitest';
import {
  isSelected,
  selectedCount,
  selectedRange,
  selectionAfterKey,
  selectionWithin,
  type LineSelection,
} from '../../../../renderer/log/line-selection';

const extent = { total: 10_000_000, page: 20, firstInSight: 500, lastInSight: 519 };
const at = (anchor: number, head = anchor): LineSelection => ({ anchor, head });

describe('the selection of lines', () => {
  it.each([
    [null, 'ArrowDown', false, null],
    [null, 'ArrowDown', true, at(500, 501)],
    [null, 'ArrowUp', true, at(519, 518)],
    [at(7), 'ArrowDown', false, at(8)],
    [at(7), 'ArrowDown', true, at(7, 8)],
    [at(7, 9), 'ArrowUp', true, at(7, 8)],
    [at(7, 9), 'ArrowUp', false, at(8)],
    [at(7), 'PageUp', true, at(7, 0)],
    [at(7), 'PageDown', true, at(7, 27)],
    [at(7), 'End', true, at(7, 9_999_999)],
    [at(7), 'Home', false, at(0)],
    [at(7), 'x', true, null],
  ])('%j and %s (shift: %s) makes %j', (selection, key, shift, expected) => {
    expect(selectionAfterKey(selection, key, shift, extent)).toEqual(expected);
  });

  it('has nothing to select in an empty log', () => {
    expect(selectionAfterKey(null, 'End', true, { ...extent, total: 0 })).toBeNull();
  });

  it('goes both ways', () => {
    expect(selectedCount(at(9, 7))).toBe(3);
    expect([6, 7, 8, 9, 10].map((row) => isSelected(at(9, 7), row))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(isSelected(null, 0)).toBe(false);
    expect([selectionWithin(at(9, 7), 10), selectionWithin(at(9, 7), 9)]).toEqual([at(9, 7), null]);
    expect(selectedRange(at(9, 7), false)).toEqual({ first: 7, last: 9, of: 'log' });
    expect(selectedRange(at(7, 9), true)).toEqual({ first: 7, last: 9, of: 'rows' });
  });
});
