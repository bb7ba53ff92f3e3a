import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { LogMatch } from '../../shared/domain/log-find';
import type { LogFinder } from './log-finder';

/** Columns of a match's surroundings that are kept in sight beside it, in CSS pixels. */
const around = 40;

/** Brings the match that is gone to into sight: its line, and its place in a line that is wider than the view. */
export function useMatchInSight(
  view: RefObject<HTMLElement | null>,
  finder: LogFinder,
  reveal: (row: number) => void,
): void {
  const { current } = finder;
  // The match that was gone to before the log was left has its place already.
  const shown = useRef(current);
  const sideways = useRef<LogMatch | null>(null);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    if (current === null) return;
    sideways.current = current;
    reveal(current.row);
  }, [current, reveal]);
  useLayoutEffect(() => {
    // Drawn once its line and its marks are here.
    const mark = view.current?.querySelector<HTMLElement>('mark[data-current]') ?? null;
    if (sideways.current === null || view.current === null || mark === null) return;
    sideways.current = null;
    const by = sidewaysTo(mark, view.current);
    if (by !== 0) view.current.scrollBy({ left: by });
  });
}

/** How far a view has to scroll sideways to show a match, in CSS pixels. */
function sidewaysTo(mark: HTMLElement, view: HTMLElement): number {
  const [inner, outer] = [mark.getBoundingClientRect(), view.getBoundingClientRect()];
  const gutter =
    Number.parseFloat(getComputedStyle(mark.closest('[data-row]') ?? mark, '::before').width) || 0;
  const left = inner.left - outer.left - gutter - around;
  const right = inner.right - outer.right + around;
  if (left < 0) return left;
  return right > 0 ? Math.min(right, left) : 0;
}
