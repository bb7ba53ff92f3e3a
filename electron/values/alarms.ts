import {
  countBySlot,
  isUnacknowledged,
  mostShownAlarms,
  noAlarms,
  type Alarm,
  type AlarmRecord,
  type AlarmRule,
  type AlarmRuleDraft,
  type AlarmStatus,
} from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import { failure, success, type Result } from '../../shared/result';
import { acknowledged, holds, nextState, quietRule, type RuleState } from './alarm-state';
import { previewText } from './value-text';
import type { ValuesStore } from './values-store';
import type { ValueUpdate, WatchedValues } from './watched-values';

/** The most rules of one panel: each is looked at every second. */
export const mostRules = 1000;

/** Changes of alarms are shown together, this many milliseconds after the first. */
const showAfter = 100;

/** Characters of the values in alarms. */
const valueLength = 60;

/** What the alarms need from the panel. */
export interface AlarmsOptions {
  readonly store: ValuesStore;
  readonly watched: WatchedValues;
  /** Unix milliseconds now. */
  readonly now: () => number;
  /** Milliseconds that only go forward: silence and delays are no matter of the wall's clock, which is set. */
  readonly elapsed: () => number;
  readonly onStatus: (status: AlarmStatus) => void;
  readonly onRaised: (alarm: Alarm) => void;
}

/** A rule with how it stands, as the list of rules shows it. */
export interface RuleView {
  readonly rule: AlarmRule;
  readonly alarm: AlarmRecord | null;
  readonly value: string | null;
  readonly receivedAt: number | null;
}

interface Entry {
  readonly rule: AlarmRule;
  state: RuleState;
  /** From when on the value can be awaited, as `elapsed` tells it. */
  readonly since: number;
  /** When the value came last since then, here and now whatever time it carries; null where it has not. */
  heardAt: number | null;
  readonly stop: () => void;
}

/** Rules on chosen values, and the alarms that they raise. Looks at a rule when its value comes, and every second. */
export class Alarms {
  readonly #options: AlarmsOptions;
  readonly #entries = new Map<number, Entry>();
  readonly #unsaved = new Set<number>();
  #shown: AlarmStatus = noAlarms;
  #showTimer: NodeJS.Timeout | null = null;
  #isOpen = false;
  /** The database holds no rule any more. */
  #isLost = false;

  constructor(options: AlarmsOptions) {
    this.#options = options;
  }

  /** Takes up the rules that were kept, with their alarms. Without a database it can be tried again. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    const read = await this.#options.store.ask('readAlarmRules', null);
    if (!read.ok) return;
    this.#isOpen = true;
    for (const { rule, alarm } of read.value) {
      if (!this.#entries.has(rule.id))
        this.#install(rule, { alarm: rule.enabled ? alarm : null, holdsSince: null });
    }
    this.#show();
  }

  /** The rules of a slot, or with null all of them, oldest first. */
  list(slot: SlotId | null): RuleView[] {
    return [...this.#entries.values()]
      .filter(({ rule }) => slot === null || rule.watched.slot === slot)
      .toSorted((one, other) => one.rule.id - other.rule.id)
      .map(({ rule, state }) => {
        const latest = this.#options.watched.latest(rule.watched);
        return { rule, alarm: state.alarm, value: textOf(latest), receivedAt: latest?.at ?? null };
      });
  }

  /** Keeps a rule: a new one for null, or the one of this id. What the old one had raised is gone. */
  async save(id: number | null, draft: AlarmRuleDraft): Promise<Result<number>> {
    if (id !== null && !this.#entries.has(id)) return unknownRule();
    if (id === null && this.#entries.size >= mostRules) {
      return failure('too-many-rules', `There are ${mostRules} rules, which is the most. Remove one first.`);
    }
    // The ids of those that were lost are theirs.
    const kept = await this.#keepLost();
    if (!kept.ok) return kept;
    const saved = await this.#options.store.ask('saveAlarmRule', { id, rule: draft });
    if (!saved.ok) return saved;
    this.#entries.get(saved.value)?.stop();
    this.#install({ ...draft, id: saved.value }, quietRule);
    this.#unsaved.add(saved.value);
    this.#look(saved.value);
    this.#showSoon();
    return success(saved.value);
  }

  async remove(id: number): Promise<Result<AlarmRule>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return unknownRule();
    const removed = await this.#options.store.ask('removeAlarmRule', { id });
    if (!removed.ok) return removed;
    this.#entries.get(id)?.stop();
    this.#entries.delete(id);
    this.#unsaved.delete(id);
    this.#show();
    return success(entry.rule);
  }

  /** Notes that somebody has seen these alarms, or all. Gives back those of which nobody had. */
  acknowledge(ids: readonly number[] | 'all', who: string): AlarmRule[] {
    const now = this.#options.now();
    const seen: AlarmRule[] = [];
    for (const id of ids === 'all' ? this.#entries.keys() : ids) {
      const entry = this.#entries.get(id);
      if (entry === undefined || entry.state.alarm === null || !isUnacknowledged(entry.state.alarm)) continue;
      entry.state = acknowledged(entry.state, who, now);
      this.#unsaved.add(id);
      seen.push(entry.rule);
    }
    this.#show();
    return seen;
  }

  /** Looks at every rule: values that do not come raise alarms too, and delays pass. */
  tick(): void {
    for (const id of this.#entries.keys()) this.#look(id);
    // Values beside alarms go on changing.
    if (this.#shown.total > 0) this.#showSoon();
  }

  /** The database holds nothing of before: the next saving keeps all rules, with their alarms. */
  keepAnew(): void {
    this.#isLost = true;
  }

  /** Saves how alarms stand, where that has changed. What cannot be saved now waits for the next time. */
  async saveAlarms(): Promise<void> {
    const kept = await this.#keepLost();
    if (!kept.ok) return;
    const ids = [...this.#unsaved];
    if (ids.length === 0) return;
    this.#unsaved.clear();
    const alarms = ids.flatMap((rule) => {
      const entry = this.#entries.get(rule);
      return entry === undefined ? [] : [{ rule, alarm: entry.state.alarm }];
    });
    const saved = await this.#options.store.ask('saveAlarms', { alarms });
    if (!saved.ok) for (const id of ids) this.#unsaved.add(id);
  }

  close(): void {
    if (this.#showTimer !== null) clearTimeout(this.#showTimer);
    this.#showTimer = null;
    for (const entry of this.#entries.values()) entry.stop();
  }

  async #keepLost(): Promise<Result<null>> {
    if (!this.#isLost) return success(null);
    this.#isLost = false;
    const rules = [...this.#entries.values()].map(({ rule, state }) => ({ rule, alarm: state.alarm }));
    const kept = await this.#options.store.ask('keepAlarmRules', { rules });
    if (!kept.ok) this.#isLost = true;
    return kept;
  }

  #install(rule: AlarmRule, state: RuleState): void {
    const { watched, elapsed } = this.#options;
    const stop = rule.enabled ? watched.watch(rule.watched, () => this.#hear(rule.id)) : () => undefined;
    this.#entries.set(rule.id, { rule, state, since: elapsed(), heardAt: null, stop });
  }

  #hear(id: number): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.heardAt = this.#options.elapsed();
    this.#look(id);
  }

  #look(id: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !entry.rule.enabled) return;
    const { watched, now, elapsed, onRaised } = this.#options;
    const { rule } = entry;
    const latest = watched.latest(rule.watched);
    const at = { wall: now(), elapsed: elapsed() };
    const isHeld = holds(rule.condition, latest, this.#silentSince(entry), at.elapsed);
    const before = entry.state.alarm;
    // Not known is not over: what an earlier panel had raised stands until there is something to judge it by.
    if (before !== null && !isHeld && !this.#isKnown(entry, latest)) return;
    const next = nextState(entry.state, isHeld, at, rule.delay * 1000, textOf(latest));
    entry.state = next.state;
    if (next.state.alarm === before) return;
    this.#unsaved.add(id);
    this.#showSoon();
    if (next.raised && next.state.alarm !== null) {
      onRaised({ ...next.state.alarm, rule, value: textOf(latest) });
    }
  }

  /** Whether a condition that does not hold is over. Right after a start, values and runs may not be back yet. */
  #isKnown({ rule, since, heardAt }: Entry, latest: ValueUpdate | null): boolean {
    const { watched, condition } = rule;
    const isOfRun = watched.source === 'session';
    if (condition.kind !== 'not-updated') {
      return latest !== null || (isOfRun && this.#options.watched.hasHadRun(watched.slot));
    }
    if (heardAt !== null) return true;
    const active = isOfRun ? this.#options.watched.activeRun(watched.slot) : null;
    return isOfRun && (active === null || active.since > since);
  }

  /** Session data is awaited only while a run is active; a register always, but not from before the panel was there. */
  #silentSince({ rule, since, heardAt }: Entry): number | null {
    const { watched } = rule;
    if (watched.source === 'register') return heardAt ?? since;
    const active = this.#options.watched.activeRun(watched.slot);
    return active === null ? null : Math.max(active.since, heardAt ?? since);
  }

  #showSoon(): void {
    this.#showTimer ??= setTimeout(() => this.#show(), showAfter);
  }

  #show(): void {
    if (this.#showTimer !== null) clearTimeout(this.#showTimer);
    this.#showTimer = null;
    const alarms = [...this.#entries.values()].flatMap(({ rule, state }): Alarm[] =>
      state.alarm === null
        ? []
        : [{ ...state.alarm, rule, value: textOf(this.#options.watched.latest(rule.watched)) }],
    );
    const status: AlarmStatus = {
      shown: alarms.toSorted(byWeight).slice(0, mostShownAlarms),
      total: alarms.length,
      unacknowledged: alarms.filter(isUnacknowledged).length,
      slots: countBySlot(alarms),
    };
    if (JSON.stringify(status) === JSON.stringify(this.#shown)) return;
    this.#shown = status;
    this.#options.onStatus(status);
  }
}

/** Those that nobody has seen first, then by severity, then newest first. */
function byWeight(one: Alarm, other: Alarm): number {
  return (
    Number(isUnacknowledged(other)) - Number(isUnacknowledged(one)) ||
    Number(other.rule.severity === 'alarm') - Number(one.rule.severity === 'alarm') ||
    other.raisedAt - one.raisedAt
  );
}

function textOf(update: ValueUpdate | null): string | null {
  return update?.value === undefined ? null : previewText(update.value, valueLength);
}

function unknownRule() {
  return failure('rule-unknown', 'This rule is not there any more.');
}
