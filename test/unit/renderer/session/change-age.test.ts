import { describe, expect, it } from 'vitest';
import { changeAgeText, lastChange } from '../../../../renderer/session/change-age';

describe('how fresh the data is', () => {
  it.each([
    [-5, 'changed just now'],
    [240, 'changed 0.2 s ago'],
    [9_999, 'changed 9.9 s ago'],
    [10_000, 'changed 10 s ago'],
    [3 * 60_000, 'changed 3 m ago'],
  ])('%d ms', (age, expected) => {
    expect(changeAgeText(age)).toBe(expected);
  });

  it('is the newest of all changes', () => {
    expect(lastChange({ a: 3, b: 9, c: 5 })).toBe(9);
    expect(lastChange({})).toBeNull();
  });
});
