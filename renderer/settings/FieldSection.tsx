import type { ReactElement, ReactNode } from 'react';
import classes from './FieldSection.module.css';

interface FieldSectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

interface FieldRowProps {
  /** `halves`: two of one width; `short-first`, `short-last`: a number beside a name; `short`: numbers only. */
  readonly shape: 'halves' | 'short-first' | 'short-last' | 'short';
  readonly children: ReactNode;
}

const shapes = {
  halves: classes.halves,
  'short-first': classes.shortFirst,
  'short-last': classes.shortLast,
  short: classes.short,
};

/** Fields beside each other; one alone keeps the width that its value needs. */
export function FieldRow({ shape, children }: FieldRowProps): ReactElement {
  return <div className={`${classes.row} ${shapes[shape]}`}>{children}</div>;
}

/** Fields that belong together, under a heading. */
export function FieldSection({ title, hint, children }: FieldSectionProps): ReactElement {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{title}</h2>
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      <div className={classes.fields}>{children}</div>
    </section>
  );
}
