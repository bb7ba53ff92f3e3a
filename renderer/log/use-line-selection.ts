import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { LogExtent } from './log-scroll';
import { selectionAfterKey, type LineSelection } from './line-selection';

/** The lines that the operator selected, whether drawn or not. */
export interface SelectionControl {
  readonly selection: LineSelection | null;
  readonly select: (selection: LineSelection | null) => void;
  /** Tells what is in sight, as it is drawn. */
  readonly settleSelection: (top: number, extent: LogExtent) => void;
}

interface Sight {
  readonly top: number;
  readonly extent: LogExtent;
}

/**
 * Keeps the selected lines of a log: a click selects one, with shift up to there; shift with arrows, Page, Home and End
 * extends, and Ctrl+A takes all. `reveal` brings the line that was moved to into sight; `initial` is selected at first.
 */
export function useLineSelection(
  view: RefObject<HTMLElement | null>,
  reveal: (row: number) => void,
  initial: LineSelection | null,
): SelectionControl {
  const [selection, setSelection] = useState(initial);
  const sight = useRef<Sight>({ top: 0, extent: { total: 0, visible: 0 } });
  const latest = useRef(initial);

  const select = useCallback((next: LineSelection | null) => {
    latest.current = next;
    setSelection(next);
  }, []);

  useLayoutEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { total, visible } = sight.current.extent;
      if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
        event.preventDefault();
        if (total > 0) select({ anchor: 0, head: total - 1 });
        return;
      }
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Escape' && latest.current !== null) {
        select(null);
        return;
      }
      const first = Math.ceil(sight.current.top);
      const next = selectionAfterKey(latest.current, event.key, event.shiftKey, {
        total,
        page: Math.max(1, Math.floor(visible) - 1),
        firstInSight: first,
        lastInSight: Math.max(first, Math.min(total, Math.floor(sight.current.top + visible)) - 1),
      });
      if (next === null) return;
      // The keys would scroll the log as well.
      event.preventDefault();
      event.stopImmediatePropagation();
      select(next);
      reveal(next.head);
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [view, select, reveal]);

  useEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const onMouseDown = (event: MouseEvent): void => {
      // With shift the browser would select the text between.
      if (event.button === 0 && event.shiftKey) event.preventDefault();
    };
    const onClick = (event: MouseEvent): void => {
      const row = rowOf(event.target);
      const text = document.getSelection();
      // Dragging selects text within the lines, which is another thing.
      if (row === null || (text !== null && !text.isCollapsed && !event.shiftKey)) return;
      const { current } = latest;
      select(
        event.shiftKey && current !== null
          ? { anchor: current.anchor, head: row }
          : { anchor: row, head: row },
      );
    };
    element.addEventListener('mousedown', onMouseDown);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('mousedown', onMouseDown);
      element.removeEventListener('click', onClick);
    };
  }, [view, select]);

  const settleSelection = useCallback((top: number, extent: LogExtent) => {
    sight.current = { top, extent };
  }, []);
  return { selection, select, settleSelection };
}

/** The row that an element of the log belongs to; null for none. */
export function rowOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
  return row === null || row === undefined ? null : Number(row);
}
