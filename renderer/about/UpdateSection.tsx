import { Button, Progress } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import { isActive } from '../../shared/domain/run';
import type { UpdateState } from '../../shared/domain/update';
import { call } from '../bridge';
import { formatUtcDateTime } from '../components/time-text';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import classes from './AboutDialog.module.css';

/** Newer versions: looked for, fetched and installed one step at a time, each when the operator says so. */
export function UpdateSection(): ReactElement {
  const update = usePanel((state) => state.update);
  const [refusal, setRefusal] = useState<string | null>(null);
  const ask = (name: 'update.check' | 'update.download' | 'update.install') => (): void => {
    setRefusal(null);
    call(name, {})
      .then((reply) => {
        if (!reply.ok) setRefusal(reply.error.message);
      })
      .catch(reportUnexpected('The update'));
  };
  return (
    <section className={classes.update} aria-label="Updates">
      <h3>Updates</h3>
      <output aria-label="Update state">
        <UpdateText update={update} />
      </output>
      {refusal === null ? null : (
        <p role="alert" className={classes.fault}>
          {refusal}
        </p>
      )}
      <UpdateButton
        update={update}
        onCheck={ask('update.check')}
        onDownload={ask('update.download')}
        onInstall={ask('update.install')}
      />
    </section>
  );
}

function UpdateText({ update }: { readonly update: UpdateState }): ReactElement {
  switch (update.state) {
    case 'off':
      return <p>{update.message}</p>;
    case 'idle':
      return <p>Not looked for yet.</p>;
    case 'checking':
      return <p>Looking for a newer version …</p>;
    case 'newest':
      return <p>This is the newest version (asked {formatUtcDateTime(update.checkedAt)} UTC).</p>;
    case 'available':
      return (
        <>
          <p>Version {update.version} is there.</p>
          {update.notes === '' ? null : <pre className={classes.notes}>{update.notes}</pre>}
        </>
      );
    case 'downloading':
      return (
        <>
          <p>
            Fetching version {update.version}: {Math.round(update.percent)} %
          </p>
          <Progress value={update.percent} aria-label="Fetched" w={240} />
        </>
      );
    case 'ready':
      return (
        <>
          <p>Version {update.version} is fetched, and its checksum is the feed’s.</p>
          {update.asksPassword ? (
            <p>
              The system asks for the administrator’s password. Until it is given or refused the panel stands
              still, and messages that are not relayed may be lost.
            </p>
          ) : null}
        </>
      );
    case 'failed':
      return <p className={classes.fault}>{update.message}</p>;
    default:
      return assertNever(update);
  }
}

interface UpdateButtonProps {
  readonly update: UpdateState;
  readonly onCheck: () => void;
  readonly onDownload: () => void;
  readonly onInstall: () => void;
}

function UpdateButton({ update, onCheck, onDownload, onInstall }: UpdateButtonProps): ReactElement | null {
  switch (update.state) {
    case 'off':
      return null;
    case 'available':
      return <Button onClick={onDownload}>Fetch version {update.version}</Button>;
    case 'ready':
      return <InstallButton onInstall={onInstall} />;
    case 'idle':
    case 'checking':
    case 'newest':
    case 'downloading':
    case 'failed':
      return (
        <Button onClick={onCheck} disabled={update.state === 'checking' || update.state === 'downloading'}>
          Check for updates
        </Button>
      );
    default:
      return assertNever(update);
  }
}

function InstallButton({ onInstall }: { readonly onInstall: () => void }): ReactElement {
  const busy = usePanel((state) =>
    Object.values(state.slots).some(({ run }) => run !== null && isActive(run)),
  );
  return (
    <>
      <Button variant="filled" disabled={busy} onClick={onInstall}>
        Install and restart
      </Button>
      {busy ? <p>Not while a run is active.</p> : null}
    </>
  );
}
