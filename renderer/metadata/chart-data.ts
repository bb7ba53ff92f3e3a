import type { Pin, PinSeries } from '../../shared/domain/pin';
import { watchedPathText } from '../../shared/domain/watched-value';
import { formatAgo } from '../components/time-text';
import type { PlotSeries } from '../plots/plot-data';
import { numberText } from '../session/json-preview';

/** Spans of time that charts show, milliseconds. */
export const chartSpans = { minute: 60_000, tenMinutes: 600_000, hour: 3_600_000 } as const;
export type ChartSpan = keyof typeof chartSpans;

/** The least silence after which a line is broken, milliseconds; and in multiples of the usual time between values. */
const leastSilence = 10_000;
const silentIntervals = 5;

/** A chart: pins that are drawn together. */
export interface Chart {
  readonly id: number;
  readonly pins: readonly Pin[];
}

/** The pins by the charts that they are drawn in, in the order in which they were pinned. */
export function chartsOf(pins: readonly Pin[]): Chart[] {
  const charts = new Map<number, Pin[]>();
  for (const pin of pins) charts.set(pin.chart, [...(charts.get(pin.chart) ?? []), pin]);
  return [...charts].map(([id, members]) => ({ id, pins: members }));
}

/** How long a value may be silent before its line is broken, milliseconds: longer for one that comes rarely. */
export function silenceOf(at: ArrayLike<number>): number {
  const gaps: number[] = [];
  for (let index = 1; index < at.length; index += 1) gaps.push((at[index] ?? 0) - (at[index - 1] ?? 0));
  const usual = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? 0;
  return Math.max(leastSilence, silentIntervals * usual);
}

/**
 * A pin's history as a line: least and greatest of each time, a gap where data stopped, and nothing at the chart's two
 * ends, so that it always shows the whole of its span.
 */
export function lineOf(name: string, series: PinSeries | undefined, now: number, span: number): PlotSeries {
  const x: number[] = [now - span];
  const y: number[] = [Number.NaN];
  const at = series?.at ?? new Float64Array();
  const silence = silenceOf(at);
  for (const [index, time] of at.entries()) {
    const before = at[index - 1];
    if (before !== undefined && time - before > silence) {
      x.push(before + 2);
      y.push(Number.NaN);
    }
    const least = series?.least[index] ?? Number.NaN;
    const greatest = series?.greatest[index] ?? Number.NaN;
    x.push(time);
    y.push(least);
    if (greatest !== least && !Number.isNaN(greatest)) {
      x.push(time + 1);
      y.push(greatest);
    }
  }
  const last = x.at(-1) ?? now;
  x.push(Math.max(now, last + 1));
  y.push(Number.NaN);
  return { name, x, y };
}

/** The name of a pin in a chart; with its slot where the chart shows more than one. */
export function pinName(pin: Pin, pins: readonly Pin[]): string {
  const isOneSlot = pins.every((each) => each.watched.slot === pin.watched.slot);
  const path = watchedPathText(pin.watched);
  return isOneSlot ? path : `${pin.watched.slot}: ${path}`;
}

/** What a chart's key says of a pin, with its name where that is not said above the chart already: its value now with its age, and between what it was in the span. */
export function pinCaption(name: string, pin: Pin, series: PinSeries | undefined, now: number): string {
  const { latest, latestAt } = pin;
  const value =
    latest === null || latestAt === null ? 'no value at present' : `${latest}, ${formatAgo(now - latestAt)}`;
  return `${name === '' ? '' : `${name}: `}${value}; ${rangeText(series)}`;
}

function rangeText(series: PinSeries | undefined): string {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const [index, value] of (series?.least ?? new Float64Array()).entries()) {
    const high = series?.greatest[index] ?? Number.NaN;
    if (value < least) least = value;
    if (high > greatest) greatest = high;
  }
  return least > greatest ? 'nothing in this span' : `${rounded(least)} … ${rounded(greatest)} in this span`;
}

function rounded(value: number): string {
  return numberText(Number(value.toPrecision(7)));
}
