import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../store/support';
import { register, slotA } from './support';
import { Bench, world } from './value-bench';

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

    world.store.beginAnew(join(temporaryFolder(), 'anew.sqlite'));
    bench.events.databaseBegun.emit();
    // The first attempt fails, and what is new meanwhile takes no id of another.
    world.store.isBroken = true;
    await bench.values.save();
    world.store.isBroken = false;
    const third = await bench.pin(register('third'));
    const late = await bench.rule(register('late'));
    expect(third).toBeGreaterThan(second);
    expect(late).toBeGreaterThan(rule);
    await bench.values.close();
    world.time += 1000;

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
