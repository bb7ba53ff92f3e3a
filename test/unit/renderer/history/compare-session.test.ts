import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSessions, isSameNumber, pathText } from '../../../../renderer/history/compare-session';
import type { Json, JsonObject } from '../../../../shared/json';

const summary = (before: JsonObject, after: JsonObject, tolerance = 0) =>
  compareSessions(before, after, tolerance).map(({ path, kind }) => `${kind} ${pathText(path)}`);

describe('comparing sessions', () => {
  it('tells what is the same, changed, added and removed, inside objects and lists too', () => {
    const before = { a: 1, gone: [], nested: { x: 'a', y: null }, list: [{ q: 1 }, 'b'], empty: {} };
    const after = { a: 2, nested: { x: 'a', y: false }, list: [{ q: 1 }, 'b', { q: 2 }], empty: {}, come: 3 };
    expect(summary(before, after)).toEqual([
      'changed a',
      'removed gone',
      'same nested.x',
      'changed nested.y',
      'same list[0].q',
      'same list[1]',
      'added list[2]',
      'same empty',
      'added come',
    ]);
  });

  it('takes NaN for equal to NaN and to nothing else, wherever it stands', () => {
    const nan = Number.NaN;
    expect(summary({ a: nan, b: [nan, 1], c: { d: nan } }, { a: nan, b: [nan, 1], c: { d: nan } })).toEqual([
      'same a',
      'same b',
      'same c.d',
    ]);
    expect(summary({ a: nan, b: nan }, { a: 0, b: null })).toEqual(['changed a', 'changed b']);
    expect(isSameNumber(Infinity, -Infinity, 1)).toBe(false);
    expect(isSameNumber(Infinity, Infinity, 0)).toBe(true);
    expect(isSameNumber(Infinity, 5, 1)).toBe(false);
  });

  it('says by how much numbers differ, and lists of numbers at most', () => {
    const [a, zero, list] = compareSessions(
      { a: -4, zero: 0, list: [1, 2, Number.NaN, 4] },
      { a: -3, zero: 1, list: [1, 5, 3, 4, 9] },
      0,
    );
    expect(a?.difference).toEqual({ by: 1, percent: 25 });
    expect(zero?.difference).toEqual({ by: 1, percent: null });
    expect(list?.lists).toMatchObject({ different: 3, largest: { difference: 3, at: 1 } });
  });

  it('lets numbers differ by a part of the larger one', () => {
    expect(summary({ a: 100, b: [100, 1] }, { a: 101, b: [99, 1] }, 0.01)).toEqual(['same a', 'same b']);
    expect(summary({ a: 100 }, { a: 102 }, 0.01)).toEqual(['changed a']);
    expect(summary({ a: 0 }, { a: 1e-300 }, 0.01)).toEqual(['changed a']);
  });

  it('is not misled by keys of objects’ own', () => {
    const hostile = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}') as JsonObject;
    expect(summary(hostile, {})).toEqual(['removed __proto__', 'removed constructor', 'removed toString']);
    expect(summary({}, hostile)).toHaveLength(3);
    expect(summary(hostile, hostile)).toEqual(['same __proto__.x', 'same constructor', 'same toString']);
  });

  it('goes deep without running out of stack, and far', () => {
    let deep: Json = 1;
    let other: Json = 2;
    for (let level = 0; level < 2000; level += 1) {
      deep = { down: deep };
      other = { down: other };
    }
    expect(compareSessions({ deep }, { deep: other }, 0)).toMatchObject([{ kind: 'changed' }]);
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, index]));
    expect(compareSessions(wide, wide, 0)).toHaveLength(50_000);
  });

  it('finds no difference of anything with itself, and as many of two either way round', () => {
    const json = fc.jsonValue() as fc.Arbitrary<Json>;
    const object = fc.dictionary(fc.string(), json);
    fc.assert(
      fc.property(object, object, (one, other) => {
        const itself = compareSessions(one, structuredClone(one), 0);
        const there = compareSessions(one, other, 0).filter(({ kind }) => kind !== 'same');
        const back = compareSessions(other, one, 0).filter(({ kind }) => kind !== 'same');
        return itself.every(({ kind }) => kind === 'same') && there.length === back.length;
      }),
    );
    expect(pathText(['a', 0, 'b c', 'd'])).toBe('a[0]["b c"].d');
  });
});
