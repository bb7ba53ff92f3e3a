import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptLines, LogPages, pageSize } from '../../../../renderer/log/log-pages';
import { sampleLine, sampleWindow } from '../support/samples';

const nothing = { first: 0, end: 0 };

describe('the lines that are held', () => {
  it('asks for what is missing, from the first such line to the last', () => {
    const pages = new LogPages();
    expect(pages.missing({ first: 10, end: 50 }, 0)).toEqual({ first: 10, end: 50 });
    pages.store(sampleWindow(1000, 10, 20), 0, nothing);
    expect(pages.missing({ first: 10, end: 50 }, 0)).toEqual({ first: 30, end: 50 });
    expect(pages.missing({ first: 0, end: 30 }, 0)).toEqual({ first: 0, end: 10 });
    expect(pages.missing({ first: 12, end: 20 }, 0)).toBeNull();
    expect(pages.line(29)?.text).toBe('line 29');
  });

  it('reads the last line again once the log has grown, and shows the old one until then', () => {
    const pages = new LogPages();
    pages.store({ total: 3, lines: [sampleLine(2, { text: 'half a li' })] }, 1, nothing);
    expect(pages.missing({ first: 2, end: 3 }, 1)).toBeNull();
    expect(pages.missing({ first: 2, end: 4 }, 2)).toEqual({ first: 2, end: 4 });
    expect(pages.line(2)?.text).toBe('half a li');
    pages.store({ total: 4, lines: [sampleLine(2, { text: 'half a line' }), sampleLine(3)] }, 2, nothing);
    expect(pages.line(2)?.text).toBe('half a line');
    // The line before the last is finished for good; the last one is not.
    expect(pages.missing({ first: 2, end: 4 }, 3)).toEqual({ first: 3, end: 4 });
  });

  it('holds a bounded number of lines and never drops those in demand', () => {
    const pages = new LogPages();
    const wanted = { first: 150, end: 260 };
    pages.store(sampleWindow(1_000_000, 100, 200), 0, wanted);
    for (let first = 10_000; first < 60_000; first += 500) {
      pages.store(sampleWindow(1_000_000, first, 500), 0, wanted);
      expect(pages.size).toBeLessThanOrEqual(keptLines + 3 * pageSize);
    }
    expect(pages.missing(wanted, 0)).toBeNull();
    expect(pages.line(10_000)).toBeUndefined();
    expect(pages.line(59_999)?.index).toBe(59_999);
  });

  it('says the same as a plain map of lines, whatever is stored', () => {
    const reads = fc.array(fc.record({ first: fc.nat(900), count: fc.integer({ min: 1, max: 90 }) }), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(reads, fc.nat(900), fc.integer({ min: 1, max: 120 }), (windows, first, count) => {
        const pages = new LogPages();
        const model = new Set<number>();
        for (const read of windows) {
          const window = sampleWindow(1001, read.first, read.count);
          pages.store(window, 0, nothing);
          for (const line of window.lines) model.add(line.index);
        }
        const absent = Array.from({ length: count }, (_, offset) => first + offset).filter(
          (index) => !model.has(index),
        );
        const expected = absent.length === 0 ? null : { first: absent[0], end: (absent.at(-1) ?? 0) + 1 };
        expect(pages.missing({ first, end: first + count }, 0)).toEqual(expected);
      }),
    );
  });
});
