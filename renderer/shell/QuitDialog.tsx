import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import type { RunId } from '../../shared/domain/ids';
import { scriptName, type Run } from '../../shared/domain/run';
import type { QuitChoice } from '../../shared/ipc/calls/panel-calls';
import type { QuitRequest } from '../../shared/ipc/state';
import { call } from '../bridge';
import { unlockedFirst, useLocked } from '../care/lock-store';
import { useNow } from '../components/clock';
import { DialogButtons } from '../components/DialogButtons';
import { StateLabel } from '../components/StateGlyph';
import { formatElapsed } from '../components/time-text';
import { runStateWord } from '../../shared/domain/run';
import { lostConnection, runGlyph } from '../slot/connection-text';
import { runDuration } from '../slot/slot-text';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import classes from './QuitDialog.module.css';

/** Asks what becomes of the runs when the operator quits while some are active. */
export function QuitDialog(): ReactElement {
  const asked = usePanel((state) => state.quitRequested);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => answer('cancel')}
      title={asked?.isAborting === true ? 'Aborting all runs' : 'Runs are active'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {asked === null ? null : asked.isAborting ? <Aborting request={asked} /> : <Question request={asked} />}
    </Modal>
  );
}

function Question({ request }: { readonly request: QuitRequest }): ReactElement {
  const locked = useLocked();
  return (
    <>
      <p>
        Runs do not need the panel: left running, their output and exit status are here again when it next
        starts. Messages that they publish straight to the panel are not heard while it is closed; what the
        supervisor records is here again too.
      </p>
      <ActiveRuns asked={request.runs} />
      <DialogButtons>
        <Button onClick={() => answer('cancel')}>Cancel</Button>
        <Button className={classes.abort} onClick={() => unlockedFirst(() => answer('abort'))}>
          {locked ? 'Unlock, abort all and quit' : 'Abort all and quit'}
        </Button>
        <Button variant="filled" data-autofocus onClick={() => answer('leave-running')}>
          Leave them running and quit
        </Button>
      </DialogButtons>
    </>
  );
}

function Aborting({ request }: { readonly request: QuitRequest }): ReactElement {
  return (
    <>
      <p>
        The panel quits when none of these runs is active any more. If it stays open, what was signalled ends
        all the same.
      </p>
      <ActiveRuns asked={request.runs} />
      <DialogButtons>
        <Button onClick={() => answer('cancel')}>Stay open</Button>
        <Button className={classes.abort} onClick={() => answer('leave-running')}>
          Quit now, leaving what still runs
        </Button>
      </DialogButtons>
    </>
  );
}

function ActiveRuns({ asked }: { readonly asked: readonly RunId[] }): ReactElement {
  const slots = usePanel((state) => state.slots);
  const runs = Object.values(slots).flatMap((slot) =>
    slot.run !== null && asked.includes(slot.run.id) ? [slot.run] : [],
  );
  return (
    <ul className={classes.runs}>
      {runs.map((run) => (
        <ActiveRun key={run.id} run={run} />
      ))}
    </ul>
  );
}

function ActiveRun({ run }: { readonly run: Run }): ReactElement {
  const now = useNow();
  const cut = lostConnection(run) !== null;
  return (
    <li className={classes.run}>
      <StateLabel state={runStateWord(run)} glyph={runGlyph(run)} />
      <span>{run.slot}</span>
      <span>
        <code>{scriptName(run.script)}</code>
        {cut ? ', connection lost' : ''}
      </span>
      <time>{formatElapsed(runDuration(run, now) ?? 0)}</time>
    </li>
  );
}

function answer(choice: QuitChoice): void {
  const tell = async (): Promise<void> => {
    const reply = await call('panel.quit', { choice });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  tell().catch(reportUnexpected('Quitting'));
}
