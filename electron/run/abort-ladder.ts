import type { AbortProgress, AbortStage } from '../../shared/domain/run';
import { assertNever } from '../../shared/assert-never';
import type { RunSignal } from './transport';

/** Seconds of grace after SIGINT and after SIGTERM. */
export interface AbortGrace {
  readonly interrupt: number;
  readonly terminate: number;
}

const order: readonly AbortStage[] = ['interrupt', 'terminate', 'kill'];

/** The signal of a stage, as the supervisor takes it. */
export function stageSignal(stage: AbortStage): RunSignal {
  switch (stage) {
    case 'interrupt':
      return 'INT';
    case 'terminate':
      return 'TERM';
    case 'kill':
      return 'KILL';
    default:
      return assertNever(stage);
  }
}

/** The stage that follows when a grace has run out; null after the last. */
export function nextStage(stage: AbortStage): AbortStage | null {
  return order[order.indexOf(stage) + 1] ?? null;
}

/** Whether `wanted` goes further than where an abort stands; an abort never goes back. */
export function isFurther(wanted: AbortStage, current: AbortStage | null): boolean {
  return current === null || order.indexOf(wanted) > order.indexOf(current);
}

/** What is shown of a stage whose signal was sent at `sentAt` (Unix milliseconds). */
export function stageProgress(stage: AbortStage, sentAt: number, grace: AbortGrace): AbortProgress {
  const seconds = stage === 'kill' ? null : grace[stage];
  return { stage, sentAt, until: seconds === null ? null : sentAt + seconds * 1000 };
}
