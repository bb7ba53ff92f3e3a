import { Button, Modal } from '@mantine/core';
import type { KeyboardEvent, ReactElement } from 'react';
import { scriptName, type Run } from '../../shared/domain/run';
import type { SlotConfig } from '../../shared/config/crates';
import { unlockedFirst, useLocked } from '../care/lock-store';
import { useNow } from '../components/clock';
import { DangerButton, DialogButtons } from '../components/DialogButtons';
import { formatElapsed } from '../components/time-text';
import { abortRun } from '../run/run-action';
import { usePanel, useSlotStatus } from '../stores/panel-store';
import { useViewStore } from '../stores/view-store';
import { endAskingAbort, isAbortable, useAbortStore } from './abort-store';
import classes from './AbortDialog.module.css';
import { lostConnection } from './connection-text';
import { runDuration } from './slot-text';

interface AbortDialogProps {
  readonly run: Run;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before an abort, and says what will be done to what. */
export function AbortDialog({ run, opened, onClose }: AbortDialogProps): ReactElement {
  return (
    <Modal opened={opened} onClose={onClose} title="Abort run" closeButtonProps={{ 'aria-label': 'Close' }}>
      <AbortQuestion run={run} onClose={onClose} />
    </Modal>
  );
}

/** Asks while the operator wishes an abort of this run, by its button or by Ctrl+. */
export function AskedAbort({ run }: { readonly run: Run }): ReactElement {
  const asked = useAbortStore((store) => store.asked === run.id);
  return <AbortDialog run={run} opened={asked && isAbortable(run)} onClose={endAskingAbort} />;
}

/** The same for the chosen slot while another page than its own is shown: Ctrl+. works on every page. */
export function AskedAbortElsewhere({ slot }: { readonly slot: SlotConfig }): ReactElement | null {
  const isElsewhere = useViewStore((view) => view.page !== 'slot');
  const run = useSlotStatus(slot.id)?.run ?? null;
  return isElsewhere && run !== null ? <AskedAbort run={run} /> : null;
}

function AbortQuestion({ run, onClose }: Omit<AbortDialogProps, 'opened'>): ReactElement {
  const slot = usePanel((state) =>
    state.crates.flatMap((crate) => crate.slots).find((candidate) => candidate.id === run.slot),
  );
  const locked = useLocked();
  const abort = (): void => {
    unlockedFirst(() => abortRun(run, 'interrupt'));
    onClose();
  };
  return (
    <>
      <p>
        Abort <strong>{scriptName(run.script)}</strong> on <strong>{run.slot}</strong>? It has run for{' '}
        <Elapsed run={run} />.
      </p>
      <p className={classes.steps}>{slot === undefined ? null : describeStages(slot.abort)}</p>
      <p className={classes.steps}>
        Every process that the script started ends with it. What it logged and published so far is kept.
      </p>
      {lostConnection(run) === null ? null : (
        <p className={classes.steps}>
          The connection to the run is lost at present: a signal may not reach it, and the panel then says so.
        </p>
      )}
      {locked ? (
        <p className={classes.steps}>The controls are locked. This unlocks them and aborts.</p>
      ) : null}
      <DialogButtons>
        <Button onClick={onClose}>Cancel</Button>
        <DangerButton data-autofocus onKeyDown={ignoreHeldKey} onClick={abort}>
          {locked ? 'Unlock and abort' : 'Abort'}
        </DangerButton>
      </DialogButtons>
    </>
  );
}

function Elapsed({ run }: { readonly run: Run }): ReactElement {
  const now = useNow();
  return <time>{formatElapsed(runDuration(run, now) ?? 0)}</time>;
}

/** The key that opened the question, still held, must not answer it too. */
function ignoreHeldKey(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}

/** What an abort does, with the slot's graces in seconds. */
function describeStages(graces: SlotConfig['abort']): string {
  return (
    `SIGINT first, so that the script can clean up. What still runs after ${graces.interrupt}\u00a0s gets SIGTERM, ` +
    `and after another ${graces.terminate}\u00a0s SIGKILL.`
  );
}
