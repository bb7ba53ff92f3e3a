import type { ReactElement, ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  /** What is not there. */
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** In a pane with a heading of its own: stands right under it, in line with it. */
  readonly compact?: boolean;
}

/** A pane with nothing in it: says what is not there and what to do next. */
export function EmptyState({ title, children, action, compact = false }: EmptyStateProps): ReactElement {
  return (
    <div className={`${classes.empty} ${compact ? classes.compact : ''}`}>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <p className={classes.hint}>{children}</p>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
