import { describe, expect, it } from 'vitest';
import { mostShownAlarms } from '../../../../shared/domain/alarm';
import { runIdSchema } from '../../../../shared/domain/ids';
import { makeRun } from '../../../fixtures/panel-state';
import { eventually } from '../../../fixtures/eventually';
import { register, slotA, slotB, start } from './support';
import { Bench, draft, median, run, world } from './value-bench';

describe('alarms', () => {
  it('are raised, told once, acknowledged with who and when, and gone when over', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 4);
    const rule = await bench.rule(register('temp'));
    expect(bench.phase(rule)).toBeNull();
    bench.metadata('temp', 6);
    expect(bench.phase(rule)).toBe('active');
    expect(bench.raised).toMatchObject([{ rule: { id: rule }, raisedBy: '6', phase: 'active' }]);
    world.time += 500;
    expect(bench.values.alarms.acknowledge('all', 'ocs')).toMatchObject([{ id: rule }]);
    expect(bench.values.alarms.acknowledge([rule], 'other')).toEqual([]);
    expect(bench.statuses.at(-1)).toMatchObject({
      total: 1,
      unacknowledged: 0,
      shown: [{ phase: 'acknowledged', acknowledgedBy: 'ocs', acknowledgedAt: world.time }],
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
    world.time += 100_000;
    const rule = await bench.rule(register('temp'), { condition: { kind: 'not-updated', seconds: 10 } });
    expect(bench.phase(rule)).toBeNull();
    world.time += 10_000;
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
    world.step = -7_200_000;
    for (let second = 0; second < 20; second += 1) {
      world.time += 1000;
      bench.message(
        'metadata',
        { path: 'temp', value: 4, type: 'float' },
        slotA,
        null,
        world.time + world.step - 60_000,
      );
      bench.values.alarms.tick();
    }
    expect([bench.phase(silence), bench.phase(late)]).toEqual([null, 'active']);
    world.time += 10_000;
    bench.values.alarms.tick();
    expect(bench.phase(silence)).toBe('active');
    expect(bench.raised.map(({ raisedAt }) => raisedAt)).toEqual([
      start + 3000 + world.step,
      world.time + world.step,
    ]);
    await bench.values.close();
  });

  it('of silence in session data count only while a run is active', async () => {
    const bench = await Bench.open();
    const rule = await bench.rule(median, { condition: { kind: 'not-updated', seconds: 10 } });
    world.time += 60_000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBeNull();
    bench.events.run.emit(makeRun({ id: run }));
    world.time += 9000;
    bench.values.alarms.tick();
    expect(bench.phase(rule)).toBeNull();
    world.time += 1000;
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
    world.time += 1000;
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
    world.time += 10_000;
    first.values.alarms.tick();
    first.values.alarms.acknowledge('all', 'ocs');
    await first.values.close();
    const second = new Bench();
    second.events.run.emit(makeRun({ id: run }));
    await second.values.open();
    const phases = (): (string | null)[] => [ofRegister, ofSession].map((rule) => second.phase(rule));
    for (const wait of [1000, 20_000]) {
      world.time += wait;
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
    world.store.isBroken = true;
    const refused = { ok: false, error: { message: 'The disk is full.' } };
    expect(await bench.values.alarms.save(null, draft(register('b')))).toMatchObject(refused);
    expect(await bench.values.alarms.remove(rule)).toMatchObject(refused);
    expect(await bench.values.pins.pin(register('b'))).toMatchObject(refused);
    bench.metadata('temp', 9);
    expect(bench.phase(rule)).toBe('active');
    await bench.values.save();
    world.store.isBroken = false;
    await bench.values.close();
    expect(world.store.database.values.alarms.read()).toMatchObject([{ alarm: { phase: 'active' } }]);
  });
});
