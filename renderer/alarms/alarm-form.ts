import { z } from 'zod';
import { assertNever } from '../../shared/assert-never';
import {
  alarmRuleDraftSchema,
  type AlarmCondition,
  type AlarmRuleDraft,
  type AlarmSeverity,
} from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import { watchedPathText, type WatchedValue } from '../../shared/domain/watched-value';
import { numberText } from '../session/json-preview';

const conditionKinds = ['above', 'below', 'outside', 'equals', 'not-updated'] as const;
export const conditionKindSchema = z.enum(conditionKinds);

/** A rule as it is being edited: what stands in its fields. */
export interface AlarmForm {
  /** A chosen value, or null where the operator types the path of a register of `slot`. */
  readonly watched: WatchedValue | null;
  readonly slot: SlotId;
  readonly path: string;
  readonly name: string;
  readonly kind: AlarmCondition['kind'];
  readonly limit: string;
  readonly low: string;
  readonly high: string;
  readonly equals: string;
  readonly seconds: string;
  readonly delay: string;
  readonly severity: AlarmSeverity;
  readonly enabled: boolean;
}

export type AlarmField = 'path' | 'name' | 'limit' | 'low' | 'high' | 'equals' | 'seconds' | 'delay';
export type AlarmFaults = Partial<Record<AlarmField, string>>;

const blank = {
  name: '',
  kind: 'above',
  limit: '',
  low: '',
  high: '',
  equals: '',
  seconds: '60',
  delay: '0',
  severity: 'warning',
  enabled: true,
} as const;

/** The form of a new rule, for a value or for a register whose path is to be typed. */
export function newAlarmForm(slot: SlotId, watched: WatchedValue | null): AlarmForm {
  return { ...blank, slot, watched, path: watched === null ? '' : watchedPathText(watched) };
}

/** The form of a rule that there is. */
export function alarmFormOf(rule: AlarmRuleDraft): AlarmForm {
  const { watched, condition, name, delay, severity, enabled } = rule;
  const common = { ...newAlarmForm(watched.slot, watched), name, delay: String(delay), severity, enabled };
  switch (condition.kind) {
    case 'above':
    case 'below':
      return { ...common, kind: condition.kind, limit: numberText(condition.limit) };
    case 'outside':
      return { ...common, kind: 'outside', low: numberText(condition.low), high: numberText(condition.high) };
    case 'equals':
      return { ...common, kind: 'equals', equals: equalsText(condition.value) };
    case 'not-updated':
      return { ...common, kind: 'not-updated', seconds: String(condition.seconds) };
    default:
      return assertNever(condition);
  }
}

/** What the form says, or what is wrong with it, by field. */
export function readAlarmForm(form: AlarmForm): { rule: AlarmRuleDraft } | { faults: AlarmFaults } {
  const faults: AlarmFaults = {};
  const path = form.path.trim();
  if (form.watched === null && path === '') faults.path = 'Enter the path of a register';
  const number = (field: 'limit' | 'low' | 'high' | 'seconds' | 'delay'): number => {
    const value = readNumber(form[field]);
    if (value === null) faults[field] = 'Enter a number';
    return value ?? 0;
  };
  const condition = readCondition(form, number);
  const delay = number('delay');
  if (Object.keys(faults).length > 0) return { faults };
  const { name, severity, enabled, slot } = form;
  const watched = form.watched ?? { source: 'register' as const, slot, path };
  const parsed = alarmRuleDraftSchema.safeParse({ name, watched, condition, delay, severity, enabled });
  if (parsed.success) return { rule: parsed.data };
  for (const { path: place, message } of parsed.error.issues) {
    faults[fieldOf(place)] ??= `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  }
  return { faults };
}

/** What a value has to be equal to, as it is typed: a number, true, null, NaN or, in quotes or not, a text. */
export function readEquals(text: string): Extract<AlarmCondition, { kind: 'equals' }>['value'] {
  const trimmed = text.trim();
  const words = new Map<string, boolean | null | number>([
    ['true', true],
    ['false', false],
    ['null', null],
    ['none', null],
    ['nan', Number.NaN],
  ]);
  const word = words.get(trimmed.toLowerCase());
  if (word !== undefined) return word;
  const quoted = /^"(?<inside>.*)"$/s.exec(trimmed)?.groups?.['inside'];
  return quoted ?? readNumber(trimmed) ?? trimmed;
}

function equalsText(value: Extract<AlarmCondition, { kind: 'equals' }>['value']): string {
  if (typeof value !== 'string') return typeof value === 'number' ? numberText(value) : String(value);
  return readEquals(value) === value ? value : `"${value}"`;
}

function readCondition(
  form: AlarmForm,
  number: (field: 'limit' | 'low' | 'high' | 'seconds') => number,
): AlarmCondition {
  switch (form.kind) {
    case 'above':
    case 'below':
      return { kind: form.kind, limit: number('limit') };
    case 'outside':
      return { kind: 'outside', low: number('low'), high: number('high') };
    case 'equals':
      return { kind: 'equals', value: readEquals(form.equals) };
    case 'not-updated':
      return { kind: 'not-updated', seconds: number('seconds') };
    default:
      return assertNever(form.kind);
  }
}

function readNumber(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function fieldOf(place: readonly PropertyKey[]): AlarmField {
  const last = place.at(-1);
  switch (last) {
    case 'limit':
    case 'low':
    case 'high':
    case 'seconds':
    case 'delay':
    case 'name':
      return last;
    case 'value':
      return 'equals';
    default:
      return 'path';
  }
}
