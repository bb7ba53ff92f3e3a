import { assertNever } from '../../shared/assert-never';
import { isActive, runStateWord } from '../../shared/domain/run';
import type { SlotStatus } from '../../shared/ipc/state';
import type { GlyphState } from '../components/StateGlyph';
import { countOf, formatAge, formatElapsed } from '../components/time-text';
import { connectionLine, lostConnection } from '../slot/connection-text';
import { barText } from '../slot/RunBar';
import {
  abortText,
  isStale,
  outcomeWords,
  runDuration,
  shortScriptName,
  slotStateWord,
  staleAfter,
} from '../slot/slot-text';

/** What the counts over the overview count, and what they filter by. */
export const overviewFilters = [
  'running',
  'stopping',
  'failed',
  'lost',
  'aborted',
  'succeeded',
  'idle',
  'stale',
] as const;
export type OverviewFilter = (typeof overviewFilters)[number];

/** The shape beside each count. */
export const filterGlyphs: Record<OverviewFilter, GlyphState> = {
  running: 'running',
  stopping: 'stopping',
  failed: 'failed',
  lost: 'lost',
  aborted: 'aborted',
  succeeded: 'succeeded',
  idle: 'idle',
  stale: 'disconnected',
};

/** Which count a slot's state belongs to. A run that starts or settles counts as running. */
export function filterOf(status: SlotStatus | null): Exclude<OverviewFilter, 'stale'> {
  const word = slotStateWord(status);
  if (word === 'starting' || word === 'settling') return 'running';
  return word === 'unmatched' ? 'idle' : word;
}

/** Whether what a slot shows may be old: its run has fallen silent, or the connection to it is lost. */
export function isDoubtful(status: SlotStatus | null, now: number): boolean {
  return status !== null && (isStale(status, now) || lostConnection(status.run) !== null);
}

/** Whether a slot is among those that a filter shows. */
export function matches(filter: OverviewFilter, status: SlotStatus | null, now: number): boolean {
  return filter === 'stale' ? isDoubtful(status, now) : filterOf(status) === filter;
}

/** How many slots each filter shows. */
export function countSlots(
  statuses: readonly (SlotStatus | null)[],
  now: number,
): Record<OverviewFilter, number> {
  const counts: Record<OverviewFilter, number> = {
    running: 0,
    stopping: 0,
    failed: 0,
    lost: 0,
    aborted: 0,
    succeeded: 0,
    idle: 0,
    stale: 0,
  };
  for (const status of statuses) {
    counts[filterOf(status)] += 1;
    if (isDoubtful(status, now)) counts.stale += 1;
  }
  return counts;
}

/** A slot's name where its crate's stands above it: without the crate's name, where that is how it begins. */
export function tileName(slot: string, crate: string): string {
  if (!slot.startsWith(crate)) return slot;
  const rest = slot.slice(crate.length).replace(/^[-_.:]+/, '');
  return rest === '' ? slot : rest;
}

/** The script of a slot's run without folder and `.py`; empty where there was none. */
export function tileScript(status: SlotStatus | null): string {
  return status?.run ? shortScriptName(status.run.script) : '';
}

/** The age of a slot's last message: `3 s`, or empty where there was none, the run has ended, or an idle slot has long been silent. */
export function tileAge(status: SlotStatus | null, now: number): string {
  const last = status?.lastMessageAt ?? null;
  if (status === null || last === null) return '';
  const active = status.run !== null && isActive(status.run);
  if (active) return formatAge(now - last);
  // An ended run's age stands beside the slot's name already.
  return status.run === null && now - last <= staleAfter ? formatAge(now - last) : '';
}

/**
 * How far a slot's run is, or what it said last, or at least that it prints, or how it ended, in a few words; empty for
 * a slot without one. `usual` is how long it usually takes, milliseconds; null where that is not known.
 */
export function tileProgress(status: SlotStatus | null, usual: number | null, now: number): string {
  const run = status?.run ?? null;
  if (status === null || run === null) return '';
  if (lostConnection(run) !== null) return connectionLine(run);
  const duration = runDuration(run, now);
  switch (run.phase) {
    case 'starting':
    case 'running':
      if (status.bar !== null) return barText(status.bar);
      if (status.said !== null) return status.said;
      if (usual === null) return run.lines === 0 ? '' : countOf(run.lines, 'log line');
      return `${(duration ?? 0) > usual ? 'longer than usual,' : 'usually'} ${formatElapsed(usual)}`;
    case 'stopping':
      return run.abort === null ? '' : abortText(run.abort, now);
    case 'settling':
      return '';
    case 'done': {
      const word = runStateWord(run);
      const isPlain = word === 'succeeded' || word === 'aborted' || word === 'lost';
      const after = duration === null ? '' : `after ${formatElapsed(duration)}`;
      return [isPlain ? '' : outcomeWords(run.outcome), after].filter((part) => part !== '').join(', ');
    }
    default:
      return assertNever(run.phase);
  }
}

/**
 * How much of a slot's run is done, 0 to 100: as its own progress bar says, else by the time that it usually takes, which
 * is no measure of what it did. Null where neither is known.
 */
export function tileShare(status: SlotStatus | null, usual: number | null, now: number): number | null {
  const run = status?.run ?? null;
  if (status === null || run === null || run.phase !== 'running') return null;
  if (status.bar !== null) return status.bar.percent;
  if (usual === null || usual === 0) return null;
  return Math.min(100, Math.round((100 * (runDuration(run, now) ?? 0)) / usual));
}
