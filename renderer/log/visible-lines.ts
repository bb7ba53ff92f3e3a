import { useLayoutEffect, useState, type RefObject } from 'react';
import { lineHeight } from './log-scroll';

/** How many lines fit in an element, as a fraction; follows its size. 0 until it has one. */
export function useVisibleLines(view: RefObject<HTMLElement | null>): number {
  const [visible, setVisible] = useState(0);
  useLayoutEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const measure = (): void => setVisible(element.clientHeight / lineHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [view]);
  return visible;
}
