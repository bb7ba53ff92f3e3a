/** One line of a plot. Values that are not finite are gaps. */
export interface PlotSeries {
  readonly name: string;
  /** In any order, as long as `y`; null: the position in `y`. */
  readonly x: Float64Array | readonly number[] | null;
  readonly y: ArrayLike<number>;
}

/** What there is to say of a line in words. The bounds and the mean are those of its finite values; null: none. */
export interface SeriesSummary {
  readonly count: number;
  readonly notANumber: number;
  readonly infinite: number;
  readonly least: number | null;
  readonly greatest: number | null;
  readonly mean: number | null;
}

/** A line whose x values ascend; y is null where it has a gap. */
export interface OrderedLine {
  readonly x: readonly number[] | Float64Array;
  readonly y: (number | null)[];
}

/** Counts, bounds and mean of values, in one pass. */
export function summarize(values: ArrayLike<number>): SeriesSummary {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  let mean = 0;
  let finite = 0;
  let notANumber = 0;
  let infinite = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      finite += 1;
      // A running mean: a sum of large values could overflow.
      mean += value / finite - mean / finite;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    } else if (Number.isNaN(value)) notANumber += 1;
    else infinite += 1;
  }
  const none = finite === 0;
  return {
    count: values.length,
    notANumber,
    infinite,
    least: none ? null : least,
    greatest: none ? null : greatest,
    mean: none ? null : mean,
  };
}

/** A line in the order of its x values, as the plot needs it. Points whose x is not finite have no place and go. */
export function orderLine({ x, y }: PlotSeries): OrderedLine {
  const length = x === null ? y.length : Math.min(x.length, y.length);
  if (x === null) return { x: positions(length), y: gapped(y, length) };
  if (isAscending(x, length))
    return { x: x.length === length ? x : x.slice(0, length), y: gapped(y, length) };
  const order = [...positions(length)].filter((index) => Number.isFinite(x[index]));
  order.sort((left, right) => (x[left] ?? 0) - (x[right] ?? 0));
  return {
    x: order.map((index) => x[index] ?? 0),
    y: order.map((index) => orGap(y[index])),
  };
}

/** Lines that share one x, so that they need not be joined: the longest x, the others' ends filled with gaps. */
export function shareX(
  series: readonly PlotSeries[],
  lines: readonly OrderedLine[],
): readonly OrderedLine[] | null {
  const first = series[0];
  if (first === undefined || !series.every((each) => each.x === first.x)) return null;
  const longest = lines.reduce(
    (best, line) => (line.x.length > best.x.length ? line : best),
    lines[0] ?? noLine,
  );
  return lines.map(({ y }) => ({ x: longest.x, y: padded(y, longest.x.length) }));
}

const noLine: OrderedLine = { x: [], y: [] };

function positions(length: number): Float64Array {
  const indices = new Float64Array(length);
  for (let index = 0; index < length; index += 1) indices[index] = index;
  return indices;
}

function gapped(y: ArrayLike<number>, length: number): (number | null)[] {
  const values: (number | null)[] = [];
  for (let index = 0; index < length; index += 1) values.push(orGap(y[index]));
  return values;
}

function orGap(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function padded(y: (number | null)[], length: number): (number | null)[] {
  while (y.length < length) y.push(null);
  return y;
}

function isAscending(x: ArrayLike<number>, length: number): boolean {
  let previous = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < length; index += 1) {
    const value = x[index] ?? Number.NaN;
    if (!Number.isFinite(value) || value < previous) return false;
    previous = value;
  }
  return true;
}
