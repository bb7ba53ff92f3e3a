import type { ReactElement } from 'react';
import { isActive, type Run } from '../../shared/domain/run';
import { useNow } from '../components/clock';
import { roughDuration, usualBasis } from '../history/usual-text';
import { useUsual } from '../history/use-usual';
import { runDuration } from './slot-text';
import classes from './UsualDuration.module.css';

/** How long an active run usually takes, and how far along that it is; nothing where no earlier run tells. */
export function UsualDuration({ run }: { readonly run: Run | null }): ReactElement {
  const active = run !== null && isActive(run) ? run : null;
  const usual = useUsual(active, active?.id ?? '');
  return (
    <span className={classes.usual}>
      {active === null || usual === null ? null : (
        <>
          <Track run={active} duration={usual.duration} />
          <span title={`Usually ${roughDuration(usual.duration)}: ${usualBasis(usual)}`}>
            usually {roughDuration(usual.duration)}
          </span>
        </>
      )}
    </span>
  );
}

function Track({ run, duration }: { readonly run: Run; readonly duration: number }): ReactElement {
  const elapsed = runDuration(run, useNow()) ?? 0;
  const part = duration === 0 ? 1 : elapsed / duration;
  const percent = Math.min(100, Math.round(part * 100));
  const text = part > 1 ? 'longer than usual' : `${percent} % of the usual time`;
  return (
    <progress
      className={`${classes.track} ${part > 1 ? classes.over : ''}`}
      aria-label="Usual time"
      aria-valuetext={text}
      title={text}
      max={100}
      value={percent}
    />
  );
}
