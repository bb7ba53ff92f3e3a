import { Button, Modal } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { scriptName, type LostConnection, type Run } from '../../shared/domain/run';
import { useLocked } from '../care/lock-store';
import { useNowText } from '../components/clock';
import { DangerButton, DialogButtons } from '../components/DialogButtons';
import { giveUpRun } from '../run/run-action';
import classes from './AbortDialog.module.css';
import { lostForText } from './connection-text';

/** Giving up is offered once the connection has been lost for so long, milliseconds: most come back by themselves. */
const patience = 30_000;

interface GiveUpProps {
  readonly run: Run;
  readonly lost: LostConnection;
}

/** Lets the slot of a run go whose connection has been lost for a while, after asking. */
export function GiveUp({ run, lost }: GiveUpProps): ReactElement | null {
  const [asked, setAsked] = useState(false);
  const isOffered = useNowText((now) => String(now - lost.since >= patience)) === 'true';
  const locked = useLocked();
  if (!isOffered) return null;
  return (
    <>
      <Button
        disabled={locked}
        title={locked ? 'The controls are locked.' : undefined}
        onClick={() => setAsked(true)}
      >
        Give up on this run…
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title="Give up on this run"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>
          Give up on <strong>{scriptName(run.script)}</strong> on <strong>{run.slot}</strong>? The connection
          to it has been lost for <LostFor lost={lost} />.
        </p>
        <p className={classes.steps}>
          The script is <strong>not</strong> stopped: it may go on running there, and use the hardware. The
          panel calls the run lost and does not look for it again, and the slot becomes free for another run.
        </p>
        <p className={classes.steps}>What came here of its output and messages so far is kept.</p>
        <DialogButtons>
          <Button data-autofocus onClick={() => setAsked(false)}>
            Keep waiting
          </Button>
          <DangerButton
            onClick={() => {
              giveUpRun(run);
              setAsked(false);
            }}
          >
            Give up
          </DangerButton>
        </DialogButtons>
      </Modal>
    </>
  );
}

function LostFor({ lost }: { readonly lost: LostConnection }): string {
  return useNowText((now) => lostForText(lost, now));
}
