import { isActive, scriptName, type Run } from '../../shared/domain/run';
import type { Json } from '../../shared/json';
import { formatCount, formatUtcDateTime } from '../components/time-text';
import { joinCommandLine } from '../run/command-line';
import { numberText, previewJson } from '../session/json-preview';
import { pathText, type ComparedValue } from './compare-session';
import { durationText, outcomeText } from './history-text';

/** A value in one line of at most some hundreds of characters; empty where there is none. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return '';
  const { head, tail } = previewJson(value);
  return head.map((part) => part.text).join('') + tail;
}

/** How two values differ, in a few words; empty where there is nothing to say beyond the values. */
export function differenceText({ kind, difference, lists }: ComparedValue): string {
  if (lists !== null) {
    if (lists.different === 0) return '';
    const { before, after, largest } = lists;
    const lengths = before.length === after.length ? '' : `${before.length} and ${after.length} values; `;
    const most = largest === null ? '' : `, at most by ${shortNumber(largest.difference)} at [${largest.at}]`;
    const count = Math.max(before.length, after.length);
    return `${lengths}${formatCount(lists.different)} of ${formatCount(count)} differ${most}`;
  }
  if (difference !== null && difference.by !== 0) {
    const sign = difference.by > 0 ? '+' : '';
    const percent = difference.percent === null ? '' : ` (${sign}${shortNumber(difference.percent, 3)} %)`;
    return `${sign}${shortNumber(difference.by)}${percent}`;
  }
  return kind === 'added' ? 'only in the second' : kind === 'removed' ? 'only in the first' : '';
}

function shortNumber(value: number, digits = 6): string {
  return numberText(Number(value.toPrecision(digits)));
}

/** A run in a line, as the head of a comparison names it. */
export function runLine(run: Run): string {
  return `${scriptName(run.script)} on ${run.slot}, ${formatUtcDateTime(run.startedAt ?? run.requestedAt)} UTC`;
}

/** A fact of two runs. */
export interface ComparedFact {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What ran and how it went, of both. */
export function comparedFacts(before: Run, after: Run): ComparedFact[] {
  const fact = (name: string, of: (run: Run) => string): ComparedFact => ({
    name,
    before: of(before),
    after: of(after),
  });
  return [
    fact('Slot', (run) => run.slot),
    fact('Script', (run) => run.script),
    fact('Arguments', (run) => joinCommandLine(run.args)),
    fact('Started (UTC)', (run) => formatUtcDateTime(run.startedAt ?? run.requestedAt)),
    fact('Duration', (run) => (isActive(run) ? 'still running' : durationText(run, 0))),
    fact('Outcome', outcomeText),
  ];
}

/** A comparison as text that can be pasted into a log book. */
export function comparisonText(before: Run, after: Run, values: readonly ComparedValue[]): string {
  const facts = comparedFacts(before, after).map((fact) =>
    fact.before === fact.after
      ? `  ${fact.name}: ${fact.before}`
      : `* ${fact.name}: ${fact.before} -> ${fact.after}`,
  );
  const lines = values.map((value) => {
    const difference = differenceText(value);
    const why = difference === '' ? '' : `  [${difference}]`;
    const path = pathText(value.path);
    switch (value.kind) {
      case 'same':
        return `  ${path}: ${valueText(value.before)}`;
      case 'added':
        return `+ ${path}: ${valueText(value.after)}`;
      case 'removed':
        return `- ${path}: ${valueText(value.before)}`;
      default:
        return `* ${path}: ${valueText(value.before)} -> ${valueText(value.after)}${why}`;
    }
  });
  return [
    `First:  ${before.id}, ${runLine(before)}`,
    `Second: ${after.id}, ${runLine(after)}`,
    '',
    ...facts,
    '',
    'Session data',
    ...(lines.length === 0 ? ['  (nothing to show)'] : lines),
    '',
  ].join('\n');
}
