import type { AlarmRecord, AlarmRule, AlarmRuleDraft } from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import type { WatchedValue } from '../../shared/domain/watched-value';
import type { Json } from '../../shared/json';

/** A register's newest value as it is kept. Times are Unix milliseconds. */
export interface RegisterRecord {
  readonly slot: SlotId;
  readonly path: string;
  readonly value: Json;
  readonly type: string;
  readonly receivedAt: number;
  readonly changedAt: number;
  readonly updates: number;
}

/** A pinned value as it is kept. */
export interface PinRecord {
  readonly id: number;
  readonly watched: WatchedValue;
  readonly chart: number;
  readonly pinnedAt: number;
}

/** A coarse point of a pin's history; NaN where the value was no number. */
export interface PinPointRecord {
  readonly pin: number;
  readonly at: number;
  readonly least: number;
  readonly greatest: number;
}

/** A rule with the alarm that it had raised when it was last saved. */
export interface AlarmRuleRecord {
  readonly rule: AlarmRule;
  readonly alarm: AlarmRecord | null;
}

/** What is asked of the tables of registers, pins and alarms. */
export interface ValueQuestions {
  /** Registers of a slot after a place in the table (null: from the first), and the place to go on from. */
  readRegisters: {
    request: { slot: SlotId; after: string | null; limit: number };
    /** `size` is the characters of the value's text. */
    response: { registers: (RegisterRecord & { readonly size: number })[]; after: string | null };
  };
  saveRegisters: { request: { registers: readonly RegisterRecord[] }; response: null };
  readPins: { request: null; response: PinRecord[] };
  /** Answers the id that the pin got. */
  addPin: { request: { watched: WatchedValue; pinnedAt: number }; response: number };
  /** Keeps pins as they are, with their ids: what was kept of them is lost. */
  keepPins: { request: { pins: readonly PinRecord[] }; response: null };
  groupPin: { request: { pin: number; chart: number }; response: null };
  removePin: { request: { pin: number }; response: null };
  readPinPoints: { request: { pin: number; from: number }; response: PinPointRecord[] };
  /** Adds points, and forgets those of before a time. */
  savePinPoints: {
    request: { points: readonly PinPointRecord[]; forgetBefore: number };
    response: null;
  };
  readAlarmRules: { request: null; response: AlarmRuleRecord[] };
  /** Answers the rule's id; a new one for null. */
  saveAlarmRule: { request: { id: number | null; rule: AlarmRuleDraft }; response: number };
  /** Keeps rules as they are, with their ids: what was kept of them is lost. */
  keepAlarmRules: { request: { rules: readonly AlarmRuleRecord[] }; response: null };
  removeAlarmRule: { request: { id: number }; response: null };
  saveAlarms: {
    request: { alarms: readonly { readonly rule: number; readonly alarm: AlarmRecord | null }[] };
    response: null;
  };
}
