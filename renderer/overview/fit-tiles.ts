/** How the tiles of an overview are laid out. Lengths are CSS pixels. */
export interface TileLayout {
  /** Crates beside each other. */
  readonly crateColumns: number;
  /** Tiles beside each other in a crate. */
  readonly tileColumns: number;
  readonly tileHeight: number;
  /** Size of the slot's name; the rest of a tile goes by it. */
  readonly nameSize: number;
  /** How many lines a tile has room for. */
  readonly lines: 2 | 3 | 4;
  /** Whether everything fits without scrolling. */
  readonly fits: boolean;
}

export const gap = 4;
export const crateGap = 10;
export const headingHeight = 20;
const smallest = { width: 118, height: 34 };
/** Beyond this a tile only gets emptier. */
const largest = 190;
/** A tile that is this many times as wide as high reads best. */
const shape = 3;

/**
 * Lays out the slots of crates with so many slots each, so that all are in sight and the tiles are as large as can be.
 * Where they cannot all be in sight, the tiles are as small as can still be read, and the overview scrolls.
 */
export function fitTiles(width: number, height: number, crateSizes: readonly number[]): TileLayout {
  const most = Math.max(1, ...crateSizes);
  let best: { layout: TileLayout; worth: number } | null = null;
  for (let crateColumns = 1; crateColumns <= Math.max(1, crateSizes.length); crateColumns += 1) {
    for (let tileColumns = 1; tileColumns <= most; tileColumns += 1) {
      const tileWidth = widthOf(width, crateColumns, tileColumns);
      if (tileWidth < smallest.width && (crateColumns > 1 || tileColumns > 1)) break;
      const tileHeight = heightOf(height, crateSizes, crateColumns, tileColumns);
      const fits = tileHeight >= smallest.height;
      const shown = Math.min(largest, Math.max(smallest.height, tileHeight));
      // A tile much wider than that is mostly empty. What does not fit is worth less the more it has to scroll.
      const tooWide = Math.max(0, tileWidth / shown - shape);
      const worth = fits ? Math.min(tileWidth / shape, shown) - 5 * tooWide : tileHeight - 10_000;
      if (best === null || worth > best.worth) {
        best = { layout: layoutOf(crateColumns, tileColumns, tileWidth, shown, fits), worth };
      }
    }
  }
  return best?.layout ?? layoutOf(1, 1, width, smallest.height, false);
}

function layoutOf(
  crateColumns: number,
  tileColumns: number,
  tileWidth: number,
  tileHeight: number,
  fits: boolean,
): TileLayout {
  const lines = tileHeight >= 100 && tileWidth >= 260 ? 4 : tileHeight >= 64 ? 3 : 2;
  // Four lines are for a display on the wall; what they say is longer than a name.
  const [most, width] = lines === 4 ? [34, tileWidth / 15] : [26, tileWidth / 9];
  const nameSize = Math.max(11.5, Math.min(most, tileHeight / (lines + 0.9), width));
  return {
    crateColumns,
    tileColumns,
    tileHeight: Math.floor(tileHeight),
    nameSize: Math.round(nameSize * 2) / 2,
    lines,
    fits,
  };
}

function widthOf(width: number, crateColumns: number, tileColumns: number): number {
  const crate = (width - crateGap * (crateColumns - 1)) / crateColumns;
  return (crate - gap * (tileColumns - 1)) / tileColumns;
}

/** The height of a tile where all rows share what the headings and the gaps leave. */
function heightOf(
  height: number,
  crateSizes: readonly number[],
  crateColumns: number,
  tileColumns: number,
): number {
  let rows = 0;
  let crateRows = 0;
  for (let at = 0; at < crateSizes.length; at += crateColumns) {
    const beside = crateSizes.slice(at, at + crateColumns);
    rows += Math.max(1, ...beside.map((size) => Math.ceil(size / tileColumns)));
    crateRows += 1;
  }
  const used = crateRows * headingHeight + (crateRows - 1) * crateGap + (rows - crateRows) * gap;
  return rows === 0 ? largest : (height - used) / rows;
}
