import { Button, Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import { limitsRuns, type RunRetention } from '../../shared/domain/history';
import type { RetentionPass, RetentionPreview as Preview } from '../../shared/ipc/calls/retention-calls';
import { failure, type Result } from '../../shared/result';
import { call } from '../bridge';
import { DialogButtons } from '../components/DialogButtons';
import { countOf, formatBytes, formatUtcDateTime } from '../components/time-text';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import type { ConfigDraft } from './config-draft';
import classes from './RetentionPreview.module.css';
import { previewText, readRetention } from './retention-draft';
import { hasEdits, useSettingsStore } from './settings-store';

/** Milliseconds that typing rests before main is asked. */
const typingRest = 300;

/** What the typed limits would remove, before they are saved; and removing it at once when they are. */
export function RetentionPreview({ draft }: { readonly draft: ConfigDraft }): ReactElement | null {
  const [asked, setAsked] = useState(false);
  const [passes, setPasses] = useState(0);
  const last = useLastPass(passes);
  const edited = useSettingsStore(hasEdits);
  const keep = readRetention(draft);
  const [settled] = useDebouncedValue(keep === null ? '' : JSON.stringify(keep), typingRest);
  const preview = usePreview(keep, settled, passes);
  if (keep === null) return <p className={classes.preview}>Correct the limits to see what would go.</p>;
  const runs = preview?.ok === true ? preview.value.runs : 0;
  const remove = async (): Promise<void> => {
    setAsked(false);
    const reply = await call('retention.apply', {});
    if (!reply.ok) addNotice('error', `Old runs could not be removed. ${reply.error.message}`);
    setPasses((count) => count + 1);
  };
  return (
    <>
      <output className={classes.preview} aria-label="What would go">
        {limitsRuns(keep)
          ? preview === null
            ? 'Measuring what would go…'
            : preview.ok
              ? previewText(preview.value)
              : `What would go could not be found out. ${preview.error.message}`
          : 'No limit: every run is kept.'}
        {runs > 0 && edited
          ? ' Once saved, it goes within the hour; the first ten minutes nothing does.'
          : ''}
        {runs > 0 && !edited ? ' It goes within the hour.' : ''}
      </output>
      {last === null ? null : <p className={classes.preview}>{lastText(last)}</p>}
      {limitsRuns(keep) ? (
        <div>
          <Button
            disabled={edited || runs === 0}
            title={edited ? 'Save the limits first' : undefined}
            onClick={() => setAsked(true)}
          >
            Remove now…
          </Button>
        </div>
      ) : null}
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title="Remove old runs"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>{preview?.ok === true ? previewText(preview.value) : ''}</p>
        <p>They cannot be brought back. Export those that are still wanted first.</p>
        <DialogButtons>
          <Button onClick={() => void remove().catch(reportUnexpected('Removing old runs'))}>
            Remove {countOf(runs, 'run')}
          </Button>
          <Button variant="filled" data-autofocus onClick={() => setAsked(false)}>
            Keep them
          </Button>
        </DialogButtons>
      </Modal>
    </>
  );
}

function usePreview(keep: RunRetention | null, settled: string, passes: number): Result<Preview> | null {
  const [read, setRead] = useState<{ readonly key: string; readonly result: Result<Preview> } | null>(null);
  const key = `${settled} ${passes}`;
  const isSettled = keep !== null && settled === JSON.stringify(keep) && limitsRuns(keep);
  useEffect(() => {
    if (!isSettled || keep === null) return undefined;
    let current = true;
    const show = (result: Result<Preview>): void => {
      if (current) setRead({ key, result });
    };
    call('retention.preview', { keep }).then(show, (error: unknown) =>
      show(failure('preview-failed', errorText(error))),
    );
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the key holds the limits
  }, [key, isSettled]);
  return isSettled && read !== null && read.key === key ? read.result : null;
}

function useLastPass(passes: number): RetentionPass | null {
  const [last, setLast] = useState<RetentionPass | null>(null);
  useEffect(() => {
    let current = true;
    call('retention.last', {}).then((reply) => {
      if (current && reply.ok) setLast(reply.value.pass);
    }, reportUnexpected('Reading what retention removed'));
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- read anew after each pass
  }, [passes]);
  return last;
}

function lastText({ at, runs, bytes, leftElsewhere, problem }: RetentionPass): string {
  const left =
    leftElsewhere === 0
      ? ''
      : ` ${countOf(leftElsewhere, 'folder')} stayed in a container or on another machine, out of reach.`;
  const removed = `Last removed: ${countOf(runs, 'run')} with ${formatBytes(bytes)}, ${formatUtcDateTime(at)} UTC.${left}`;
  return problem === null ? removed : `${removed} Not all could be: ${problem}`;
}
