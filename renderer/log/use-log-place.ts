import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  followTheEnd,
  keyMove,
  moveBy,
  moveTo,
  placeShowing,
  standStill,
  wheelLines,
  type LogExtent,
  type LogPlace,
} from './log-scroll';

/** A log's place on the screen and what moves it. */
export interface LogPlaceControl {
  readonly place: LogPlace;
  /** Lines of the whole log when following stopped; null while following. */
  readonly stoppedAt: number | null;
  readonly scrollTo: (top: number) => void;
  readonly jumpToEnd: () => void;
  /** Brings a row into sight and stands still there. */
  readonly reveal: (row: number) => void;
  /** Tells how much there is to scroll, as it is drawn, and how many lines the whole log has. */
  readonly settle: (extent: LogExtent, lines: number) => void;
}

/** Where a log stands. */
export type LogStand = Pick<LogPlaceControl, 'place' | 'stoppedAt'>;

/** Where every log stands at first. */
export const standAtEnd: LogStand = { place: followTheEnd, stoppedAt: null };

/** Keeps the place of a log, moved by wheel, keys and the scrollbar, and held still while text is selected. */
export function useLogPlace(view: RefObject<HTMLElement | null>, first: LogStand): LogPlaceControl {
  const [state, setState] = useState(first);
  const extent = useRef<LogExtent>({ total: 0, visible: 0 });
  // Rows of a filter are others for another filter: what is new is told in lines of the whole log.
  const lines = useRef(0);

  const move = useCallback((change: (place: LogPlace, extent: LogExtent) => LogPlace | null) => {
    setState((before) => {
      const place = change(before.place, extent.current);
      if (place === null || (place.top === before.place.top && place.following === before.place.following)) {
        return before;
      }
      return { place, stoppedAt: place.following ? null : (before.stoppedAt ?? lines.current) };
    });
  }, []);

  useWheel(view, extent, move);
  useKeys(view, move);
  useSelectionHold(view, move);

  const scrollTo = useCallback((top: number) => move((_, size) => moveTo(top, size)), [move]);
  const jumpToEnd = useCallback(() => move(() => followTheEnd), [move]);
  const reveal = useCallback((row: number) => move((place, size) => placeShowing(row, place, size)), [move]);
  const settle = useCallback((size: LogExtent, wholeLines: number) => {
    extent.current = size;
    lines.current = wholeLines;
  }, []);
  return { ...state, scrollTo, jumpToEnd, reveal, settle };
}

type Move = (change: (place: LogPlace, extent: LogExtent) => LogPlace | null) => void;

/** Wheel and touchpad: events of one frame are added up, so that each frame draws once. */
function useWheel(view: RefObject<HTMLElement | null>, extent: RefObject<LogExtent>, move: Move): void {
  useEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    let lines = 0;
    let frame = 0;
    const apply = (): void => {
      frame = 0;
      const sum = lines;
      lines = 0;
      move((place, size) => moveBy(place, size, sum));
    };
    const onWheel = (event: WheelEvent): void => {
      // Sideways stays the browser's, and so does zooming.
      if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      lines += wheelLines(event.deltaY, event.deltaMode, extent.current.visible);
      if (frame === 0) frame = requestAnimationFrame(apply);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('wheel', onWheel);
    };
  }, [view, extent, move]);
}

function useKeys(view: RefObject<HTMLElement | null>, move: Move): void {
  useLayoutEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== 'Home' && event.key !== 'End'))
        return;
      if (keyMove(event.key, followTheEnd, { total: 0, visible: 1 }) === null) return;
      event.preventDefault();
      move((place, size) => keyMove(event.key, place, size));
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [view, move]);
}

/** Lines that follow the end would take a selection away under the operator's hand. */
function useSelectionHold(view: RefObject<HTMLElement | null>, move: Move): void {
  useEffect(() => {
    const onSelectionChange = (): void => {
      const selection = document.getSelection();
      if (selection === null || selection.isCollapsed || view.current === null) return;
      if (selection.anchorNode === null || !view.current.contains(selection.anchorNode)) return;
      move((place, size) => (place.following ? standStill(place, size) : null));
    };
    document.addEventListener('selectionchange', onSelectionChange);
    return () => document.removeEventListener('selectionchange', onSelectionChange);
  }, [view, move]);
}
