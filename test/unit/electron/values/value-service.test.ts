import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublishedMessage } from '../../../../electron/publisher/decode';
import { makePanelEvents, type PanelEvents } from '../../../../electron/state/panel-events';
import { ValueService } from '../../../../electron/values/value-service';
import { resolveCrates } from '../../../../shared/config/crates';
import { cratesFileSchema } from '../../../../shared/config/crates-file';
import {
  mostShownAlarms,
  type Alarm,
  type AlarmRuleDraft,
  type AlarmStatus,
} from '../../../../shared/domain/alarm';
import { publisherIdSchema, runIdSchema, type RunId, type SlotId } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';
import { mostPins } from '../../../../shared/domain/pin';
import type { WatchedValue } from '../../../../shared/domain/watched-value';
import type { Json, JsonObject } from '../../../../shared/json';
import { makeRun } from '../../../fixtures/panel-state';
import { temporaryFolder } from '../store/support';
import { DirectStore, register, slotA, slotB, start } from './support';
import { eventually } from '../../../fixtures/eventually';

const run = runIdSchema.parse('20261123-140000-abc123');
const median: WatchedValue = { source: 'session', slot: slotA, path: ['noise', 'medians', 1] };

let path: string;
let store: DirectStore;
let faults: unknown[];
let time: number;
/** By how much the clock of the wall was set. */
let step: number;

beforeEach(() => {
  path = join(temporaryFolder(), 'panel.sqlite');
  store = new DirectStore(path);
  faults = [];
  time = start;
  step = 0;
});

afterEach(() => {
  store.database.close();
  expect(faults).toEqual([]);
});

class Bench {
  readonly events: PanelEvents = makePanelEvents((error) => faults.push(error));
  readonly statuses: AlarmStatus[] = [];
  readonly raised: Alarm[] = [];
  readonly sessions = new Map<RunId, Session>();
  readonly values = new ValueService({
    store,
    events: this.events,
    now: () => time + step,
    elapsed: () => time,
    session: (id) => this.sessions.get(id) ?? null,
    onAlarms: (status) => this.statuses.push(status),
    onFault: (error) => faults.push(error),
  });

  constructor() {
    this.events.alarm.listen((alarm) => this.raised.push(alarm));
    const slots = [slotA, slotB].map((id, index) => ({ slot: index + 2, 'publisher-id': id }));
    this.events.config.emit(resolveCrates(cratesFileSchema.parse({ crates: [{ name: 'crate1', slots }] })));
  }

  /** A service on which everything that was kept has been taken up. */
  static async open(): Promise<Bench> {
    const bench = new Bench();
    await bench.values.open();
    await bench.values.save();
    return bench;
  }

  message(
    msgtype: string,
    payload: Json,
    slot: SlotId | null = slotA,
    ofRun: RunId | null = null,
    receivedAt = time,
  ): void {
    const text = JSON.stringify(payload);
    const message: PublishedMessage = {
      host: null,
      publisherId: publisherIdSchema.parse('crate1slot2'),
      script: null,
      publishedAt: time,
      seqNo: 1,
      msgtype,
      payload,
      text,
    };
    this.events.message.emit({ message, slot, run: ofRun, receivedAt });
  }

  metadata(registerPath: string, value: Json, slot: SlotId = slotA): void {
    this.message('metadata', { path: registerPath, value, type: typeof value }, slot);
  }

  session(set: JsonObject): void {
    this.message('session_data', set, slotA, run);
  }

  async rule(watched: WatchedValue, changes: Partial<AlarmRuleDraft> = {}): Promise<number> {
    const saved = await this.values.alarms.save(null, { ...draft(watched), ...changes });
    if (!saved.ok) throw new Error(saved.error.message);
    return saved.value;
  }

  async pin(watched: WatchedValue): Promise<number> {
    const pinned = await this.values.pins.pin(watched);
    if (!pinned.ok) throw new Error(pinned.error.message);
    return pinned.value.id;
  }

  points(pin: number): number[][] {
    const [series] = this.values.pins.series([pin], 3_600_000, 36_000).series;
    return [...(series?.at ?? [])].map((at, index) => [at - start, series?.greatest[index] ?? Number.NaN]);
  }

  phase(rule: number): string | null {
    return this.values.alarms.list(null).find((each) => each.rule.id === rule)?.alarm?.phase ?? null;
  }
}

function draft(watched: WatchedValue): AlarmRuleDraft {
  return {
    name: '',
    watched,
    condition: { kind: 'above', limit: 5 },
    delay: 0,
    severity: 'alarm',
    enabled: true,
  };
}

describe('registers', () => {
  it('come from metadata of matched slots; what names none is counted', async () => {
    const bench = await Bench.open();
    bench.metadata('a', 1);
    bench.metadata('a', 1, slotB);
    bench.message('metadata', { path: 'b', value: 1, type: 'int' }, null);
    bench.message('general', { path: 'c', value: 1, type: 'int' });
    for (const payload of [null, 7, [], {}, { path: 7, value: 1 }, { path: 'x' }]) {
      bench.message('metadata', payload);
    }
    bench.message('metadata', { path: 'untyped', value: null });
    const registers = bench.values.registers.of(slotA);
    expect(registers.changes(0, 9).registers.map((each) => [each.path, each.type])).toEqual([
      ['a', 'number'],
      ['untyped', ''],
    ]);
    expect(registers.faults.unreadable).toBe(6);
    expect(bench.values.registers.of(slotB).count).toBe(1);
    await bench.values.close();
  });

  it('are kept across a restart, whatever they hold, and go on from there', async () => {
    const first = await Bench.open();
    const odd: [string, Json][] = [
      ['nan', Number.NaN],
      ['list', [1, Number.POSITIVE_INFINITY, [Number.NaN]]],
      ['__proto__', { a: { b: null } }],
      ['\ud800\u0000', 'half a pair \udc00'],
    ];
    for (const [name, value] of odd) first.metadata(name, value);
    first.metadata('nan', Number.NaN);
    await first.values.close();
    time += 60_000;

    const second = await Bench.open();
    const registers = second.values.registers.of(slotA);
    expect(registers.count).toBe(odd.length);
    for (const [name, value] of odd) {
      expect(registers.find(name)?.value).toEqual(value);
      expect(registers.find(name)).toMatchObject({ receivedAt: start, changedAt: start });
    }
    expect(registers.find('nan')?.updates).toBe(2);
    second.metadata('nan', Number.NaN);
    expect(registers.find('nan')).toMatchObject({ updates: 3, changedAt: start, receivedAt: time });
    await second.values.close();
  });

  it('that came before what was kept could be read do not overwrite it', async () => {
    const first = await Bench.open();
    for (let count = 0; count < 10; count += 1) first.metadata('a', 1);
    await first.values.close();
    store.isBroken = true;
    const second = await Bench.open();
    second.metadata('a', 1);
    await second.values.save();
    store.isBroken = false;
    await second.values.save();
    expect(second.values.registers.of(slotA).find('a')?.updates).toBe(11);
    await second.values.close();
    const third = await Bench.open();
    expect(third.values.registers.of(slotA).find('a')?.updates).toBe(11);
    await third.values.close();
  });

  it('keep what is newer where an older value comes late, but not where the clock was set back', async () => {
    const bench = await Bench.open();
    const rule = await bench.rule(register('temp'));
    time += 60_000;
    bench.metadata('temp', 1);
    bench.message('metadata', { path: 'temp', value: 9, type: 'int' }, slotA, run, start);
    const temp = bench.values.registers.of(slotA).find('temp');
    expect(temp).toMatchObject({ value: 1, receivedAt: time, updates: 2 });
    expect(bench.phase(rule)).toBeNull();
    time -= 30_000;
    bench.metadata('temp', 7);
    expect(temp).toMatchObject({ value: 7, receivedAt: time, updates: 3 });
    expect(bench.phase(rule)).toBe('active');
    await bench.values.close();
  });

  it('are saved once however often they came, in pieces', async () => {
    const bench = await Bench.open();
    const before = store.asked.length;
    for (let count = 0; count < 6000; count += 1) bench.metadata(`r${count % 1200}`, count);
    await bench.values.save();
    expect(store.asked.slice(before).filter((name) => name === 'saveRegisters')).toHaveLength(3);
    await bench.values.save();
    expect(store.asked.slice(before).filter((name) => name === 'saveRegisters')).toHaveLength(3);
    await bench.values.close();
  });
});

describe('pins', () => {
  it('follow a register, with its present value as the first point', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 20);
    time += 1000;
    const pin = await bench.pin(register('temp'));
    bench.metadata('temp', 21);
    bench.metadata('other', 5);
    bench.metadata('temp', 99, slotB);
    time += 1000;
    bench.metadata('temp', Number.NaN);
    time += 1000;
    bench.metadata('temp', true);
    expect(bench.points(pin)).toEqual([
      [0, 20],
      [1000, 21],
      [2000, Number.NaN],
      [3000, 1],
    ]);
    expect(bench.values.pins.list(slotA)).toMatchObject([{ latest: 'true', latestAt: time }]);
    expect(bench.values.pins.list(slotB)).toEqual([]);
    await bench.values.close();
  });

  it('follow a place in session data, and what is there when they are made', async () => {
    const bench = await Bench.open();
    bench.events.run.emit(makeRun({ id: run }));
    const data = { noise: { medians: [1, 2, 3] } };
    bench.sessions.set(run, { run, data, changedAt: { noise: start }, messages: [] });
    const pin = await bench.pin(median);
    time += 1000;
    bench.session({ noise: { medians: [4, 5, 6] }, other: 1 });
    bench.session({ other: { noise: 9 } });
    time += 1000;
    bench.session({ noise: { medians: [7] } });
    expect(bench.points(pin)).toEqual([
      [0, 2],
      [1000, 5],
      [2000, Number.NaN],
    ]);
    expect(bench.values.pins.list(null)).toMatchObject([{ latest: null }]);
    await bench.values.close();
  });

  it('are kept across a restart, their history in spans of two seconds', async () => {
    const first = await Bench.open();
    const pin = await first.pin(register('temp'));
    for (const value of [1, 9, 5]) first.metadata('temp', value);
    // Two savings within one span add up.
    await first.values.save();
    first.metadata('temp', 12);
    time += 4000;
    first.metadata('temp', Number.NaN);
    await first.values.close();
    time += 1000;
    const second = await Bench.open();
    expect(second.values.pins.list(slotA)).toMatchObject([{ id: pin, watched: register('temp') }]);
    expect(second.points(pin)).toEqual([
      [0, 12],
      [4000, Number.NaN],
    ]);
    expect(second.values.pins.series([pin], 3_600_000, 100).series[0]?.least[0]).toBe(1);
    await second.values.close();
  });

  it('on session data leave out what an earlier run says late, also where that ends after the next began', async () => {
    const bench = await Bench.open();
    const next = makeRun({ id: runIdSchema.parse('20261123-150000-abc123'), requestedAt: 2000 });
    const outcome = { kind: 'exited' as const, code: 0 };
    bench.events.run.emit(makeRun({ id: run }));
    bench.events.run.emit(makeRun({ id: run, phase: 'done', outcome }));
    const pin = await bench.pin(median);
    const rule = await bench.rule(median);
    bench.session({ noise: { medians: [0, 1] } });
    expect(bench.values.pins.list(null)).toMatchObject([{ latest: '1' }]);
    bench.events.run.emit(next);
    time += 1000;
    bench.session({ noise: { medians: [0, 9] } });
    bench.events.run.emit(makeRun({ id: run }));
    bench.events.run.emit(makeRun({ id: run, phase: 'done', outcome }));
    bench.session({ noise: { medians: [0, 9] } });
    expect(bench.phase(rule)).toBeNull();
    expect(bench.points(pin)).toEqual([[0, 1]]);
    bench.message('session_data', { noise: { medians: [0, 7] } }, slotA, next.id);
    expect(bench.phase(rule)).toBe('active');
    expect(bench.points(pin)).toEqual([
      [0, 1],
      [1000, 7],
    ]);
    await bench.values.close();
  });

  it('are the same pin when made twice at once, and refused where they cannot be', async () => {
    const bench = await Bench.open();
    const both = await Promise.all([bench.pin(register('a')), bench.pin(register('a'))]);
    expect(both[0]).toBe(both[1]);
    bench.metadata('text', 'on');
    expect(await bench.values.pins.pin(register('text'))).toMatchObject({
      ok: false,
      error: { code: 'value-not-a-number', message: 'text cannot be charted: its value is not a number.' },
    });
    for (let count = 1; count < mostPins; count += 1) await bench.pin(register(`p${count}`));
    expect(await bench.values.pins.pin(register('one more'))).toMatchObject({
      ok: false,
      error: { code: 'too-many-pins' },
    });
    await bench.values.close();
  });

  it('go with their history', async () => {
    const bench = await Bench.open();
    const pin = await bench.pin(register('a'));
    bench.metadata('a', 1);
    await bench.values.save();
    expect(await bench.values.pins.unpin(pin)).toMatchObject({ ok: true });
    expect(await bench.values.pins.unpin(pin)).toMatchObject({ ok: false, error: { code: 'pin-unknown' } });
    expect(store.database.values.pins.points(pin, 0)).toEqual([]);
    bench.metadata('a', 2);
    await bench.values.close();
    expect(store.database.values.pins.read()).toEqual([]);
  });

  it('share a chart, and a chart goes on when the pin goes that it began with', async () => {
    const bench = await Bench.open();
    const [a, b, c] = [
      await bench.pin(register('a')),
      await bench.pin(register('b')),
      await bench.pin(register('c')),
    ];
    const charts = (): number[] => bench.values.pins.list(null).map((pin) => pin.chart);
    await bench.values.pins.group(b, a);
    await bench.values.pins.group(c, a);
    expect(charts()).toEqual([a, a, a]);
    await bench.values.pins.group(a, a);
    expect(charts()).toEqual([a, b, b]);
    await bench.values.pins.group(a, b);
    await bench.values.pins.unpin(b);
    expect(charts()).toEqual([b, b]);
    expect(await bench.values.pins.group(c, 999)).toMatchObject({ ok: false });
    await bench.values.close();
    expect(store.database.values.pins.read().map((pin) => pin.chart)).toEqual([b, b]);
  });
});

describe('what is kept, where the database was begun anew', () => {
  it('is kept again under the same ids: registers, pins with their history, rules with their alarms', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 9);
    const [first, second] = [await bench.pin(register('temp')), await bench.pin(register('other'))];
    await bench.values.pins.group(second, first);
    const gone = await bench.rule(register('gone'));
    const rule = await bench.rule(register('temp'));
    await bench.values.alarms.remove(gone);
    bench.values.alarms.acknowledge([rule], 'ocs');
    await bench.values.save();

    store.beginAnew(join(temporaryFolder(), 'anew.sqlite'));
    bench.events.databaseBegun.emit();
    // The first attempt fails, and what is new meanwhile takes no id of another.
    store.isBroken = true;
    await bench.values.save();
    store.isBroken = false;
    const third = await bench.pin(register('third'));
    const late = await bench.rule(register('late'));
    expect(third).toBeGreaterThan(second);
    expect(late).toBeGreaterThan(rule);
    await bench.values.close();
    time += 1000;

    const again = await Bench.open();
    expect(again.values.registers.of(slotA).find('temp')?.value).toBe(9);
    expect(again.values.pins.list(null).map(({ id, chart }) => [id, chart])).toEqual([
      [first, first],
      [second, first],
      [third, third],
    ]);
    expect(again.points(first)).toEqual([[0, 9]]);
    expect(again.values.alarms.list(null).map((each) => each.rule.id)).toEqual([rule, late]);
    expect(again.phase(rule)).toBe('acknowledged');
    await again.values.close();
  });
});

describe('alarms', () => {
  it('are raised, told once, acknowledged with who and when, and gone when over', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 4);
    const rule = await bench.rule(register('temp'));
    expect(bench.phase(rule)).toBeNull();
    bench.metadata('temp', 6);
    expect(bench.phase(rule)).toBe('active');
    expect(bench.raised).toMatchObject([{ rule: { id: rule }, raisedBy: '6', phase: 'active' }]);
    time += 500;
    expect(bench.values.alarms.acknowledge('all', 'ocs')).toMatchObject([{ id: rule }]);
    expect(bench.values.alarms.acknowledge([rule], 'other')).toEqual([]);
    expect(bench.statuses.at(-1)).toMatchObject({
      total: 1,
      unacknowledged: 0,
      shown: [{ phase: 'acknowledged', acknowledgedBy: 'ocs', acknowledgedAt: time }],
    });
    bench.metadata('temp', 5);
    expect(bench.phase(rule)).toBeNull();
    await eventually(() => expect(bench.statuses.at(-1)?.total).toBe(0));
    await bench.values.close();
  });

  it('are counted for every slot, also those that are too many to be shown', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 6);
    bench.metadata('temp', 6, slotB);
    const seen = await bench.rule(register('temp'));
    for (let count = 0; count < mostShownAlarms; count += 1) await bench.rule(register('temp'));
    await bench.rule(register('temp', slotB), { severity: 'warning' });
    bench.values.alarms.acknowledge([seen], 'ocs');
    const status = bench.statuses.at(-1);
    expect(status?.shown.every(({ rule }) => rule.watched.slot === slotA)).toBe(true);
    expect(status).toMatchObject({ total: mostShownAlarms + 2, unacknowledged: mostShownAlarms + 1 });
    expect(status?.slots).toEqual({
      [slotA]: {
        all: { alarm: mostShownAlarms + 1, warning: 0 },
        unacknowledged: { alarm: mostShownAlarms, warning: 0 },
      },
      [slotB]: { all: { alarm: 0, warning: 1 }, unacknowledged: { alarm: 0, warning: 1 } },
    });
    await bench.values.close();
  });

  it('of silence are raised by time alone, for registers', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 4);
    time += 100_000;
    const rule = await bench.rule(register('temp'), { condition: { kind: 'not-updated', seconds: 10 } });
    expect(bench.phase(rule)).toBeNull();
    time += 10_000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBe('active');
    bench.metadata('temp', 4);
    expect(bench.phase(rule)).toBe('cleared');
    await bench.values.close();
  });

  it('of silence and with a delay mind neither a clock that is set nor that of another machine', async () => {
    const bench = await Bench.open();
    const silence = await bench.rule(register('temp'), { condition: { kind: 'not-updated', seconds: 10 } });
    const late = await bench.rule(register('load'), { condition: { kind: 'above', limit: 5 }, delay: 3 });
    bench.metadata('load', 6);
    step = -7_200_000;
    for (let second = 0; second < 20; second += 1) {
      time += 1000;
      bench.message('metadata', { path: 'temp', value: 4, type: 'float' }, slotA, null, time + step - 60_000);
      bench.values.alarms.tick();
    }
    expect([bench.phase(silence), bench.phase(late)]).toEqual([null, 'active']);
    time += 10_000;
    bench.values.alarms.tick();
    expect(bench.phase(silence)).toBe('active');
    expect(bench.raised.map(({ raisedAt }) => raisedAt)).toEqual([start + 3000 + step, time + step]);
    await bench.values.close();
  });

  it('of silence in session data count only while a run is active', async () => {
    const bench = await Bench.open();
    const rule = await bench.rule(median, { condition: { kind: 'not-updated', seconds: 10 } });
    time += 60_000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBeNull();
    bench.events.run.emit(makeRun({ id: run }));
    time += 9000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBeNull();
    time += 1000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBe('active');
    const outcome = { kind: 'exited' as const, code: 0 };
    bench.events.run.emit(makeRun({ id: run, phase: 'done', outcome }));
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBe('cleared');
    await bench.values.close();
  });

  it('on session data forget the value of the run before', async () => {
    const bench = await Bench.open();
    bench.events.run.emit(makeRun({ id: run }));
    const rule = await bench.rule(median);
    bench.session({ noise: { medians: [0, 7] } });
    expect(bench.phase(rule)).toBe('active');
    bench.events.run.emit(makeRun({ id: runIdSchema.parse('20261123-150000-abc123') }));
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBe('cleared');
    expect(bench.values.alarms.list(slotA)).toMatchObject([{ value: null }]);
    await bench.values.close();
  });

  it('and their rules are kept across a restart, seen or not', async () => {
    const first = await Bench.open();
    first.metadata('temp', Number.NaN);
    const unseen = await first.rule(register('temp'));
    const seen = await first.rule(register('temp'), { condition: { kind: 'equals', value: Number.NaN } });
    const off = await first.rule(register('temp'), { enabled: false });
    first.values.alarms.acknowledge([seen], 'ocs');
    await first.values.close();
    const second = await Bench.open();
    expect([unseen, seen, off].map((rule) => second.phase(rule))).toEqual(['active', 'acknowledged', null]);
    expect(second.statuses.at(-1)).toMatchObject({ total: 2, unacknowledged: 1 });
    expect(second.raised).toEqual([]);
    await second.values.close();
  });

  it('stand over a restart until their values are back', async () => {
    const first = await Bench.open();
    first.metadata('temp', 9);
    const [seen, unseen] = [await first.rule(register('temp')), await first.rule(register('temp'))];
    first.values.alarms.acknowledge([seen], 'ocs');
    await first.values.close();
    const second = new Bench();
    await second.values.alarms.open();
    // The registers are still being read.
    time += 1000;
    second.values.alarms.tick();
    expect([seen, unseen].map((rule) => second.phase(rule))).toEqual(['acknowledged', 'active']);
    await second.values.save();
    second.values.alarms.tick();
    expect(second.values.alarms.list(null)).toMatchObject([
      { alarm: { phase: 'acknowledged', count: 1 }, value: '9' },
      { alarm: { phase: 'active', count: 1, clearedAt: null } },
    ]);
    expect(second.raised).toEqual([]);
    second.metadata('temp', 4);
    expect([seen, unseen].map((rule) => second.phase(rule))).toEqual([null, 'cleared']);
    await second.values.close();
  });

  it('on session data of a run that has ended stand over a restart until the next run', async () => {
    const first = await Bench.open();
    first.events.run.emit(makeRun({ id: run }));
    const rule = await first.rule(median);
    first.session({ noise: { medians: [0, 7] } });
    const outcome = { kind: 'exited' as const, code: 0 };
    const ended = makeRun({ id: run, phase: 'done', outcome });
    first.events.run.emit(ended);
    await first.values.close();
    const second = new Bench();
    second.events.run.emit(ended);
    await second.values.open();
    second.values.alarms.tick();
    expect(second.phase(rule)).toBe('active');
    second.events.run.emit(makeRun({ id: runIdSchema.parse('20261123-150000-abc123'), requestedAt: 2000 }));
    second.values.alarms.tick();
    expect(second.phase(rule)).toBe('cleared');
    await second.values.close();
  });

  it('of silence stand over a restart until something is heard, or nothing is awaited', async () => {
    const silence = { condition: { kind: 'not-updated' as const, seconds: 10 } };
    const first = await Bench.open();
    first.events.run.emit(makeRun({ id: run }));
    const [ofRegister, ofSession] = [
      await first.rule(register('temp'), silence),
      await first.rule(median, silence),
    ];
    time += 10_000;
    first.values.alarms.tick();
    first.values.alarms.acknowledge('all', 'ocs');
    await first.values.close();
    const second = new Bench();
    second.events.run.emit(makeRun({ id: run }));
    await second.values.open();
    const phases = (): (string | null)[] => [ofRegister, ofSession].map((rule) => second.phase(rule));
    for (const wait of [1000, 20_000]) {
      time += wait;
      second.values.alarms.tick();
      expect(phases()).toEqual(['acknowledged', 'acknowledged']);
    }
    expect(second.raised).toEqual([]);
    second.metadata('temp', 1);
    second.events.run.emit(
      makeRun({ id: run, phase: 'done', outcome: { kind: 'exited' as const, code: 0 } }),
    );
    second.values.alarms.tick();
    expect(phases()).toEqual([null, null]);
    await second.values.close();
  });

  it('begin anew with a changed rule, and end with a removed one', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 7);
    const rule = await bench.rule(register('temp'));
    const higher = { ...draft(register('temp')), condition: { kind: 'above' as const, limit: 8 } };
    expect(await bench.values.alarms.save(rule, higher)).toEqual({ ok: true, value: rule });
    expect(bench.phase(rule)).toBeNull();
    bench.metadata('temp', 9);
    expect(bench.phase(rule)).toBe('active');
    expect(await bench.values.alarms.remove(rule)).toMatchObject({ ok: true });
    expect(await bench.values.alarms.remove(rule)).toMatchObject({ ok: false });
    expect(await bench.values.alarms.save(rule, higher)).toMatchObject({ ok: false });
    bench.metadata('temp', 10);
    expect(bench.values.alarms.list(null)).toEqual([]);
    await bench.values.close();
  });

  it('that come and go a thousand times are one for the operator', async () => {
    const bench = await Bench.open();
    const rule = await bench.rule(register('temp'));
    for (let count = 0; count < 1000; count += 1) {
      bench.metadata('temp', 6);
      bench.metadata('temp', 4);
    }
    expect(bench.raised).toHaveLength(1);
    expect(bench.values.alarms.list(null)).toMatchObject([{ alarm: { phase: 'cleared', count: 1000 } }]);
    await eventually(() => expect(bench.statuses.length).toBeGreaterThan(0));
    expect(bench.statuses.length).toBeLessThan(10);
    bench.values.alarms.acknowledge([rule], 'ocs');
    await bench.values.close();
  });

  it('without a database say so, and those there are go on', async () => {
    const bench = await Bench.open();
    const rule = await bench.rule(register('temp'));
    store.isBroken = true;
    const refused = { ok: false, error: { message: 'The disk is full.' } };
    expect(await bench.values.alarms.save(null, draft(register('b')))).toMatchObject(refused);
    expect(await bench.values.alarms.remove(rule)).toMatchObject(refused);
    expect(await bench.values.pins.pin(register('b'))).toMatchObject(refused);
    bench.metadata('temp', 9);
    expect(bench.phase(rule)).toBe('active');
    await bench.values.save();
    store.isBroken = false;
    await bench.values.close();
    expect(store.database.values.alarms.read()).toMatchObject([{ alarm: { phase: 'active' } }]);
  });
});
