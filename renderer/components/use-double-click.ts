import { useEffect, useRef, type RefObject } from 'react';

/**
 * Opens the row on which a double click began: what its first click brings up, or a new first row, may lie under the
 * pointer when the second comes, and must not take that click for its own. Answers how to say which row was clicked.
 */
export function useDoubleClick<Row>(
  view: RefObject<HTMLDivElement | null>,
  onOpen: ((row: Row) => void) | undefined,
): (row: Row) => void {
  const begun = useRef<Row | null>(null);
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  }, [onOpen]);
  useEffect(() => {
    const onClick = (event: MouseEvent): void => {
      if (event.detail < 2) begun.current = null;
      else if (begun.current !== null && !event.composedPath().some((part) => part === view.current)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    const onDoubleClick = (): void => {
      if (begun.current !== null) open.current?.(begun.current);
      begun.current = null;
    };
    document.addEventListener('click', onClick, true);
    document.addEventListener('dblclick', onDoubleClick);
    return () => {
      document.removeEventListener('click', onClick, true);
      document.removeEventListener('dblclick', onDoubleClick);
    };
  }, [view]);
  return (row) => {
    begun.current = row;
  };
}
