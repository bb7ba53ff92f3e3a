import uPlot from 'uplot';
import { orderLine, shareX, type PlotSeries } from './plot-data';
import { tickTexts } from './plot-text';

/** What the x values of a plot are: positions, or Unix milliseconds. */
export type PlotXKind = 'index' | 'time';

/** How many lines have a colour and a dash of their own; further ones begin anew. */
export const lineLooks = 8;

/** Dashes in CSS pixels, so that lines are not told apart by colour alone. */
const dashes: readonly (readonly number[])[] = [
  [],
  [],
  [6, 3],
  [2, 3],
  [8, 3, 2, 3],
  [10, 4],
  [1, 2],
  [4, 2, 1, 2],
];

/** The dash of a line, for the plot and its key; empty for a whole line. */
export function lineDash(position: number): readonly number[] {
  return dashes[position % dashes.length] ?? [];
}

/** A colour of the theme as it is now, for the canvas, which knows no CSS variables. */
function tokenColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The lines as uPlot takes them: one x for all, null where a line has a gap. */
export function alignedData(series: readonly PlotSeries[]): uPlot.AlignedData {
  const lines = series.map(orderLine);
  const shared = shareX(series, lines) ?? (lines.length === 1 ? lines : null);
  if (shared !== null) {
    const x = shared[0]?.x ?? [];
    return [x instanceof Float64Array ? x : [...x], ...shared.map((line) => line.y)];
  }
  if (lines.length === 0) return [[]];
  return uPlot.join(lines.map(({ x, y }) => [x instanceof Float64Array ? x : [...x], y]));
}

interface PlotLook {
  readonly names: readonly string[];
  readonly xKind: PlotXKind;
  readonly width: number;
  readonly height: number;
  readonly hooks: uPlot.Hooks.Arrays;
}

/** Options of a plot in the panel's look. */
export function plotOptions({ names, xKind, width, height, hooks }: PlotLook): uPlot.Options {
  const font = `11px ${tokenColour('--sans') || 'sans-serif'}`;
  const text = tokenColour('--dim');
  const grid = { stroke: tokenColour('--line'), width: 1 };
  const axis = { stroke: text, font, grid, ticks: { ...grid, size: 5 } };
  return {
    width,
    height,
    ms: 1,
    tzDate: (time) => uPlot.tzDate(new Date(time), 'UTC'),
    legend: { show: false },
    cursor: {
      drag: { x: true, y: false, setScale: true },
      points: { size: 6 },
    },
    scales: { x: { time: xKind === 'time' } },
    axes: [
      xKind === 'time'
        ? {
            ...axis,
            size: 32,
            values: (_plot, ticks, _axis, _space, step) => ticks.map((at) => timeTick(at, step)),
          }
        : { ...axis, size: 32, values: (_plot, ticks) => tickTexts(ticks) },
      {
        ...axis,
        values: (_plot, ticks) => tickTexts(ticks),
        size: (_plot, labels) => 18 + 7 * Math.max(3, ...(labels ?? []).map((label) => label.length)),
      },
    ],
    series: [
      {},
      ...names.map((name, position) => ({
        label: name,
        stroke: tokenColour(`--plot-${(position % lineLooks) + 1}`),
        width: 1.25,
        dash: [...lineDash(position)],
      })),
    ],
    hooks,
  };
}

/** A tick of a time axis in UTC; ticks less than a minute apart have seconds. `step` in milliseconds. */
function timeTick(at: number, step: number): string {
  const time = new Date(at).toISOString();
  return step < 60_000 ? time.slice(11, 19) : time.slice(11, 16);
}
