import { describe, expect, it } from 'vitest';
import { chartsOf, lineOf, pinCaption, pinName, silenceOf } from '../../../../renderer/metadata/chart-data';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { Pin, PinSeries } from '../../../../shared/domain/pin';
import { slotId } from '../support/samples';

const now = 1_000_000;

function pin(id: number, path: string, change: Partial<Pin> = {}): Pin {
  const watched = { source: 'register' as const, slot: slotId, path };
  return { id, watched, chart: id, pinnedAt: 0, latest: '5', latestAt: now - 2000, ...change };
}

function series(points: readonly (readonly [number, number, number])[]): PinSeries {
  return {
    pin: 1,
    at: Float64Array.from(points, ([at]) => at),
    least: Float64Array.from(points, ([, least]) => least),
    greatest: Float64Array.from(points, ([, , greatest]) => greatest),
  };
}

describe('a chart of pins', () => {
  it('spans all of its time, with both ends of a span in which a value moved', () => {
    const { x, y } = lineOf('a', series([[now - 5000, 1, 3]]), now, 60_000);
    expect(x).toEqual([now - 60_000, now - 5000, now - 4999, now]);
    expect(y).toEqual([Number.NaN, 1, 3, Number.NaN]);
  });

  it('breaks a line where data stopped, and where there was no number', () => {
    const { x, y } = lineOf(
      'a',
      series([
        [now - 50_000, 1, 1],
        [now - 49_000, Number.NaN, Number.NaN],
        [now - 48_000, 1, 1],
        [now - 2000, 2, 2],
      ]),
      now,
      60_000,
    );
    expect(x).toEqual([
      now - 60_000,
      now - 50_000,
      now - 49_000,
      now - 48_000,
      now - 47_998,
      now - 2000,
      now,
    ]);
    expect(y).toEqual([Number.NaN, 1, Number.NaN, 1, Number.NaN, 2, Number.NaN]);
  });

  it('gives a value that comes rarely more time before it is silent', () => {
    expect(silenceOf([])).toBe(10_000);
    expect(silenceOf([0, 100, 200])).toBe(10_000);
    expect(silenceOf([0, 60_000, 120_000, 999_000])).toBe(300_000);
  });

  it('ascends also where values come at once with the end', () => {
    const { x } = lineOf('a', series([[now, 1, 2]]), now, 1000);
    expect(x).toEqual([now - 1000, now, now + 1, now + 2]);
  });

  it('has the pins that belong together, and names slots where there are several', () => {
    const other = pin(3, 'c', {
      watched: { source: 'session', slot: slotIdSchema.parse('crate1slot9'), path: ['noise', 0] },
      chart: 1,
    });
    const pins = [pin(1, 'a'), pin(2, 'b'), other];
    expect(chartsOf(pins).map((chart) => chart.pins.map(({ id }) => id))).toEqual([[1, 3], [2]]);
    expect(pinName(pins[0]!, [pins[0]!])).toBe('a');
    expect(pinName(other, pins)).toBe('crate1slot9: noise[0]');
  });

  it('says the value with its age and its range, or that there is none', () => {
    expect(pinCaption('a', pin(1, 'a'), series([[now, -1, 7.123456789]]), now)).toBe(
      'a: 5, 2 s ago; -1 … 7.123457 in this span',
    );
    expect(pinCaption('', pin(1, 'a', { latest: null, latestAt: null }), undefined, now)).toBe(
      'no value at present; nothing in this span',
    );
  });
});
