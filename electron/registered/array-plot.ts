import type { ArrayPlot } from '../../shared/ipc/calls/files-calls';

/** Values of an array, taken in the order of the file, put together to something that can be drawn. */
export interface ArrayCollector {
  /** The value at a position of the file. */
  add(position: number, value: number): void;
  plot(): ArrayPlot;
}

/** Points drawn of a line at most, lines, and cells along each side of a grid. */
const mostPoints = 4000;
const mostLines = 8;
const mostCells = 200;

/** The collector that suits a shape. `present` values of it are in the file. */
export function collectorFor(shape: readonly number[], isFortran: boolean, present: number): ArrayCollector {
  const [rows = 0, columns = 0] = shape;
  if (present === 0) return nothing('There are no values to draw.');
  if (shape.length === 0) return nothing('It is a single value.');
  if (shape.length === 1) return new LineCollector(1, rows, (position) => [0, position]);
  if (shape.length > 2) {
    return nothing(`It has ${shape.length} dimensions; arrays of one or two are drawn.`);
  }
  const placeOf = (position: number): readonly [row: number, column: number] =>
    isFortran
      ? [position % rows, Math.floor(position / rows)]
      : [Math.floor(position / columns), position % columns];
  if (Math.min(rows, columns) > mostLines) return new GridCollector(rows, columns, placeOf);
  // Lines go along the longer side, so that few long ones come of it.
  const isByColumn = columns <= rows;
  return new LineCollector(isByColumn ? columns : rows, isByColumn ? rows : columns, (position) => {
    const [row, column] = placeOf(position);
    return isByColumn ? [column, row] : [row, column];
  });
}

/** Draws nothing, and says why. */
export function nothing(reason: string): ArrayCollector {
  return { add: () => undefined, plot: () => ({ kind: 'none', reason }) };
}

/** Lines of which each drawn pair of points is the lowest and the highest value of its stretch: peaks stay. */
class LineCollector implements ArrayCollector {
  readonly #perStretch: number;
  readonly #stretches: number;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #lowAt: Float64Array;
  readonly #highAt: Float64Array;

  constructor(
    private readonly lines: number,
    length: number,
    private readonly placeOf: (position: number) => readonly [line: number, index: number],
  ) {
    this.#perStretch = length <= mostPoints ? 1 : Math.ceil(length / (mostPoints / 2));
    this.#stretches = Math.ceil(length / this.#perStretch);
    const cells = lines * this.#stretches;
    this.#low = new Float64Array(cells).fill(Number.NaN);
    this.#high = new Float64Array(cells).fill(Number.NaN);
    this.#lowAt = new Float64Array(cells).fill(-1);
    this.#highAt = new Float64Array(cells).fill(-1);
  }

  add(position: number, value: number): void {
    const [line, index] = this.placeOf(position);
    const cell = line * this.#stretches + Math.floor(index / this.#perStretch);
    // Written so that the first value enters, NaN too, and a NaN never stays before a number.
    if (!((this.#low[cell] ?? 0) <= value)) {
      if (!Number.isNaN(value) || this.#lowAt[cell] === -1) {
        this.#low[cell] = value;
        this.#lowAt[cell] = index;
      }
    }
    if (!((this.#high[cell] ?? 0) >= value)) {
      if (!Number.isNaN(value) || this.#highAt[cell] === -1) {
        this.#high[cell] = value;
        this.#highAt[cell] = index;
      }
    }
  }

  plot(): ArrayPlot {
    const lines = Array.from({ length: this.lines }, (_, line) => this.#line(line));
    return { kind: 'lines', lines, perPoint: this.#perStretch, omitted: 0 };
  }

  #line(line: number): { name: string; x: number[]; y: number[] } {
    const x: number[] = [];
    const y: number[] = [];
    for (let stretch = 0; stretch < this.#stretches; stretch += 1) {
      const cell = line * this.#stretches + stretch;
      const ends = [
        [this.#lowAt[cell] ?? -1, this.#low[cell] ?? Number.NaN],
        [this.#highAt[cell] ?? -1, this.#high[cell] ?? Number.NaN],
      ] as const;
      for (const [at, value] of ends.toSorted((one, other) => one[0] - other[0])) {
        // One value that is both lowest and highest is one point; a stretch that the file does not reach is none.
        if (at < 0 || x.at(-1) === at) continue;
        x.push(at);
        y.push(value);
      }
    }
    return { name: this.lines === 1 ? 'value' : String(line), x, y };
  }
}

/** Means over the cells of a grid. */
class GridCollector implements ArrayCollector {
  readonly #rows: number;
  readonly #columns: number;
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;

  constructor(
    private readonly ofRows: number,
    private readonly ofColumns: number,
    private readonly placeOf: (position: number) => readonly [row: number, column: number],
  ) {
    this.#rows = Math.min(ofRows, mostCells);
    this.#columns = Math.min(ofColumns, mostCells);
    this.#sums = new Float64Array(this.#rows * this.#columns);
    this.#counts = new Float64Array(this.#rows * this.#columns);
  }

  add(position: number, value: number): void {
    if (!Number.isFinite(value)) return;
    const [row, column] = this.placeOf(position);
    const cell =
      Math.floor((row * this.#rows) / this.ofRows) * this.#columns +
      Math.floor((column * this.#columns) / this.ofColumns);
    this.#sums[cell] = (this.#sums[cell] ?? 0) + value;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
  }

  plot(): ArrayPlot {
    const cells = [...this.#sums].map((sum, cell) => {
      const count = this.#counts[cell] ?? 0;
      return count === 0 ? Number.NaN : sum / count;
    });
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of cells) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low > high) return { kind: 'none', reason: 'It holds no finite number.' };
    const { ofRows, ofColumns } = this;
    return { kind: 'grid', rows: this.#rows, columns: this.#columns, cells, low, high, ofRows, ofColumns };
  }
}
