import { assertNever } from '../../shared/assert-never';
import type { Alarm, AlarmCondition } from '../../shared/domain/alarm';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Preferences } from '../../shared/domain/preferences';
import { describeOutcome, isActive, runStateWord, scriptName, type Run } from '../../shared/domain/run';
import { watchedPathText } from '../../shared/domain/watched-value';

/** What the desktop tells an operator who looks elsewhere, and the slot that it is about. */
export interface Attention {
  readonly slot: SlotId;
  readonly title: string;
  readonly body: string;
}

/** Finds the moment at which a run ends: it was active in this panel, and is no more. Each end is told once. */
export class RunEnds {
  readonly #active = new Set<RunId>();

  /** Takes a run's present state; true where it has just ended. */
  take(run: Run): boolean {
    if (!isActive(run)) return this.#active.delete(run.id);
    this.#active.add(run.id);
    return false;
  }
}

/** What to say of a run that ended; null where the operator does not want to hear of it. */
export function attentionOfRun(run: Run, notifyOf: Preferences['notifyOf']): Attention | null {
  const word = runStateWord(run);
  if (notifyOf === 'never' || (notifyOf === 'failures' && !isFailure(word))) return null;
  const didNotStart = run.outcome?.kind === 'not-started';
  const outcome = run.outcome === null ? 'How it ended is not known' : describeOutcome(run.outcome);
  const sentence = outcome.replace(/\.$/, '');
  const duration =
    didNotStart || run.startedAt === null || run.endedAt === null ? null : run.endedAt - run.startedAt;
  return {
    slot: run.slot,
    title: `${run.slot}: ${scriptName(run.script)} ${didNotStart ? 'could not start' : endWord(word)}`,
    body: duration === null ? `${sentence}.` : `${sentence}, after ${durationText(duration)}.`,
  };
}

/** What to say of an alarm that was raised; null where the operator wants no notifications. */
export function attentionOfAlarm(
  { rule, raisedBy }: Alarm,
  notifyOf: Preferences['notifyOf'],
): Attention | null {
  if (notifyOf === 'never') return null;
  const { slot } = rule.watched;
  const path = watchedPathText(rule.watched);
  const severity = rule.severity === 'alarm' ? 'Alarm' : 'Warning';
  return {
    slot,
    title: `${slot}: ${severity.toLowerCase()}, ${rule.name === '' ? path : rule.name}`,
    body:
      raisedBy === null ? `No value of ${path} has come.` : raisedSentence(path, rule.condition, raisedBy),
  };
}

/** What is out of order. Of silence the value tells nothing but how it was before. */
function raisedSentence(path: string, condition: AlarmCondition, raisedBy: string): string {
  return condition.kind === 'not-updated'
    ? `${path} was not updated for ${condition.seconds} s; it was ${raisedBy}.`
    : `${path} is ${raisedBy}.`;
}

function isFailure(word: ReturnType<typeof runStateWord>): boolean {
  return word === 'failed' || word === 'lost';
}

function endWord(word: ReturnType<typeof runStateWord>): string {
  switch (word) {
    case 'succeeded':
    case 'failed':
      return word;
    case 'aborted':
      return 'was aborted';
    case 'lost':
      return 'was lost';
    case 'starting':
    case 'running':
    case 'stopping':
    case 'settling':
      return 'goes on';
    default:
      return assertNever(word);
  }
}

/** A duration in milliseconds in words: `45 s`, `12 min 3 s`, `2 h 5 min`. */
export function durationText(duration: number): string {
  const seconds = Math.max(0, Math.round(duration / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
