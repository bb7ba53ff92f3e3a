import { describe, expect, it } from 'vitest';
import { PointRing } from '../../../../electron/values/point-ring';
import { start } from './support';

const hour = 3_600_000;
const read = (ring: PointRing, now: number, span = hour, most = 36_000) => {
  const { at, least, greatest } = ring.read(now - span, now, most);
  return [...at].map((time, index) => [time - start, least[index], greatest[index]]);
};

describe('the points of a pin', () => {
  it('keep the least and greatest of each tenth of a second', () => {
    const ring = new PointRing();
    for (const [after, value] of [
      [0, 5],
      [10, 2],
      [99, 9],
      [100, 4],
    ] as const) {
      ring.add(start + after, value, start + after);
    }
    expect(read(ring, start + 200)).toEqual([
      [0, 2, 9],
      [100, 4, 4],
    ]);
  });

  it('keep an hour of them and no more', () => {
    const ring = new PointRing();
    for (let step = 0; step <= 40_000; step += 1) ring.add(start + step * 100, step, start + step * 100);
    const now = start + 40_000 * 100;
    expect(ring.count).toBeLessThanOrEqual(36_001);
    const all = ring.read(now - hour, now, 100_000);
    expect(all.at[0]).toBeGreaterThanOrEqual(now - hour);
    expect(all.greatest.at(-1)).toBe(40_000);
    expect(all.at.length).toBeGreaterThan(35_990);
  });

  it('are merged to as many as are asked for, and no extreme is lost', () => {
    const ring = new PointRing();
    for (let step = 0; step < 36_000; step += 1) {
      ring.add(start + step * 100, step === 20_000 ? -1000 : step % 7, start + step * 100);
    }
    const points = ring.read(start, start + hour, 500);
    expect(points.at.length).toBeLessThanOrEqual(501);
    expect(Math.min(...points.least)).toBe(-1000);
    expect(Math.max(...points.greatest)).toBe(6);
  });

  it('keep NaN where there was nothing else', () => {
    const ring = new PointRing();
    ring.add(start, Number.NaN, start);
    ring.add(start + 200, 1, start + 200);
    ring.add(start + 250, Number.NaN, start + 250);
    expect(read(ring, start + 300)).toEqual([
      [0, Number.NaN, Number.NaN],
      [200, 1, 1],
    ]);
  });

  it('leave out what comes late, and begin anew from where a clock was set back to', () => {
    const ring = new PointRing();
    ring.add(start + 10_000, 1, start + 10_000);
    ring.add(start + 2000, 2, start + 10_000);
    expect(read(ring, start + 10_000)).toEqual([[10_000, 1, 1]]);
    ring.add(start - 60_000, 3, start - 60_000);
    expect(read(ring, start)).toEqual([[-60_000, 3, 3]]);
  });

  it('begin with what was stored, without what is too old', () => {
    const at = Float64Array.of(start - 2 * hour, start - 1000, start);
    const values = Float64Array.of(1, 2, 3);
    const ring = PointRing.from({ at, least: values, greatest: values }, start);
    ring.add(start + 500, 4, start + 500);
    expect(read(ring, start + 500)).toEqual([
      [-1000, 2, 2],
      [0, 3, 3],
      [500, 4, 4],
    ]);
  });
});
