import { Button, Modal } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { GroupSummary, QueueEntry } from '../../shared/domain/queue';
import { scriptName } from '../../shared/domain/run';
import { unlockedFirst, useLocked } from '../care/lock-store';
import { DangerButton, DialogButtons } from '../components/DialogButtons';
import { countOf } from '../components/time-text';
import { aheadText } from '../slot/slot-text';
import { usePanelStore } from '../stores/panel-store';
import { abortGroup } from './queue-actions';
import { nextGroupStage } from './queue-text';
import classes from './QueueDialogs.module.css';

interface GroupAbortProps {
  readonly summary: GroupSummary;
  readonly members: readonly Pick<QueueEntry, 'slot' | 'run' | 'state'>[];
}

/** Aborts a whole group: asks first, then lets the operator go ahead from stage to stage. */
export function GroupAbort({ summary, members }: GroupAbortProps): ReactElement {
  const [asked, setAsked] = useState(false);
  const locked = useLocked();
  const { group, running, waiting } = summary;
  const runs = usePanelStore(
    useShallow((store) =>
      members.flatMap((member) => {
        const run = store.state?.slots[member.slot]?.run ?? null;
        return run !== null && run.id === member.run && member.state === 'running' ? [run] : [];
      }),
    ),
  );
  const ahead = nextGroupStage(runs);
  const isStopping = runs.length > 0 && runs.every((run) => run.abort !== null || run.phase === 'settling');
  return (
    <>
      {ahead === null ? null : (
        <Button
          className={classes.abort ?? ''}
          onClick={() => unlockedFirst(() => abortGroup(group.id, ahead))}
        >
          {aheadText(ahead, locked)}
        </Button>
      )}
      <Button
        className={classes.abort ?? ''}
        disabled={isStopping && waiting === 0}
        onClick={() => setAsked(true)}
      >
        Abort group
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title="Abort group"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>
          Abort <strong>{scriptName(group.script)}</strong> on all slots of the group?{' '}
          {running > 0 ? `${countOf(running, 'run')} will be aborted. ` : ''}
          {waiting > 0 ? `${countOf(waiting, 'slot')} will be skipped.` : ''}
        </p>
        <p className={classes.plan}>
          SIGINT first, so that the scripts can clean up; then SIGTERM and SIGKILL, each after the time that
          the slot allows.
        </p>
        {locked ? (
          <p className={classes.plan}>The controls are locked. This unlocks them and aborts.</p>
        ) : null}
        <DialogButtons>
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <DangerButton
            data-autofocus
            onClick={() => {
              unlockedFirst(() => abortGroup(group.id, 'interrupt'));
              setAsked(false);
            }}
          >
            {locked ? 'Unlock and abort' : 'Abort'}
          </DangerButton>
        </DialogButtons>
      </Modal>
    </>
  );
}
