import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../shared/json';
import { register, slotA, slotB, start } from './support';
import { Bench, run, world } from './value-bench';

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
    world.time += 60_000;

    const second = await Bench.open();
    const registers = second.values.registers.of(slotA);
    expect(registers.count).toBe(odd.length);
    for (const [name, value] of odd) {
      expect(registers.find(name)?.value).toEqual(value);
      expect(registers.find(name)).toMatchObject({ receivedAt: start, changedAt: start });
    }
    expect(registers.find('nan')?.updates).toBe(2);
    second.metadata('nan', Number.NaN);
    expect(registers.find('nan')).toMatchObject({ updates: 3, changedAt: start, receivedAt: world.time });
    await second.values.close();
  });

  it('that came before what was kept could be read do not overwrite it', async () => {
    const first = await Bench.open();
    for (let count = 0; count < 10; count += 1) first.metadata('a', 1);
    await first.values.close();
    world.store.isBroken = true;
    const second = await Bench.open();
    second.metadata('a', 1);
    await second.values.save();
    world.store.isBroken = false;
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
    world.time += 60_000;
    bench.metadata('temp', 1);
    bench.message('metadata', { path: 'temp', value: 9, type: 'int' }, slotA, run, start);
    const temp = bench.values.registers.of(slotA).find('temp');
    expect(temp).toMatchObject({ value: 1, receivedAt: world.time, updates: 2 });
    expect(bench.phase(rule)).toBeNull();
    world.time -= 30_000;
    bench.metadata('temp', 7);
    expect(temp).toMatchObject({ value: 7, receivedAt: world.time, updates: 3 });
    expect(bench.phase(rule)).toBe('active');
    await bench.values.close();
  });

  it('are saved once however often they came, in pieces', async () => {
    const bench = await Bench.open();
    const before = world.store.asked.length;
    for (let count = 0; count < 6000; count += 1) bench.metadata(`r${count % 1200}`, count);
    await bench.values.save();
    expect(world.store.asked.slice(before).filter((name) => name === 'saveRegisters')).toHaveLength(3);
    await bench.values.save();
    expect(world.store.asked.slice(before).filter((name) => name === 'saveRegisters')).toHaveLength(3);
    await bench.values.close();
  });
});
