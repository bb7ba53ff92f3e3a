import { describe, expect, it } from 'vitest';
import {
  alarmFormOf,
  newAlarmForm,
  readAlarmForm,
  readEquals,
  type AlarmForm,
} from '../../../../renderer/alarms/alarm-form';
import type { AlarmCondition, AlarmRuleDraft } from '../../../../shared/domain/alarm';
import { slotId } from '../support/samples';

const watched = { source: 'session' as const, slot: slotId, path: ['noise', 0] };
const read = (change: Partial<AlarmForm>) => readAlarmForm({ ...newAlarmForm(slotId, watched), ...change });

describe('the form of an alarm', () => {
  it.each<AlarmCondition>([
    { kind: 'above', limit: -1e-30 },
    { kind: 'below', limit: 5 },
    { kind: 'outside', low: -2, high: -2 },
    { kind: 'equals', value: Number.NaN },
    { kind: 'equals', value: null },
    { kind: 'equals', value: true },
    { kind: 'equals', value: 'OFF' },
    { kind: 'equals', value: '12' },
    { kind: 'equals', value: 'true' },
    { kind: 'equals', value: '' },
    { kind: 'not-updated', seconds: 90 },
  ])('reads back %o as it was', (condition) => {
    const rule: AlarmRuleDraft = {
      name: 'warm',
      watched,
      condition,
      delay: 2.5,
      severity: 'alarm',
      enabled: false,
    };
    expect(readAlarmForm(alarmFormOf(rule))).toEqual({ rule });
  });

  it('names what is wrong at its field, all of it', () => {
    expect(read({ kind: 'outside', low: '', high: 'x', delay: '-' })).toEqual({
      faults: { low: 'Enter a number', high: 'Enter a number', delay: 'Enter a number' },
    });
    expect(read({ kind: 'outside', low: '3', high: '2' })).toEqual({
      faults: { high: 'Must not be below the lower limit' },
    });
    for (const limit of ['NaN', 'Infinity', '1e999', '5 K', ' ']) {
      expect(read({ kind: 'above', limit })).toEqual({ faults: { limit: 'Enter a number' } });
    }
    expect(read({ kind: 'not-updated', seconds: '0' })).toHaveProperty('faults.seconds');
    expect(read({ kind: 'above', limit: '1', delay: '-1' })).toHaveProperty('faults.delay');
    expect(read({ kind: 'above', limit: '1', delay: '999999' })).toHaveProperty('faults.delay');
    expect(readAlarmForm({ ...newAlarmForm(slotId, null), limit: '1' })).toEqual({
      faults: { path: 'Enter the path of a register' },
    });
    const long = { ...newAlarmForm(slotId, null), limit: '1', path: 'x'.repeat(1001) };
    expect(readAlarmForm(long)).toHaveProperty('faults.path');
  });

  it('reads what a value has to be equal to', () => {
    expect(['True', 'none', '0x10', '1e3', '"7"', ' ready '].map(readEquals)).toEqual([
      true,
      null,
      16,
      1000,
      '7',
      'ready',
    ]);
  });
});
