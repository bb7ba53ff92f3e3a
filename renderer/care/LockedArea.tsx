import type { ReactElement, ReactNode } from 'react';
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
    >
      <div className={`${classes.content} ${locked ? classes.inert : ''}`} inert={locked}>
        {children}
      </div>
    </div>
  );
}
