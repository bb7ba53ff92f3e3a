import { z } from 'zod';
import type { LogLine } from '../../shared/ipc/calls/log-calls';
import { overwriteCarriageReturns, parseSgr } from '../../shared/terminal-line';
import { formatBytes, formatCount, formatElapsed } from '../components/time-text';

/** What stands beside each line: the time of day in UTC, the time since the run's start, or nothing. */
export const timeColumnSchema = z.enum(['clock', 'elapsed', 'none']);
export type TimeColumn = z.infer<typeof timeColumnSchema>;

/** How the column left of the lines is written, the same for every line so that it stands aligned. */
export interface Gutter {
  /** Characters of the largest line number, thousands apart. */
  readonly digits: number;
  readonly time: TimeColumn;
  /** Unix milliseconds that `elapsed` counts from; null where the run never started. */
  readonly startedAt: number | null;
}

const clockWidth = '02:13:07.114'.length;
const elapsedWidth = '+12:41:07.114'.length;

/** The gutter for a log of `total` lines. */
export function gutterFor(total: number, time: TimeColumn, startedAt: number | null): Gutter {
  return { digits: Math.max(3, formatCount(total).length), time, startedAt };
}

/** Characters that the gutter takes, with the space around it. */
export function gutterWidth(gutter: Gutter): number {
  const time = gutter.time === 'none' ? 0 : 2 + (gutter.time === 'clock' ? clockWidth : elapsedWidth);
  return gutter.digits + time + 2;
}

/**
 * What stands left of the line at a position (from 0; people count from 1; null where it is not known yet). A line that
 * is not here yet has no time.
 */
export function gutterText(gutter: Gutter, index: number | null, line: LogLine | undefined): string {
  const number = (index === null ? '' : formatCount(index + 1)).padStart(gutter.digits);
  if (gutter.time === 'none') return ` ${number}`;
  const width = gutter.time === 'clock' ? clockWidth : elapsedWidth;
  const time = line === undefined || line.time === null ? '' : timeText(gutter, line.time);
  return ` ${number}  ${time.padStart(width)}`;
}

function timeText(gutter: Gutter, time: number): string {
  if (gutter.time === 'clock') return new Date(time).toISOString().slice(11, 23);
  if (gutter.startedAt === null) return '';
  // The supervisor's clock and the panel's may differ by a little: a line before the start counts as at the start.
  const since = Math.max(0, Math.round(time - gutter.startedAt));
  return `+${formatElapsed(since)}.${String(since % 1000).padStart(3, '0')}`;
}

/** What is said in place of bytes that a very long line leaves out; null where it is whole. */
export function leftOutText(omitted: number): string | null {
  return omitted > 0 ? `… ${formatBytes(omitted)} of this line left out` : null;
}

const knownColumns = new WeakMap<LogLine, number>();

/** Columns that a line takes as it is drawn: what a progress bar overwrote and what only sets colours take none. */
export function columnsOf(line: LogLine): number {
  const known = knownColumns.get(line);
  if (known !== undefined) return known;
  const shown = parseSgr(overwriteCarriageReturns(line.text));
  const columns = shown.reduce((sum, part) => sum + part.text.length, 0);
  knownColumns.set(line, columns);
  return columns;
}
