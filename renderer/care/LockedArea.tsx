import type { ReactElement, ReactNode, WheelEvent } from 'react';
import { askUnlock, useLocked } from './lock-store';
import classes from './Lock.module.css';

/**
 * A part of the window that takes no input while the controls are locked, and looks it. A click anywhere in it asks
 * whether to unlock them.
 */
export function LockedArea({ children }: { readonly children: ReactNode }): ReactElement {
  const locked = useLocked();
  return (
    // For the pointer only, which meets this box where what it holds is inert; keys have the button of the banner.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      className={`${classes.area} ${locked ? classes.shut : ''}`}
      title={locked ? 'The controls are locked. A click asks to unlock them.' : undefined}
      onClick={(event) => {
        // Not what comes up from a dialog that was open before the lock.
        if (locked && event.target === event.currentTarget) askUnlock();
      }}
      onWheel={locked ? scrollUnderPointer : undefined}
    >
      <div className={`${classes.content} ${locked ? classes.inert : ''}`} inert={locked}>
        {children}
      </div>
    </div>
  );
}

/** Scrolls the innermost part under the pointer that can be: the wheel meets nothing that is inert, but it is to be read. */
function scrollUnderPointer({
  currentTarget,
  clientX,
  clientY,
  deltaX,
  deltaY,
}: WheelEvent<HTMLElement>): void {
  const innermost = [...currentTarget.querySelectorAll<HTMLElement>('*')].findLast((part) => {
    if (part.scrollHeight <= part.clientHeight) return false;
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const isUnder = clientX >= left && clientX < right && clientY >= top && clientY < bottom;
    return isUnder && ['auto', 'scroll'].includes(getComputedStyle(part).overflowY);
  });
  innermost?.scrollBy({ left: deltaX, top: deltaY });
}
