import type { ReactElement, ReactNode } from 'react';
import classes from './ListHead.module.css';
import { Space } from './ListPane';

/** Milliseconds that typing into a page's filters rests before its list is read anew. */
export const typingRest = 200;

interface ListHeadProps {
  readonly title: string;
  readonly foundLabel: string;
  /** How much the filters let through; empty while that is not known. */
  readonly found: string;
  /** What can be done with the list, at the end of the line. */
  readonly children: ReactNode;
}

/** The first line of a page that is one long list. */
export function ListHead({ title, foundLabel, found, children }: ListHeadProps): ReactElement {
  return (
    <header className={classes.header}>
      <h1>{title}</h1>
      <output className={classes.found} aria-label={foundLabel}>
        {found}
      </output>
      <Space />
      {children}
    </header>
  );
}

interface FilterBarProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** The fields that narrow a page's list down, each with its label. */
export function FilterBar({ label, children }: FilterBarProps): ReactElement {
  return (
    <search className={classes.filters} aria-label={label}>
      {children}
    </search>
  );
}
