import { describe, expect, it } from 'vitest';
import { runIdSchema } from '../../../../shared/domain/ids';
import { mostPins } from '../../../../shared/domain/pin';
import { makeRun } from '../../../fixtures/panel-state';
import { register, slotA, slotB, start } from './support';
import { Bench, median, run, world } from './value-bench';

describe('pins', () => {
  it('follow a register, with its present value as the first point', async () => {
    const bench = await Bench.open();
    bench.metadata('temp', 20);
    world.time += 1000;
    const pin = await bench.pin(register('temp'));
    bench.metadata('temp', 21);
    bench.metadata('other', 5);
    bench.metadata('temp', 99, slotB);
    world.time += 1000;
    bench.metadata('temp', Number.NaN);
    world.time += 1000;
    bench.metadata('temp', true);
    expect(bench.points(pin)).toEqual([
      [0, 20],
      [1000, 21],
      [2000, Number.NaN],
      [3000, 1],
    ]);
    expect(bench.values.pins.list(slotA)).toMatchObject([{ latest: 'true', latestAt: world.time }]);
    expect(bench.values.pins.list(slotB)).toEqual([]);
    await bench.values.close();
  });

  it('follow a place in session data, and what is there when they are made', async () => {
    const bench = await Bench.open();
    bench.events.run.emit(makeRun({ id: run }));
    const data = { noise: { medians: [1, 2, 3] } };
    bench.sessions.set(run, { run, data, changedAt: { noise: start }, messages: [] });
    const pin = await bench.pin(median);
    world.time += 1000;
    bench.session({ noise: { medians: [4, 5, 6] }, other: 1 });
    bench.session({ other: { noise: 9 } });
    world.time += 1000;
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
    world.time += 4000;
    first.metadata('temp', Number.NaN);
    await first.values.close();
    world.time += 1000;
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
    world.time += 1000;
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
    expect(world.store.database.values.pins.points(pin, 0)).toEqual([]);
    bench.metadata('a', 2);
    await bench.values.close();
    expect(world.store.database.values.pins.read()).toEqual([]);
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
    expect(world.store.database.values.pins.read().map((pin) => pin.chart)).toEqual([b, b]);
  });
});
