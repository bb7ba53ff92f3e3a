import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { scriptName, type Run } from '../../shared/domain/run';
import type { SlotConfig } from '../../shared/config/crates';
import { abortRun } from '../run/run-action';
import { usePanel } from '../stores/panel-store';
import classes from './AbortDialog.module.css';
import { lostConnection } from './connection-text';

interface AbortDialogProps {
  readonly run: Run;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks before an abort, and says what will be done to what. */
export function AbortDialog({ run, opened, onClose }: AbortDialogProps): ReactElement {
  const slot = usePanel((state) =>
    state.crates.flatMap((crate) => crate.slots).find((candidate) => candidate.id === run.slot),
  );
  return (
    <Modal opened={opened} onClose={onClose} title="Abort run" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p>
        Abort <strong>{scriptName(run.script)}</strong> on <strong>{run.slot}</strong>?
      </p>
      <p className={classes.steps}>{slot === undefined ? null : describeStages(slot.abort)}</p>
      {lostConnection(run) === null ? null : (
        <p className={classes.steps}>
          The connection to the run is lost at present: a signal may not reach it, and the panel then says so.
        </p>
      )}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          data-autofocus
          className={classes.confirm}
          onClick={() => {
            abortRun(run, 'interrupt');
            onClose();
          }}
        >
          Abort
        </Button>
      </div>
    </Modal>
  );
}

/** What an abort does, with the slot's graces in seconds. */
export function describeStages(graces: SlotConfig['abort']): string {
  return (
    `SIGINT first, so that the script can clean up. What still runs after ${graces.interrupt}\u00a0s gets SIGTERM, ` +
    `and after another ${graces.terminate}\u00a0s SIGKILL.`
  );
}
