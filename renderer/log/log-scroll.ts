/*
 * The arithmetic of scrolling in line units. A log may hold tens of millions of lines, and Chromium caps an
 * element at 33.5 million px, so no element is ever as tall as the log: the place is a number of lines, with a
 * fraction for the part of a line, and only the lines in sight are drawn, relative to it.
 */

/** Height of a line in CSS pixels. */
export const lineHeight = 18;

/** How many lines there are and how many fit in the view; `visible` may be a fraction. */
export interface LogExtent {
  readonly total: number;
  readonly visible: number;
}

/** Where the view stands: the line at its top edge (with a fraction), and whether it sticks to the end. */
export interface LogPlace {
  readonly top: number;
  readonly following: boolean;
}

/** Lines that may miss to the end and still count as being there: less than half a line cannot be seen. */
const endTolerance = 0.5;

/** The place that every log is opened at. */
export const followTheEnd: LogPlace = { top: 0, following: true };

/** The furthest that the top edge can go: the last line then stands wholly at the bottom. */
export function furthestTop(extent: LogExtent): number {
  return Math.max(0, extent.total - extent.visible);
}

/** The line at the top edge: the end's while following, otherwise the place's own, kept inside the log. */
export function topOf(place: LogPlace, extent: LogExtent): number {
  const furthest = furthestTop(extent);
  return place.following ? furthest : Math.min(Math.max(0, place.top), furthest);
}

/** Moves the top edge to a line. Reaching the end starts following, leaving it upwards stops it. */
export function moveTo(top: number, extent: LogExtent): LogPlace {
  const furthest = furthestTop(extent);
  const kept = Math.min(Math.max(0, top), furthest);
  return { top: kept, following: furthest - kept < endTolerance };
}

/** Moves by lines (negative: towards the start). A move up always stops following, however small it is. */
export function moveBy(place: LogPlace, extent: LogExtent, lines: number): LogPlace {
  const from = topOf(place, extent);
  if (lines < 0 && from > 0) return { top: Math.max(0, from + lines), following: false };
  return moveTo(from + lines, extent);
}

/** Stands still where it is, for example because the operator selects text. */
export function standStill(place: LogPlace, extent: LogExtent): LogPlace {
  return { top: topOf(place, extent), following: false };
}

/** Stands still with a row in sight: as it is where the row is there, by a little where it is near, else amid the view. */
export function placeShowing(row: number, place: LogPlace, extent: LogExtent): LogPlace {
  const top = topOf(place, extent);
  const lowest = row + 1 - extent.visible;
  if (row >= top && lowest <= top) return { top, following: false };
  const near = row < top ? row : lowest;
  const isNear = Math.abs(near - top) <= Math.max(2, extent.visible);
  const wanted = isNear ? near : row + 0.5 - extent.visible / 2;
  return { top: Math.min(Math.max(0, wanted), furthestTop(extent)), following: false };
}

/** A half-open range of line numbers. */
export interface LineRange {
  readonly first: number;
  readonly end: number;
}

/** The lines in sight, with `overscan` more on both sides, inside the log. */
export function linesAround(top: number, extent: LogExtent, overscan: number): LineRange {
  const first = Math.max(0, Math.floor(top) - overscan);
  const end = Math.min(extent.total, Math.ceil(top + extent.visible) + overscan);
  return { first, end: Math.max(first, end) };
}

/** How far down the first drawn line is to be put, in whole pixels, when `top` is at the view's edge. */
export function drawnOffset(firstDrawn: number, top: number): number {
  // The difference of near numbers is exact, so that ten million lines down a line still lands on its pixel.
  return Math.round((firstDrawn - top) * lineHeight);
}

/** Lines that a wheel event asks for. `deltaMode` is the event's: 0 pixels, 1 lines, 2 pages. */
export function wheelLines(deltaY: number, deltaMode: number, visible: number): number {
  if (deltaMode === 1) return deltaY;
  if (deltaMode === 2) return deltaY * Math.max(1, Math.floor(visible) - 1);
  return deltaY / lineHeight;
}

/** What a key does to the place; null for a key that is not for scrolling. */
export function keyMove(key: string, place: LogPlace, extent: LogExtent): LogPlace | null {
  const page = Math.max(1, Math.floor(extent.visible) - 1);
  switch (key) {
    case 'ArrowUp':
      return moveBy(place, extent, -1);
    case 'ArrowDown':
      return moveBy(place, extent, 1);
    case 'PageUp':
      return moveBy(place, extent, -page);
    case 'PageDown':
    case ' ':
      return moveBy(place, extent, page);
    case 'Home':
      return moveBy(place, extent, -extent.total);
    case 'End':
      return moveTo(furthestTop(extent), extent);
    default:
      return null;
  }
}

/** A scrollbar's thumb, in CSS pixels along its track. */
export interface Thumb {
  readonly size: number;
  readonly offset: number;
}

/** The smallest thumb that can still be grabbed. */
export const smallestThumb = 28;

/** The thumb for a place; null where everything is in sight. */
export function thumbFor(top: number, extent: LogExtent, track: number): Thumb | null {
  const furthest = furthestTop(extent);
  if (furthest === 0 || track <= 0) return null;
  const size = Math.min(track, Math.max(smallestThumb, (track * extent.visible) / extent.total));
  return { size, offset: (top / furthest) * (track - size) };
}

/**
 * The top line after the thumb was dragged by `distance` px from where it stood at `startTop`. Counted from the
 * start of the drag, so that taking the thumb without moving it moves nothing.
 */
export function topAfterDrag(startTop: number, distance: number, extent: LogExtent, track: number): number {
  const thumb = thumbFor(startTop, extent, track);
  const room = thumb === null ? 0 : track - thumb.size;
  if (room <= 0) return startTop;
  const furthest = furthestTop(extent);
  return Math.min(Math.max(0, startTop + (distance / room) * furthest), furthest);
}
