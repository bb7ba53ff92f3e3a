import { CircleAlert, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './Banner.module.css';

export type BannerTone = 'info' | 'warning' | 'error';

const icons: Record<BannerTone, LucideIcon> = { info: Info, warning: TriangleAlert, error: CircleAlert };

interface BannerProps {
  readonly tone: BannerTone;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` for what has just gone wrong; left out for what merely stands. */
  readonly live?: 'alert' | 'status';
}

/** A line across a pane: a shape for its tone, a sentence, and what can be done about it. */
export function Banner({ tone, children, actions, live }: BannerProps): ReactElement {
  const Icon = icons[tone];
  return (
    <div className={`${classes.banner} ${classes[tone]}`} role={live}>
      <Icon className={classes.icon} size={15} aria-hidden="true" />
      <div className={classes.text}>{children}</div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
