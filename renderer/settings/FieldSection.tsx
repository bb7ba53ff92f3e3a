import type { ReactElement, ReactNode } from 'react';
import classes from './FieldSection.module.css';

interface FieldSectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
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
