import type { ReactElement, ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  /** What is not there. */
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** A pane with nothing in it: says what is not there and what to do next. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <p className={classes.hint}>{children}</p>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
