import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crateGap, fitTiles, gap, headingHeight } from '../../../../renderer/overview/fit-tiles';

const sixteenOfSeven = Array.from({ length: 16 }, () => 7);

describe('fitting the tiles', () => {
  it('shows 112 slots at 1920x1080 and at 1280x800 without scrolling', () => {
    expect(fitTiles(1660, 940, sixteenOfSeven).fits).toBe(true);
    expect(fitTiles(1020, 640, sixteenOfSeven).fits).toBe(true);
  });

  it('makes the tiles larger where there are fewer slots', () => {
    expect(fitTiles(1660, 940, [3]).nameSize).toBeGreaterThan(fitTiles(1660, 940, sixteenOfSeven).nameSize);
  });

  it('gives tiles that are large enough four lines, and still a name in large letters', () => {
    expect(fitTiles(1660, 940, [6, 6])).toMatchObject({ lines: 4, fits: true });
    expect(fitTiles(1660, 940, [6, 6]).nameSize).toBeGreaterThan(30);
    expect(fitTiles(1660, 940, sixteenOfSeven).lines).toBe(2);
  });

  it('says that it scrolls where not everything can be in sight', () => {
    expect(fitTiles(400, 300, sixteenOfSeven)).toMatchObject({ fits: false, tileHeight: 34 });
  });

  it('never claims to fit and overflows, whatever the crates', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 4000 }),
        fc.integer({ min: 100, max: 2200 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 }),
        (width, height, sizes) => {
          const { crateColumns, tileColumns, tileHeight, fits } = fitTiles(width, height, sizes);
          let used = -crateGap;
          for (let at = 0; at < sizes.length; at += crateColumns) {
            const rows = sizes.slice(at, at + crateColumns).map((size) => Math.ceil(size / tileColumns));
            const most = Math.max(1, ...rows);
            used += crateGap + headingHeight + most * tileHeight + (most - 1) * gap;
          }
          expect(!fits || used <= height).toBe(true);
        },
      ),
    );
  });
});
