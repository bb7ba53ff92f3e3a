import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawnOffset,
  followTheEnd,
  furthestTop,
  keyMove,
  linesAround,
  moveBy,
  moveTo,
  placeShowing,
  standStill,
  thumbFor,
  topAfterDrag,
  topOf,
  wheelLines,
  type LogExtent,
} from '../../../../renderer/log/log-scroll';

const tenMillion: LogExtent = { total: 10_000_000, visible: 40.5 };

const extents = fc.record({
  total: fc.integer({ min: 0, max: 50_000_000 }),
  visible: fc.double({ min: 0, max: 200, noNaN: true }),
});

describe('the place in a log', () => {
  it('stands at the end while following, with the last line wholly in sight', () => {
    expect(topOf(followTheEnd, tenMillion)).toBe(9_999_959.5);
    expect(topOf(followTheEnd, { total: 12, visible: 40 })).toBe(0);
  });

  it('follows growth only while following', () => {
    const grown = { ...tenMillion, total: tenMillion.total + 1000 };
    expect(topOf(followTheEnd, grown)).toBe(topOf(followTheEnd, tenMillion) + 1000);
    const stopped = moveBy(followTheEnd, tenMillion, -1);
    expect(stopped.following).toBe(false);
    expect(topOf(stopped, grown)).toBe(topOf(stopped, tenMillion));
  });

  it('stops at the smallest move up, and starts again at the end', () => {
    const stopped = moveBy(followTheEnd, tenMillion, -0.01);
    expect(stopped.following).toBe(false);
    expect(moveBy(stopped, tenMillion, 0.01).following).toBe(true);
    expect(moveTo(furthestTop(tenMillion), tenMillion).following).toBe(true);
    expect(moveTo(furthestTop(tenMillion) - 1, tenMillion).following).toBe(false);
  });

  it('goes on following when a log that fits is moved up', () => {
    expect(moveBy(followTheEnd, { total: 5, visible: 40 }, -3).following).toBe(true);
  });

  it('can stand still where it is', () => {
    const still = standStill(followTheEnd, tenMillion);
    expect(still).toEqual({ top: 9_999_959.5, following: false });
  });

  it('never leaves the log', () => {
    fc.assert(
      fc.property(extents, fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (extent, lines) => {
        const top = topOf(moveBy({ top: extent.total / 2, following: false }, extent, lines), extent);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(furthestTop(extent));
      }),
    );
  });

  it('moves by exactly what small wheel events add up to, ten million lines down', () => {
    let place = moveTo(9_000_000, tenMillion);
    for (let event = 0; event < 1800; event += 1) place = moveBy(place, tenMillion, wheelLines(1, 0, 40));
    expect(topOf(place, tenMillion)).toBeCloseTo(9_000_100, 5);
  });
});

describe('keys', () => {
  const middle = moveTo(5000, tenMillion);
  it.each([
    ['ArrowUp', 4999],
    ['ArrowDown', 5001],
    ['PageUp', 4961],
    ['PageDown', 5039],
    [' ', 5039],
    ['Home', 0],
    ['End', 9_999_959.5],
  ])('%s leads to line %d', (key, top) => {
    const place = keyMove(key, middle, tenMillion);
    expect(place === null ? null : topOf(place, tenMillion)).toBe(top);
  });

  it('leaves other keys alone', () => {
    expect(keyMove('a', middle, tenMillion)).toBeNull();
  });

  it('follows after End and not after Home', () => {
    expect(keyMove('End', middle, tenMillion)?.following).toBe(true);
    expect(keyMove('Home', followTheEnd, tenMillion)?.following).toBe(false);
  });
});

describe('what is drawn', () => {
  it('is what is in sight and a few lines more, inside the log', () => {
    expect(linesAround(100.5, { total: 1000, visible: 20 }, 4)).toEqual({ first: 96, end: 125 });
    expect(linesAround(0, { total: 10, visible: 20 }, 4)).toEqual({ first: 0, end: 10 });
    expect(linesAround(0, { total: 0, visible: 20 }, 4)).toEqual({ first: 0, end: 0 });
  });

  it('puts lines on the same pixels far down as at the start', () => {
    for (let pixel = 0; pixel < 18; pixel += 1) {
      expect(drawnOffset(49_999_996, 50_000_000 + pixel / 18)).toBe(drawnOffset(0, 4 + pixel / 18));
    }
  });

  it('is a bounded number of rows whatever the log', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const { first, end } = linesAround(part * furthestTop(extent), extent, 4);
        expect(end - first).toBeLessThanOrEqual(extent.visible + 11);
      }),
    );
  });
});

describe('the scrollbar', () => {
  const track = 729;

  it('is not there when everything is in sight', () => {
    expect(thumbFor(0, { total: 40, visible: 40 }, track)).toBeNull();
  });

  it('reaches both ends of its track exactly', () => {
    const atStart = thumbFor(0, tenMillion, track);
    const atEnd = thumbFor(furthestTop(tenMillion), tenMillion, track);
    expect(atStart?.offset).toBe(0);
    expect((atEnd?.offset ?? 0) + (atEnd?.size ?? 0)).toBe(track);
    expect(atEnd?.size).toBeGreaterThanOrEqual(28);
  });

  it('moves nothing when the thumb is taken and not moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_959 }), (top) => {
        expect(topAfterDrag(top, 0, tenMillion, track)).toBe(top);
      }),
    );
  });

  it('drags to the very ends of ten million lines and back to where it began', () => {
    expect(topAfterDrag(5_000_000, track, tenMillion, track)).toBe(furthestTop(tenMillion));
    expect(topAfterDrag(5_000_000, -track, tenMillion, track)).toBe(0);
  });

  it('agrees with the thumb: a drag by the difference of two offsets leads from one top to the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_959 }),
        fc.integer({ min: 0, max: 9_999_959 }),
        (from, to) => {
          const distance =
            (thumbFor(to, tenMillion, track)?.offset ?? 0) - (thumbFor(from, tenMillion, track)?.offset ?? 0);
          expect(Math.abs(topAfterDrag(from, distance, tenMillion, track) - to)).toBeLessThan(1e-3);
        },
      ),
    );
  });
});

describe('the wheel', () => {
  it.each([
    [18, 0, 1],
    [-9, 0, -0.5],
    [3, 1, 3],
    [1, 2, 39],
  ])('turns %d of mode %d into %d lines', (delta, mode, lines) => {
    expect(wheelLines(delta, mode, 40.5)).toBe(lines);
  });
});

describe('bringing a row into sight', () => {
  const extent = { total: 1000, visible: 20 };
  const place = { top: 100, following: false };
  it.each([
    [110, 100],
    [100, 100],
    [119, 100],
    [99, 99],
    [120, 101],
    [500, 490.5],
    [3, 0],
    [999, 980],
  ])('row %d puts line %d at the top', (row, top) => {
    expect(placeShowing(row, place, extent)).toEqual({ top, following: false });
  });

  it('stops following where the row is in sight at the end', () => {
    expect(placeShowing(990, followTheEnd, extent)).toEqual({ top: 980, following: false });
  });
});
