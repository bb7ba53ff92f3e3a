import { describe, expect, it } from 'vitest';
import { shortValue } from '../../../../renderer/alarms/alarm-text';

describe('a value in a list of alarms', () => {
  it.each([
    ['41.372918273645182', '41.3729'],
    ['-0.000012345678901', '-0.0000123457'],
    ['1.2345678901e-9', '1.23457e-9'],
    ['5250123456.25', '5250123456'],
    // Not to be taken for the limit itself.
    ['5.0000001', '5.00000'],
  ])('rounds %s to %s', (value, shown) => {
    expect(shortValue(value)).toBe(shown);
  });

  it.each(['0.25', '1234.5', '123456789012345', 'NaN', 'true', '"1.23456789"', '1.2.345678'])(
    'leaves %s as it is',
    (value) => {
      expect(shortValue(value)).toBe(value);
    },
  );
});
