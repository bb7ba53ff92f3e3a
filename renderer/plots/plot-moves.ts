import type uPlot from 'uplot';

/** Where the readout of a plot stands: x, and each line's value there. */
export interface Readout {
  readonly position: number;
  readonly x: number;
  readonly values: readonly (number | null | undefined)[];
}

/** What the plot's cursor stands on; null where it is not on the plot. */
export function readoutOf(drawn: uPlot): Readout | null {
  const position = drawn.cursor.idx;
  if (position === null || position === undefined) return null;
  const [x, ...lines] = drawn.data;
  return { position, x: x[position] ?? Number.NaN, values: lines.map((line) => line[position]) };
}

/** Whether less than all of the data is shown. */
export function isZoomedIn(drawn: uPlot): boolean {
  const shown = shownX(drawn);
  const whole = wholeX(drawn);
  return shown !== null && whole !== null && (shown.min > whole.min || shown.max < whole.max);
}

/** Zooms around the readout, or the middle; out never beyond the data. */
export function zoomBy(drawn: uPlot, factor: number): void {
  const shown = shownX(drawn);
  const whole = wholeX(drawn);
  if (shown === null || whole === null || shown.max <= shown.min) return;
  const { min, max } = shown;
  const at = readoutOf(drawn)?.x;
  const centre = at === undefined || at < min || at > max ? (min + max) / 2 : at;
  const span = (max - min) * factor;
  if (span >= whole.max - whole.min) {
    showAll(drawn);
    return;
  }
  const wanted = centre - ((centre - min) / (max - min)) * span;
  const from = Math.min(Math.max(whole.min, wanted), whole.max - span);
  drawn.setScale('x', { min: from, max: from + span });
}

/** Shows all of the data. */
export function showAll(drawn: uPlot): void {
  drawn.setData(drawn.data, true);
}

/** Moves the readout by points, and the part that is shown along with it. */
export function moveReadout(drawn: uPlot, step: number): void {
  const [x] = drawn.data;
  const shown = shownX(drawn);
  if (x.length === 0 || shown === null) return;
  const { min, max } = shown;
  const start = readoutOf(drawn)?.position ?? (step > 0 ? drawn.valToIdx(min) - 1 : drawn.valToIdx(max) + 1);
  const at = x[Math.min(Math.max(0, start + step), x.length - 1)] ?? 0;
  if (at < min || at > max) {
    const shift = at < min ? at - min : at - max;
    drawn.setScale('x', { min: min + shift, max: max + shift });
  }
  drawn.setCursor({ left: drawn.valToPos(at, 'x'), top: drawn.over.clientHeight / 2 });
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function shownX(drawn: uPlot): Bounds | null {
  const { min, max } = drawn.scales['x'] ?? {};
  return min === undefined || max === undefined ? null : { min, max };
}

function wholeX({ data: [x] }: uPlot): Bounds | null {
  const min = x[0];
  const max = x[x.length - 1];
  return min === undefined || max === undefined ? null : { min, max };
}
