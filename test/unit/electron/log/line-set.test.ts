import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSet } from '../../../../electron/log/line-set';

const entries = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 4 })), { maxLength: 200 })
  .map((steps) => {
    let line = -1;
    return steps.map(([gap, count]) => ({ line: (line += gap), count }));
  });

describe('LineSet', () => {
  it('answers as a sorted list of lines with counts would', () => {
    fc.assert(
      fc.property(entries, fc.nat(200_000), fc.boolean(), (added, cut, truncates) => {
        const set = new LineSet();
        for (const { line, count } of added) set.add(line, count);
        let kept = added;
        if (truncates) {
          const at = cut % ((added.at(-1)?.line ?? 0) + 2);
          set.truncate(at);
          kept = added.filter(({ line }) => line < at);
          const again = { line: at + 700, count: 3 };
          set.add(again.line, again.count);
          kept = [...kept, again];
        }
        const total = (lines: typeof kept): number => lines.reduce((sum, { count }) => sum + count, 0);
        expect([set.size, set.total]).toEqual([kept.length, total(kept)]);
        expect(Array.from({ length: kept.length }, (_, at) => set.at(at))).toEqual(
          kept.map(({ line }) => line),
        );
        expect([set.at(-1), set.at(kept.length)]).toEqual([null, null]);
        for (const probe of [cut, 0, ...kept.slice(0, 20).flatMap(({ line }) => [line, line + 1])]) {
          const before = kept.filter(({ line }) => line < probe);
          const here = kept.find(({ line }) => line === probe);
          expect(set.rank(probe)).toBe(before.length);
          expect(set.totalBefore(probe)).toBe(total(before));
          expect(set.has(probe)).toBe(here !== undefined);
          expect(set.countOf(probe)).toBe(here?.count ?? 0);
          expect(set.before(probe)).toBe(before.at(-1)?.line ?? null);
          expect(set.atOrAfter(probe)).toBe(kept.find(({ line }) => line >= probe)?.line ?? null);
        }
      }),
    );
  });

  it('counts no line more than 65,535 times', () => {
    const set = new LineSet();
    set.add(3);
    set.add(4, 1_000_000);
    set.add(5);
    expect([set.total, set.countOf(4), set.totalBefore(5)]).toEqual([65_537, 65_535, 65_536]);
  });

  it('refuses a line before its last', () => {
    const set = new LineSet();
    set.add(7);
    expect(() => set.add(7)).toThrow(RangeError);
  });
});
