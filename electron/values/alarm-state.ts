import { assertNever } from '../../shared/assert-never';
import type { AlarmCondition, AlarmRecord } from '../../shared/domain/alarm';
import { numberOf } from '../../shared/domain/watched-value';
import { sameJson } from './same-json';
import type { ValueUpdate } from './watched-values';

/** A moment by the clock of the wall (Unix milliseconds), and by one that is never set (milliseconds). */
export interface Moment {
  readonly wall: number;
  readonly elapsed: number;
}

/**
 * Whether a condition holds. Without a value no limit is broken: nothing is known. NaN, and whatever is not a number, is
 * outside every limit. `silentSince` is from when on the value is awaited, by the clock that is never set as `elapsed` is;
 * null where it is not.
 */
export function holds(
  condition: AlarmCondition,
  update: ValueUpdate | null,
  silentSince: number | null,
  elapsed: number,
): boolean {
  if (condition.kind === 'not-updated') {
    return silentSince !== null && elapsed - silentSince >= condition.seconds * 1000;
  }
  const value = update?.value;
  if (value === undefined) return false;
  const number = numberOf(value) ?? Number.NaN;
  switch (condition.kind) {
    case 'above':
      return Number.isNaN(number) || number > condition.limit;
    case 'below':
      return Number.isNaN(number) || number < condition.limit;
    case 'outside':
      return Number.isNaN(number) || number < condition.low || number > condition.high;
    case 'equals':
      // 0 and -0 are one number to an operator.
      return value === condition.value || sameJson(value, condition.value);
    default:
      return assertNever(condition);
  }
}

/** How a rule stands: its alarm, if it raised one, and since when its condition holds without a break (elapsed). */
export interface RuleState {
  readonly alarm: AlarmRecord | null;
  readonly holdsSince: number | null;
}

/** A rule that has raised nothing. */
export const quietRule: RuleState = { alarm: null, holdsSince: null };

/**
 * Where a rule goes when its condition was looked at. An alarm is raised when the condition has held for `delay`
 * milliseconds, and is latched: it goes when it is over and somebody has acknowledged it. `raised` tells a new one; one
 * that comes back before anybody acknowledged it is counted, and not told again.
 */
export function nextState(
  state: RuleState,
  isHeld: boolean,
  now: Moment,
  delay: number,
  value: string | null,
): { state: RuleState; raised: boolean } {
  const { alarm } = state;
  if (!isHeld) return { state: { alarm: afterEnd(alarm, now.wall), holdsSince: null }, raised: false };
  const holdsSince = state.holdsSince ?? now.elapsed;
  const unchanged = { state: { alarm, holdsSince }, raised: false };
  if (alarm !== null && alarm.phase !== 'cleared') return unchanged;
  if (now.elapsed - holdsSince < delay) return unchanged;
  if (alarm !== null) {
    const again = { ...alarm, phase: 'active' as const, clearedAt: null, count: alarm.count + 1 };
    return { state: { alarm: again, holdsSince }, raised: false };
  }
  const raised: AlarmRecord = {
    phase: 'active',
    raisedAt: now.wall,
    raisedBy: value,
    count: 1,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
  return { state: { alarm: raised, holdsSince }, raised: true };
}

/** Where a rule goes when an operator says that they have seen its alarm. */
export function acknowledged(state: RuleState, who: string, now: number): RuleState {
  const { alarm, holdsSince } = state;
  if (alarm === null || alarm.phase === 'cleared') return { alarm: null, holdsSince };
  if (alarm.phase === 'acknowledged') return state;
  return {
    alarm: { ...alarm, phase: 'acknowledged', acknowledgedAt: now, acknowledgedBy: who },
    holdsSince,
  };
}

function afterEnd(alarm: AlarmRecord | null, now: number): AlarmRecord | null {
  if (alarm === null || alarm.phase === 'acknowledged') return null;
  return alarm.phase === 'cleared' ? alarm : { ...alarm, phase: 'cleared', clearedAt: now };
}
