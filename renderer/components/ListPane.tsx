import type { ReactElement, ReactNode } from 'react';
import classes from './ListPane.module.css';

/** The column that a list fills its place with: what narrows it down, the list, and details of what is selected. */
export function ListPane({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={classes.pane}>{children}</div>;
}

/** The bar over a list in a slot's tab: what narrows the list down and what can be done with it. */
export function ToolBar({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={classes.tools}>{children}</div>;
}

interface ListCountProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** How much a list holds, said again when it changes. */
export function ListCount({ label, children }: ListCountProps): ReactElement {
  return (
    <output className={classes.count} aria-label={label}>
      {children}
    </output>
  );
}

/** What is left of a bar's width: what follows stands at its end. */
export function Space(): ReactElement {
  return <span className={classes.space} />;
}
