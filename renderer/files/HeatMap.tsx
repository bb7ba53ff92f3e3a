import { useEffect, useRef, type ReactElement } from 'react';
import type { ArrayPlot } from '../../shared/ipc/calls/files-calls';
import { formatCount } from '../components/time-text';
import classes from './FileViewer.module.css';

type Grid = Extract<ArrayPlot, { kind: 'grid' }>;

/** Viridis at even steps: as light as the value is high, also without colours. */
const ramp: readonly (readonly [red: number, green: number, blue: number])[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** A two-dimensional array as colours; cells without a number are left empty. */
export function HeatMap({ label, grid }: { readonly label: string; readonly grid: Grid }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, grid);
    const steps = 100;
    const cells = Array.from({ length: steps }, (_, row) => steps - row);
    if (scale.current !== null) draw(scale.current, { rows: steps, columns: 1, cells, low: 1, high: steps });
  }, [grid]);
  const { rows, columns, ofRows, ofColumns, low, high } = grid;
  const summary = `${label}: ${ofRows} rows by ${ofColumns} columns, from ${low} to ${high}`;
  return (
    <>
      <div className={classes.heat}>
        {/* What is drawn here cannot be an image's source. */}
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
        <canvas ref={canvas} role="img" aria-label={summary} width={columns} height={rows} />
        <canvas ref={scale} className={classes.ramp} aria-hidden="true" width={1} height={100} />
        <div className={classes.rampEnds}>
          <span>{shortNumber(high)}</span>
          <span>{shortNumber(low)}</span>
        </div>
      </div>
      <p className={classes.hint}>
        Rows from top to bottom, columns from left to right.
        {rows === ofRows && columns === ofColumns
          ? ''
          : ` Means over ${formatCount(rows)} × ${formatCount(columns)} cells.`}
      </p>
    </>
  );
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function draw(
  canvas: HTMLCanvasElement,
  grid: Pick<Grid, 'rows' | 'columns' | 'cells' | 'low' | 'high'>,
): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(grid.columns, grid.rows);
  for (const [index, value] of grid.cells.entries()) {
    if (Number.isNaN(value)) continue;
    const [red, green, blue] = rampColor(
      grid.high === grid.low ? 0.5 : (value - grid.low) / (grid.high - grid.low),
    );
    image.data.set([red, green, blue, 255], 4 * index);
  }
  context.putImageData(image, 0, 0);
}

/** The colour of a share from 0 to 1. */
export function rampColor(share: number): readonly [red: number, green: number, blue: number] {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const from = ramp[Math.floor(place)] ?? [0, 0, 0];
  const to = ramp[Math.ceil(place)] ?? from;
  const part = place % 1;
  const mix = (position: 0 | 1 | 2): number =>
    Math.round(from[position] + (to[position] - from[position]) * part);
  return [mix(0), mix(1), mix(2)];
}
