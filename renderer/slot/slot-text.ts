import { assertNever } from '../../shared/assert-never';
import {
  abortSignal,
  isActive,
  runStateWord,
  scriptName,
  type AbortProgress,
  type AbortStage,
  type Run,
  type RunOutcome,
} from '../../shared/domain/run';
import type { SlotStatus } from '../../shared/ipc/state';
import type { GlyphState, SlotStateWord } from '../components/StateGlyph';
import { formatAge, formatAgo, formatElapsed, secondsUntil } from '../components/time-text';
import { joinCommandLine } from '../run/command-line';
import { connectionLine, lostConnection, runGlyph } from './connection-text';

/** A running slot that has been silent for longer than this many milliseconds says so. */
export const staleAfter = 30_000;

/** The word for a slot at a glance. */
export function slotStateWord(status: SlotStatus | null): SlotStateWord {
  return status?.run ? runStateWord(status.run) : 'idle';
}

/** The shape for a slot at a glance: that of its state, or of a connection that is cut. */
export function slotGlyph(status: SlotStatus | null): GlyphState {
  return status?.run ? runGlyph(status.run) : 'idle';
}

/** A script's name as the rail has room for: no folders, no `.py`. */
export function shortScriptName(script: string): string {
  return scriptName(script).replace(/\.py$/, '');
}

/** A run's command line with the script's folder left out, as the header shows it. */
export function commandLineOf(run: Pick<Run, 'script' | 'args'>): string {
  return joinCommandLine([scriptName(run.script), ...run.args]);
}

/** How long a run has taken so far or took, in milliseconds; null where its start is not known. */
export function runDuration(run: Run, now: number): number | null {
  if (isActive(run)) return now - (run.startedAt ?? run.requestedAt);
  if (run.endedAt === null || run.startedAt === null) return null;
  return run.endedAt - run.startedAt;
}

/** What a slot does, in a few words: the second line of its entry in the rail. */
export function railLine(status: SlotStatus | null, now: number): string {
  const run = status?.run ?? null;
  if (status === null || run === null) {
    const last = status?.lastMessageAt ?? null;
    return last !== null && now - last <= staleAfter ? 'idle, receiving' : 'idle';
  }
  if (lostConnection(run) !== null) return connectionLine(run);
  const name = shortScriptName(run.script);
  switch (run.phase) {
    case 'starting':
    case 'settling':
      return `${name}, ${run.phase}`;
    case 'running':
      return isStale(status, now) && status.lastMessageAt !== null
        ? `${name}, last message ${formatAgo(now - status.lastMessageAt)}`
        : `${name}, ${status.said ?? 'running'}`;
    case 'stopping':
      return run.abort === null ? `${name}, stopping` : `stopping, ${nextStageText(run.abort, now)}`;
    case 'done':
      return `${name}, ${outcomeWords(run.outcome)}`;
    default:
      return assertNever(run.phase);
  }
}

/** The right column of a slot's entry: the age of a lost connection, elapsed while active, else the age of the last thing that happened; or empty. */
export function railTime(status: SlotStatus | null, now: number): string {
  if (status === null) return '';
  const { run, lastMessageAt } = status;
  const cut = lostConnection(run);
  if (cut !== null) return formatAge(now - cut.since);
  if (run !== null && isActive(run)) return formatElapsed(runDuration(run, now) ?? 0);
  const last = Math.max(run?.endedAt ?? 0, lastMessageAt ?? 0);
  return last === 0 ? '' : formatAge(now - last);
}

/** Whether a running slot published something in this run and then fell silent. */
export function isStale(status: SlotStatus, now: number): boolean {
  const { run, lastMessageAt } = status;
  if (run === null || run.phase !== 'running' || lastMessageAt === null) return false;
  // That nothing comes is then the connection's fault, and said as such.
  if (lostConnection(run) !== null) return false;
  return lastMessageAt >= (run.startedAt ?? run.requestedAt) && now - lastMessageAt > staleAfter;
}

/** The stage that follows, which the operator can go ahead to; null at the last one. */
export function nextStage(stage: AbortStage): AbortStage | null {
  switch (stage) {
    case 'interrupt':
      return 'terminate';
    case 'terminate':
      return 'kill';
    case 'kill':
      return null;
    default:
      return assertNever(stage);
  }
}

/** The label of the button that goes ahead to a stage, through the lock where the controls are locked. */
export function aheadText(stage: AbortStage, locked: boolean): string {
  return locked ? `Unlock and send ${abortSignal[stage]}` : `Send ${abortSignal[stage]} now`;
}

function nextStageText(abort: AbortProgress, now: number): string {
  const next = nextStage(abort.stage);
  if (next === null || abort.until === null) return `${abortSignal[abort.stage]} sent`;
  return `${abortSignal[next]} in ${secondsUntil(abort.until, now)} s`;
}

/** How far an abort has come, with the countdown to the next stage: `SIGINT sent, SIGTERM in 3 s`. */
export function abortText(abort: AbortProgress, now: number): string {
  const sent = `${abortSignal[abort.stage]} sent`;
  const next = nextStageText(abort, now);
  return next === sent ? sent : `${sent}, ${next}`;
}

/** How a run ended, in a few words: `exit code 1`, `ended by SIGKILL`. */
export function outcomeWords(outcome: RunOutcome | null): string {
  if (outcome === null) return 'lost';
  switch (outcome.kind) {
    case 'exited':
      return outcome.code === 0 ? 'succeeded' : `exit code ${outcome.code}`;
    case 'signalled':
      return `ended by ${outcome.signal}`;
    case 'aborted':
      return 'aborted';
    case 'not-started':
      return 'could not start';
    case 'lost':
      return 'lost';
    default:
      return assertNever(outcome);
  }
}
