import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acknowledged, holds, nextState, quietRule } from '../../../../electron/values/alarm-state';
import type { AlarmCondition } from '../../../../shared/domain/alarm';
import type { Json } from '../../../../shared/json';
import { start } from './support';

/** One moment by both clocks. */
const at = (time: number) => ({ wall: time, elapsed: time });

const above: AlarmCondition = { kind: 'above', limit: 5 };
const below: AlarmCondition = { kind: 'below', limit: 5 };
const outside: AlarmCondition = { kind: 'outside', low: 1, high: 5 };
const check = (condition: AlarmCondition, value: Json | undefined): boolean =>
  holds(condition, { value, at: start }, start, start);

describe('a condition', () => {
  it.each<[AlarmCondition, Json, boolean]>([
    [above, 5, false],
    [above, 5.01, true],
    [above, Number.POSITIVE_INFINITY, true],
    [below, 5, false],
    [below, -1, true],
    [outside, 1, false],
    [outside, 5, false],
    [outside, 0.9, true],
    [outside, 6, true],
    [{ kind: 'above', limit: 0 }, true, true],
    [{ kind: 'above', limit: 0 }, false, false],
    [{ kind: 'equals', value: 'OFF' }, 'OFF', true],
    [{ kind: 'equals', value: 'OFF' }, 'off', false],
    [{ kind: 'equals', value: 0 }, -0, true],
    [{ kind: 'equals', value: 0 }, false, false],
    [{ kind: 'equals', value: Number.NaN }, Number.NaN, true],
    [{ kind: 'equals', value: Number.NaN }, 1, false],
    [{ kind: 'equals', value: null }, null, true],
  ])('%o of %o is %o', (condition, value, expected) => expect(check(condition, value)).toBe(expected));

  it.each([above, below, outside])('%o holds for NaN and for what is no number', (condition) => {
    for (const value of [Number.NaN, null, 'five', [5], { a: 5 }]) expect(check(condition, value)).toBe(true);
  });

  it('does not hold while nothing is known', () => {
    for (const condition of [above, below, outside]) {
      expect(holds(condition, null, start, start)).toBe(false);
      expect(check(condition, undefined)).toBe(false);
    }
  });

  it('of silence counts from when the value was awaited, and not where it is not', () => {
    const silent: AlarmCondition = { kind: 'not-updated', seconds: 10 };
    expect(holds(silent, null, start, start + 9999)).toBe(false);
    expect(holds(silent, null, start, start + 10_000)).toBe(true);
    expect(holds(silent, null, null, start + 99_000)).toBe(false);
  });
});

describe('an alarm', () => {
  const raised = nextState(quietRule, true, at(start), 0, '7').state;

  it('is raised when its condition has held for the delay without a break', () => {
    let state = nextState(quietRule, true, at(start), 3000, '7').state;
    expect(state.alarm).toBeNull();
    state = nextState(state, false, at(start + 1000), 3000, '4').state;
    state = nextState(state, true, at(start + 2000), 3000, '8').state;
    expect(nextState(state, true, at(start + 4999), 3000, '8').state.alarm).toBeNull();
    const late = nextState(state, true, at(start + 5000), 3000, '9');
    expect(late).toMatchObject({
      raised: true,
      state: { alarm: { phase: 'active', raisedAt: start + 5000, raisedBy: '9', count: 1 } },
    });
  });

  it('is latched: over and unseen it stays, and goes when it was seen', () => {
    const cleared = nextState(raised, false, at(start + 1), 0, '1').state;
    expect(cleared.alarm).toMatchObject({ phase: 'cleared', clearedAt: start + 1, raisedBy: '7' });
    expect(nextState(cleared, false, at(start + 2), 0, '1').state.alarm).toBe(cleared.alarm);
    expect(acknowledged(cleared, 'ocs', start + 3).alarm).toBeNull();
  });

  it('goes when it was seen first and is over then', () => {
    const seen = acknowledged(raised, 'ocs', start + 1);
    expect(seen.alarm).toMatchObject({
      phase: 'acknowledged',
      acknowledgedBy: 'ocs',
      acknowledgedAt: start + 1,
    });
    expect(acknowledged(seen, 'another', start + 2)).toBe(seen);
    expect(nextState(seen, true, at(start + 3), 0, '8').raised).toBe(false);
    expect(nextState(seen, false, at(start + 4), 0, '1').state.alarm).toBeNull();
  });

  it('that comes back before it was seen is counted, not told again', () => {
    const cleared = nextState(raised, false, at(start + 1), 0, '1').state;
    const again = nextState(cleared, true, at(start + 2), 0, '9');
    expect(again.raised).toBe(false);
    expect(again.state.alarm).toMatchObject({ phase: 'active', count: 2, raisedAt: start, clearedAt: null });
  });

  it('is never told more often than it was seen, plus once', () => {
    const step = fc.constantFrom('holds', 'over', 'seen');
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let state = quietRule;
        let told = 0;
        let seen = 0;
        for (const [index, each] of steps.entries()) {
          if (each === 'seen') {
            seen += state.alarm === null || state.alarm.phase === 'acknowledged' ? 0 : 1;
            state = acknowledged(state, 'ocs', start + index);
          } else {
            const next = nextState(state, each === 'holds', at(start + index), 0, '1');
            ({ state } = next);
            told += Number(next.raised);
          }
          // Whatever was told and not seen is still shown.
          expect(told - seen).toBe(state.alarm === null || state.alarm.phase === 'acknowledged' ? 0 : 1);
        }
      }),
    );
  });
});
