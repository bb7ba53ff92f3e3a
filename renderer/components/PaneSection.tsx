import { useId, type ReactElement, type ReactNode } from 'react';
import classes from './PaneSection.module.css';

interface PaneSectionProps {
  readonly title: string;
  /** What stands at the heading's other end. */
  readonly aside: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A part of a pane under a small heading, a hairline apart from the one above it. */
export function PaneSection({ title, aside, className = '', children }: PaneSectionProps): ReactElement {
  const id = useId();
  return (
    <section className={`${classes.section} ${className}`} aria-labelledby={id}>
      <div className={classes.heading}>
        <h2 id={id}>{title}</h2>
        <span className={classes.aside}>{aside}</span>
      </div>
      {children}
    </section>
  );
}
