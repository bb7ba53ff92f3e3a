import { assertNever } from '../../shared/assert-never';
import {
  type GroupSummary,
  type QueueEntry,
  type QueueEntryWord,
  type QueueStatus,
} from '../../shared/domain/queue';
import { isActive, scriptName, type AbortStage, type Run } from '../../shared/domain/run';
import type { GlyphState } from '../components/StateGlyph';
import { countOf, formatCount, formatElapsed } from '../components/time-text';
import { joinCommandLine } from '../run/command-line';
import { nextStage } from '../slot/slot-text';

/** An entry's command line with the script's folder left out. */
export function entryCommand(entry: Pick<QueueEntry, 'script' | 'args'>): string {
  return joinCommandLine([scriptName(entry.script), ...entry.args]);
}

/** What an entry is called in sentences: `take_iv.py on crate1slot2`. */
export function entryName(entry: Pick<QueueEntry, 'script' | 'slot'>): string {
  return `${scriptName(entry.script)} on ${entry.slot}`;
}

/** The shape for an entry: that of its run's state, or one for what has none. */
export function entryGlyph(word: QueueEntryWord | 'running'): GlyphState {
  switch (word) {
    case 'waiting':
      return 'idle';
    case 'blocked':
      return 'lost';
    case 'skipped':
    case 'removed':
      return 'aborted';
    default:
      return word;
  }
}

/** How long an entry took, or has taken so far: `2:30`; empty where it never ran or it is not known. */
export function entryDuration(entry: QueueEntry, now: number): string {
  if (entry.duration !== null) return formatElapsed(entry.duration);
  return entry.state === 'running' && entry.startedAt !== null ? formatElapsed(now - entry.startedAt) : '';
}

/** The exit code or signal of an entry that ran, `–` where there is none. */
export function exitText({ outcome }: Pick<QueueEntry, 'outcome'>): string {
  if (outcome === null) return '–';
  switch (outcome.kind) {
    case 'exited':
      return String(outcome.code);
    case 'signalled':
      return outcome.signal;
    case 'aborted':
      return outcome.code === null ? (outcome.signal ?? '–') : String(outcome.code);
    case 'not-started':
    case 'lost':
      return '–';
    default:
      return assertNever(outcome);
  }
}

/** How the queue stands, in a line: `2 running, 5 waiting`. */
export function queueLine({ running, waiting, blocked }: QueueStatus): string {
  const waits = Object.values(waiting).reduce((sum, count) => sum + count, 0);
  const parts = [
    ...(running > 0 ? [`${formatCount(running)} running`] : []),
    ...(waits > 0 ? [`${formatCount(waits)} waiting`] : []),
    ...(blocked > 0 ? [`${formatCount(blocked)} blocked`] : []),
  ];
  return parts.length === 0 ? 'nothing waits' : parts.join(', ');
}

/** How a group's members stand: `1 succeeded, 1 running, 1 waiting`. */
export function groupCounts(summary: GroupSummary): string {
  const { running, waiting, succeeded, failed, skipped } = summary;
  const parts = [
    [succeeded, 'succeeded'],
    [failed, 'did not succeed'],
    [running, 'running'],
    [waiting, 'waiting'],
    [skipped, 'skipped'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ');
}

/** How a group runs: `3 slots, one after another, 30 s to settle, stops on failure`. */
export function groupPlan({ group, total }: GroupSummary): string {
  const mode = group.mode === 'concurrent' ? 'all at once' : 'one after another';
  const settle = group.settle > 0 ? `, ${formatCount(group.settle)} s to settle` : '';
  const failure = group.onFailure === 'stop' ? 'stops on failure' : 'goes on after a failure';
  return `${countOf(total, 'slot')}, ${mode}${settle}, ${failure}`;
}

/** The glyph for a group as a whole. */
export function groupGlyph(summary: GroupSummary): GlyphState {
  if (summary.running > 0) return 'running';
  if (summary.waiting > 0) return 'idle';
  if (summary.failed > 0) return 'failed';
  return summary.skipped > 0 ? 'aborted' : 'succeeded';
}

/** How long a group took from its first start to its last end, or has taken so far; empty before its first start. */
export function groupDuration({ startedAt, endedAt }: GroupSummary, now: number): string {
  return startedAt === null ? '' : formatElapsed((endedAt ?? now) - startedAt);
}

/** How far the abort of these runs has come: the stage that follows for the one that is furthest behind, if any stops. */
export function nextGroupStage(runs: readonly Run[]): AbortStage | null {
  const order = ['interrupt', 'terminate', 'kill'] as const;
  const stages = new Set(
    runs.flatMap((run) => (isActive(run) && run.abort !== null ? [run.abort.stage] : [])),
  );
  const behind = order.find((stage) => stages.has(stage));
  return behind === undefined ? null : nextStage(behind);
}
