import { assertNever } from '../../shared/assert-never';
import type {
  AlarmCondition,
  AlarmPhase,
  AlarmRecord,
  AlarmRule,
  SeverityCounts,
} from '../../shared/domain/alarm';
import { watchedPathText } from '../../shared/domain/watched-value';
import { countOf } from '../components/time-text';
import { numberText } from '../session/json-preview';

/** A condition in words, as it stands after the value's name: `above 5`, `not updated for 10 s`. */
function conditionText(condition: AlarmCondition): string {
  switch (condition.kind) {
    case 'above':
    case 'below':
      return `${condition.kind} ${numberText(condition.limit)}`;
    case 'outside':
      return `outside ${numberText(condition.low)} … ${numberText(condition.high)}`;
    case 'equals':
      return `equals ${typeof condition.value === 'number' ? numberText(condition.value) : JSON.stringify(condition.value)}`;
    case 'not-updated':
      return `not updated for ${condition.seconds} s`;
    default:
      return assertNever(condition);
  }
}

/** Significant digits of a measured value that a list has room for. */
const shownDigits = 6;

/** A value for a list: a number with many decimals rounded to 6 significant digits, anything else as it is. */
export function shortValue(value: string): string {
  const [, whole, decimals] = /^-?(\d+)\.(\d+)(?:e[+-]?\d+)?$/i.exec(value) ?? [];
  if (whole === undefined || decimals === undefined || whole.length + decimals.length <= shownDigits) {
    return value;
  }
  // The digits before the point are all kept.
  return Number(value).toPrecision(Math.min(Math.max(shownDigits, whole.length), 100));
}

/** A rule's condition with its delay. */
export function ruleText({ condition, delay }: Pick<AlarmRule, 'condition' | 'delay'>): string {
  return delay === 0 ? conditionText(condition) : `${conditionText(condition)}, held for ${delay} s`;
}

/** What an alarm or a rule is called: as the operator named it, or by its value. */
export function ruleName({ name, watched }: Pick<AlarmRule, 'name' | 'watched'>): string {
  return name === '' ? watchedPathText(watched) : name;
}

const phaseTexts: Record<AlarmPhase, string> = {
  active: 'active',
  acknowledged: 'acknowledged',
  cleared: 'over, not acknowledged',
};

/** How a rule stands, in words. */
export function phaseText(rule: Pick<AlarmRule, 'enabled'>, alarm: AlarmRecord | null): string {
  if (!rule.enabled) return 'off';
  return alarm === null ? 'normal' : phaseTexts[alarm.phase];
}

/** How many alarms and warnings there are: `2 alarms, 1 warning`. Empty for none. */
export function alarmCounts({ alarm, warning }: SeverityCounts): string {
  return [alarm === 0 ? '' : countOf(alarm, 'alarm'), warning === 0 ? '' : countOf(warning, 'warning')]
    .filter(Boolean)
    .join(', ');
}
