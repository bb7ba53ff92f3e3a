import { KeptViews } from '../stores/kept-views';
import type { LineSelection } from './line-selection';
import { noSearch, type LogSearch } from './log-finder';
import { standAtEnd, type LogStand } from './use-log-place';

/** How a log was left: its place, what was looked for, the filter, and the selected rows. */
export interface LeftLog extends LogStand, LogSearch {
  readonly selection: LineSelection | null;
}

/** How every log is opened at first. */
export const freshLog: LeftLog = { ...standAtEnd, ...noSearch, selection: null };

/** How the logs of runs were left, by the run. */
export const keptLogs = new KeptViews<LeftLog>(50);
