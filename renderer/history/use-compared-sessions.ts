import { useEffect, useState } from 'react';
import { errorText } from '../../shared/error-text';
import { everyRun } from '../../shared/domain/history';
import { scriptName, type Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import { failure, success, type Result } from '../../shared/result';
import { call } from '../bridge';
import { isOlder } from './history-feed';

/** Two runs with their sessions: the older first. */
export interface ComparedRuns {
  readonly before: Run;
  readonly after: Run;
  readonly first: Session;
  readonly second: Session;
}

/** Runs that are looked through for an earlier one of the same script. */
const lookedThrough = 200;

/** Reads what is to be compared. Without `other` that is the run of the script on the slot before. */
export function useComparedRuns(run: Run, other: Run | null): Result<ComparedRuns> | null {
  const [read, setRead] = useState<{ readonly key: string; readonly result: Result<ComparedRuns> } | null>(
    null,
  );
  const key = `${run.id} ${other?.id ?? ''}`;
  useEffect(() => {
    let current = true;
    const show = (result: Result<ComparedRuns>): void => {
      if (current) setRead({ key, result });
    };
    readRuns(run, other).then(show, (error: unknown) => show(failure('compare-failed', errorText(error))));
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key names both runs
  }, [key]);
  return read !== null && read.key === key ? read.result : null;
}

async function readRuns(run: Run, chosen: Run | null): Promise<Result<ComparedRuns>> {
  const other = chosen === null ? await runBefore(run) : success(chosen);
  if (!other.ok) return other;
  const [before, after] = isOlder(run, other.value) ? [run, other.value] : [other.value, run];
  const [first, second] = await Promise.all([
    call('history.session', { run: before.id }),
    call('history.session', { run: after.id }),
  ]);
  if (!first.ok) return first;
  if (!second.ok) return second;
  return success({ before, after, first: first.value.session, second: second.value.session });
}

async function runBefore(run: Run): Promise<Result<Run>> {
  const reply = await call('history.list', {
    slot: run.slot,
    filter: { ...everyRun, script: scriptName(run.script).slice(0, 500) },
    before: run.id,
    limit: lookedThrough,
  });
  if (!reply.ok) return reply;
  const found = reply.value.runs.find(({ script }) => script === run.script);
  return found === undefined
    ? failure(
        'no-earlier-run',
        `${run.slot} has no earlier run of ${scriptName(run.script)}. Select a second run with Ctrl and a click, or with Ctrl and the arrows and Space.`,
      )
    : success(found);
}
