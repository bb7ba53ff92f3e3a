import type { ReactElement } from 'react';
import type { BarProgress } from '../../shared/domain/bar-progress';
import classes from './RunBar.module.css';

/** What a progress bar says beside its line: `37 of 100, 00:20 left`. */
export function barText({ percent, done, total, remaining, rate }: BarProgress): string {
  const count = total === null ? done : `${done} of ${total}`;
  const share = percent === null ? '' : `${percent} %, `;
  if (remaining !== null && percent !== 100) return `${share}${count}, ${remaining} left`;
  return rate === null || percent === 100 ? `${share}${count}` : `${share}${count}, ${rate}`;
}

/** The newest progress bar that the script draws with tqdm. */
export function RunBar({ bar }: { readonly bar: BarProgress }): ReactElement {
  const text = barText(bar);
  return (
    <span className={classes.bar} title="As the script’s own progress bar says">
      {bar.description === '' ? null : <span className={classes.description}>{bar.description}</span>}
      <progress
        className={classes.track}
        aria-label={bar.description === '' ? 'Progress' : `Progress: ${bar.description}`}
        max={100}
        value={bar.percent ?? undefined}
        aria-valuetext={text}
      />
      <span className={classes.text}>{text}</span>
    </span>
  );
}
