import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotRegisters } from '../../../../electron/values/slot-registers';
import { start } from './support';

const limits = { registers: 4, characters: 100 };
const paths = (found: ReturnType<SlotRegisters['changes']>): string[] =>
  found.registers.map((register) => register.path);

describe('the registers of a slot', () => {
  it('hold the newest value, when it came, when it changed, and how often it came', () => {
    const registers = new SlotRegisters();
    registers.take('AMCc.Up', 1, 'int', start, 10);
    registers.take('AMCc.Up', 1, 'int', start + 1000, 10);
    expect(registers.find('AMCc.Up')).toMatchObject({
      value: 1,
      type: 'int',
      receivedAt: start + 1000,
      changedAt: start,
      updates: 2,
    });
    registers.take('AMCc.Up', 2, 'int', start + 2000, 10);
    expect(registers.find('AMCc.Up')).toMatchObject({ value: 2, changedAt: start + 2000, updates: 3 });
  });

  it('see no change from NaN to NaN or between equal lists, and one from 0 to NaN', () => {
    const registers = new SlotRegisters();
    for (const [at, value] of [Number.NaN, Number.NaN, [1, [Number.NaN]], [1, [Number.NaN]], 0].entries()) {
      registers.take('a', value, '', start + at, 1);
    }
    expect(registers.find('a')?.changedAt).toBe(start + 4);
    const other = new SlotRegisters();
    other.take('a', { x: [Number.NaN] }, '', start, 1);
    other.take('a', { x: [Number.NaN] }, '', start + 9, 1);
    expect(other.find('a')?.changedAt).toBe(start);
  });

  it('tell what came since a version, in pieces, each register once', () => {
    const registers = new SlotRegisters();
    for (const path of ['a', 'b', 'c', 'd', 'e']) registers.take(path, 1, '', start, 1);
    const first = registers.changes(0, 2);
    expect([paths(first), first.more]).toEqual([['a', 'b'], true]);
    registers.take('a', 2, '', start, 1);
    const second = registers.changes(first.version, 10);
    expect([paths(second), second.more]).toEqual([['c', 'd', 'e', 'a'], false]);
    expect(registers.changes(second.version, 10)).toMatchObject({ registers: [], version: second.version });
  });

  it('are complete for whoever asks again and again while they change', () => {
    const step = fc.oneof(
      fc.record({ take: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), value: fc.integer() }),
      fc.record({ ask: fc.integer({ min: 1, max: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const registers = new SlotRegisters();
        const seen = new Map<string, unknown>();
        let version = 0;
        const ask = (limit: number): boolean => {
          const changed = registers.changes(version, limit);
          ({ version } = changed);
          for (const each of changed.registers) seen.set(each.path, each.value);
          return changed.more;
        };
        for (const each of steps) {
          if ('take' in each) registers.take(each.take, each.value, '', start, 1);
          else ask(each.ask);
        }
        while (ask(2));
        expect(seen.size).toBe(registers.count);
        for (const [path, value] of seen) expect(registers.find(path)?.value).toBe(value);
      }),
    );
  });

  it('refuse and count what is beyond the bounds, and show no value as new that is not', () => {
    const registers = new SlotRegisters(limits);
    for (const path of ['a', 'b', 'c', 'd', 'e', 'f']) registers.take(path, 1, '', start, 10);
    expect([registers.count, registers.faults.refused]).toEqual([4, 2]);
    // 30 characters of the others and 80 of this are too many: an old value may not stand for it.
    expect(registers.take('a', 'x'.repeat(80), 'str', start + 1, 80)).toBeNull();
    expect(registers.find('a')).toBeNull();
    expect(registers.faults.refused).toBe(3);
    expect(registers.take('a', 2, 'int', start + 2, 10)).not.toBeNull();
    expect(paths(registers.changes(0, 10))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('take hostile names as they are, and none that is empty or endless', () => {
    const registers = new SlotRegisters();
    const names = ['__proto__', 'constructor', 'ähm.\u0000', '\ud800', '../../etc/passwd', '日本.ε'];
    for (const name of names) registers.take(name, 1, '', start, 1);
    expect(paths(registers.changes(0, 99))).toEqual(names);
    expect(registers.take('', 1, '', start, 1)).toBeNull();
    expect(registers.take('x'.repeat(1001), 1, '', start, 1)).toBeNull();
    expect(registers.faults.unreadable).toBe(2);
  });

  it('go on from what was kept before a restart', () => {
    const registers = new SlotRegisters();
    registers.take('a', 7, 'int', start + 5000, 1);
    registers.take('b', 8, 'int', start + 5000, 1);
    const kept = { type: 'int', receivedAt: start, changedAt: start - 9000, updates: 100 };
    registers.restore({ path: 'a', value: 7, ...kept }, 1, start + 5000);
    registers.restore({ path: 'b', value: 1, ...kept }, 1, start + 5000);
    registers.restore({ path: 'c', value: 9, ...kept }, 1, start + 5000);
    expect(registers.find('a')).toMatchObject({ value: 7, updates: 101, changedAt: start - 9000 });
    expect(registers.find('b')).toMatchObject({ value: 8, updates: 101, changedAt: start + 5000 });
    expect(registers.find('c')).toMatchObject({ value: 9, updates: 100, receivedAt: start });
    expect(registers.changes(2, 10).registers).toHaveLength(3);
  });

  it('take what was kept before a restart for newer where a value came late since', () => {
    const registers = new SlotRegisters();
    registers.take('a', 7, 'int', start - 60_000, 1);
    registers.take('b', 8, 'int', start - 60_000, 1);
    const kept = { type: 'str', changedAt: start - 9000, updates: 100 };
    registers.restore({ path: 'a', value: 'x', receivedAt: start, ...kept }, 3, start + 5000);
    // As a clock says that was set back since.
    registers.restore({ path: 'b', value: 'x', receivedAt: start + 60_000, ...kept }, 3, start + 5000);
    expect(registers.find('a')).toMatchObject({ value: 'x', receivedAt: start, updates: 101 });
    expect(registers.find('b')).toMatchObject({ value: 8, receivedAt: start - 60_000, updates: 101 });
  });
});
