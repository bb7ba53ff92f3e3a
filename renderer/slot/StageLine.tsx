import { Button } from '@mantine/core';
import { Container, Server } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { describeOutcome, runStateWord, type Run } from '../../shared/domain/run';
import { unlockedFirst, useLocked } from '../care/lock-store';
import { useNowText } from '../components/clock';
import { formatUtcDateTime } from '../components/time-text';
import type { BarProgress } from '../../shared/domain/bar-progress';
import { abortRun } from '../run/run-action';
import { connectionLine, lostConnection, placePhrase } from './connection-text';
import { abortText, aheadText, nextStage } from './slot-text';
import { RunBar } from './RunBar';
import classes from './StageLine.module.css';

/** The header's second line, always of the same height: how far an abort has come, or how the run ended. */
export function StageLine({
  slot,
  run,
  bar,
}: {
  readonly slot: SlotConfig;
  readonly run: Run | null;
  readonly bar: BarProgress | null;
}): ReactElement {
  return (
    <div className={classes.line}>
      <Place slot={slot} />
      {run !== null && run.abort !== null && run.phase !== 'done' ? (
        <AbortStageText run={run} abort={run.abort} />
      ) : (
        <span className={classes.text}>{restingText(slot, run)}</span>
      )}
      {bar === null ? null : <RunBar bar={bar} />}
    </div>
  );
}

/** Where the slot's scripts run, when that is not here. */
function Place({ slot }: { readonly slot: SlotConfig }): ReactElement | null {
  const place = placePhrase(slot.transport);
  if (place === null) return null;
  const Icon = slot.transport.kind === 'ssh' ? Server : Container;
  return (
    <span className={classes.place} title={`Scripts of ${slot.id} run ${place}`}>
      <Icon size={13} aria-hidden="true" />
      {place}
    </span>
  );
}

function AbortStageText({
  run,
  abort,
}: {
  readonly run: Run;
  readonly abort: NonNullable<Run['abort']>;
}): ReactElement {
  const text = useNowText((now) => abortText(abort, now), true);
  const locked = useLocked();
  const next = run.phase === 'stopping' ? nextStage(abort.stage) : null;
  return (
    <>
      <span className={classes.text}>{text}</span>
      {next === null ? null : (
        <Button
          size="compact-xs"
          className={classes.ahead}
          onClick={() => unlockedFirst(() => abortRun(run, next))}
        >
          {aheadText(next, locked)}
        </Button>
      )}
    </>
  );
}

function restingText(slot: SlotConfig, run: Run | null): string {
  const place = slot.number === null ? slot.crate : `${slot.crate}, slot ${slot.number}`;
  if (run === null) return `${place}. No run yet: choose a script on the Run tab.`;
  const started = `Started ${formatUtcDateTime(run.startedAt ?? run.requestedAt)} UTC`;
  if (lostConnection(run) !== null) return `${started}, ${connectionLine(run)}`;
  switch (runStateWord(run)) {
    case 'starting':
      return 'Waiting for the script to start';
    case 'settling':
      return 'The script has ended; its last messages may still arrive';
    case 'running':
    case 'stopping':
      return started;
    case 'succeeded':
    case 'failed':
    case 'aborted':
    case 'lost':
      return run.outcome === null ? started : describeOutcome(run.outcome);
    default:
      return started;
  }
}
