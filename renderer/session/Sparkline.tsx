import { memo, type ReactElement } from 'react';
import classes from './JsonTree.module.css';
import { sparklinePath } from './plot-lines';

const width = 56;
const height = 16;

/** The course of a list of numbers, small enough to stand in its row. What it shows is said in the row in words. */
export const Sparkline = memo(function Sparkline({
  values,
}: {
  readonly values: readonly (number | null)[];
}): ReactElement {
  return (
    <svg className={classes.sparkline} width={width} height={height} aria-hidden="true">
      <path d={sparklinePath(values, width, height)} />
    </svg>
  );
});
