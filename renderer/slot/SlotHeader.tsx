import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Play, PlugZap, Square } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { isActive, type Run } from '../../shared/domain/run';
import { useLocked } from '../care/lock-store';
import { useNow } from '../components/clock';
import { StateLabel } from '../components/StateGlyph';
import { formatElapsed } from '../components/time-text';
import { describeCommand } from '../run/run-form';
import { useRunFormStore, useRunRequest } from '../run/run-form-store';
import { useScriptReading } from '../run/use-script-reading';
import { startRun } from '../run/run-action';
import { useSlotStatus } from '../stores/panel-store';
import { AskedAbort } from './AbortDialog';
import { askAbort, isAbortable } from './abort-store';
import { openConnectionCheck } from './connection-dialog-store';
import { lostConnection } from './connection-text';
import { commandLineOf, runDuration, slotGlyph, slotStateWord } from './slot-text';
import classes from './SlotHeader.module.css';
import { StageLine } from './StageLine';
import { UsualDuration } from './UsualDuration';

/**
 * The head of a slot's page: what is run now or was run last. Nothing in it moves when data arrives, and Run and
 * Abort are always there.
 */
export function SlotHeader({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const status = useSlotStatus(slot.id);
  const run = status?.run ?? null;
  const command = run === null ? '' : commandLineOf(run);
  return (
    <header className={classes.header}>
      <div className={classes.slot}>
        <h1 className={classes.name} title={slot.id}>
          {slot.id}
        </h1>
        <Tooltip label="Check connection">
          <ActionIcon
            size="sm"
            aria-label={`Check connection of ${slot.id}`}
            onClick={() => openConnectionCheck(slot.id)}
          >
            <PlugZap size={14} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <output className={classes.state} aria-label="Run state">
        <StateLabel state={slotStateWord(status)} glyph={slotGlyph(status)} />
      </output>
      <code
        className={classes.command}
        title={run === null ? '' : describeCommand(slot.transport, run.script, run.args)}
      >
        {command}
      </code>
      <UsualDuration run={run} />
      <span className={classes.elapsed}>{run === null ? null : <Elapsed run={run} />}</span>
      <RunButton slot={slot} run={run} />
      <AbortButton run={run} />
      <StageLine slot={slot} run={run} bar={status?.bar ?? null} />
    </header>
  );
}

function Elapsed({ run }: { readonly run: Run }): ReactElement | null {
  const now = useNow();
  const duration = runDuration(run, now);
  return duration === null ? null : <time title={elapsedTitle(run)}>{formatElapsed(duration)}</time>;
}

function elapsedTitle(run: Run): string {
  if (lostConnection(run) !== null) return 'Elapsed, if the run still goes on: the connection to it is lost';
  return isActive(run) ? 'Elapsed' : 'How long the last run took';
}

function RunButton({ slot, run }: { readonly slot: SlotConfig; readonly run: Run | null }): ReactElement {
  useScriptReading(slot);
  const starting = useRunFormStore((store) => store.starting[slot.id] === true);
  const read = useRunRequest(slot.id);
  const active = run !== null && isActive(run);
  const locked = useLocked();
  const hint = active
    ? 'Busy until this run has ended'
    : locked
      ? 'The controls are locked'
      : read.ok
        ? describeCommand(slot.transport, read.value.script, read.value.args)
        : read.error.message;
  return (
    <Tooltip label={hint} position="bottom-end" classNames={{ tooltip: classes.hint ?? '' }}>
      <span className={classes.run} data-guide="run">
        <Button
          className={classes.button ?? ''}
          variant="filled"
          leftSection={<Play size={13} aria-hidden="true" />}
          disabled={active || starting || locked || !read.ok}
          onClick={() => startRun(slot.id)}
        >
          Run
        </Button>
      </span>
    </Tooltip>
  );
}

function AbortButton({ run }: { readonly run: Run | null }): ReactElement {
  return (
    <>
      <Button
        data-guide="abort"
        className={`${classes.button} ${classes.abort}`}
        leftSection={<Square size={12} aria-hidden="true" />}
        disabled={!isAbortable(run)}
        onClick={() => {
          if (run !== null) askAbort(run.id);
        }}
      >
        Abort
      </Button>
      {run === null ? null : <AskedAbort run={run} />}
    </>
  );
}
