import type { ReactElement, ReactNode } from 'react';
import { useLocked } from './lock-store';
import classes from './Lock.module.css';

/** A part of the window that takes no input while the controls are locked, and looks it. */
export function LockedArea({ children }: { readonly children: ReactNode }): ReactElement {
  const locked = useLocked();
  return (
    <div className={`${classes.area} ${locked ? classes.inert : ''}`} inert={locked}>
      {children}
    </div>
  );
}
