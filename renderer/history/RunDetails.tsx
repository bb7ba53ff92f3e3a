import { ActionIcon, Button } from '@mantine/core';
import { Copy, ExternalLink, GitCompareArrows, Pin, PinOff, RotateCcw, Upload, X } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import type { RunMark } from '../../shared/domain/history';
import { isActive, runStateWord, scriptName, type Run } from '../../shared/domain/run';
import type { RunDetails as Details } from '../../shared/ipc/calls/history-calls';
import { call } from '../bridge';
import lockClasses from '../care/Lock.module.css';
import { askUnlock, useLocked } from '../care/lock-store';
import { Banner } from '../components/Banner';
import { copyText } from '../components/clipboard';
import { StateLabel } from '../components/StateGlyph';
import { formatUtcDateTime } from '../components/time-text';
import { joinCommandLine } from '../run/command-line';
import { runGlyph } from '../slot/connection-text';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { CompareDialog } from './CompareDialog';
import { runLine } from './compare-text';
import { exportRun, useExportStore } from './export-store';
import { setPinned, useHistoryStore } from './history-store';
import classes from './History.module.css';
import { NoteEditor } from './NoteEditor';
import { rerun } from './run-actions';
import { clearSelection } from './run-selection';
import { RunFacts } from './RunFacts';

interface RunDetailsProps {
  /** Names the list whose selection this is. */
  readonly place: string;
  /** One or two. */
  readonly runs: readonly Run[];
  readonly onOpen: (run: Run) => void;
}

/** What there is to say of the selected run, or of the last selected of two, and to do with it. */
export function RunDetails({ place, runs, onOpen }: RunDetailsProps): ReactElement | null {
  const [comparing, setComparing] = useState(false);
  const run = runs.at(-1);
  const other = runs.length > 1 ? (runs[0] ?? null) : null;
  if (run === undefined) return null;
  return (
    <section className={classes.details} aria-label="Run details">
      <div className={classes.detailsHead}>
        <div className={classes.headText}>
          <StateLabel state={runStateWord(run)} glyph={runGlyph(run)} />
          <strong className={classes.mono}>{scriptName(run.script)}</strong>
          <span className={classes.headFacts} title={other === null ? '' : `and ${runLine(other)}`}>
            {run.slot}, {formatUtcDateTime(run.startedAt ?? run.requestedAt)} UTC
            {other === null ? '' : ` and ${runLine(other)}`}
          </span>
        </div>
        <Actions run={run} other={other} onOpen={onOpen} onCompare={() => setComparing(true)} />
        <ActionIcon size={24} aria-label="Close the details" onClick={() => clearSelection(place)}>
          <X size={14} aria-hidden="true" />
        </ActionIcon>
      </div>
      <Body key={run.id} run={run} />
      {comparing ? <CompareDialog run={run} other={other} onClose={() => setComparing(false)} /> : null}
    </section>
  );
}

const rerunHint = 'The Run tab, filled with its script and arguments, to be changed before it is run';

interface ActionsProps {
  readonly run: Run;
  readonly other: Run | null;
  readonly onOpen: (run: Run) => void;
  readonly onCompare: () => void;
}

function Actions({ run, other, onOpen, onCompare }: ActionsProps): ReactElement {
  const asking = useExportStore((store) => store.asking.includes(run.id));
  const configured = usePanel((state) =>
    state.crates.some((crate) => crate.slots.some(({ id }) => id === run.slot)),
  );
  const locked = useLocked();
  const gone = configured ? undefined : `${run.slot} is not in crates.yaml any more`;
  return (
    <div className={classes.actions}>
      <Button
        leftSection={<ExternalLink size={13} aria-hidden="true" />}
        disabled={!configured}
        title={gone ?? 'Its log and session on the slot’s page'}
        onClick={() => onOpen(run)}
      >
        Open
      </Button>
      <Button
        leftSection={<RotateCcw size={13} aria-hidden="true" />}
        disabled={!configured}
        aria-disabled={locked || undefined}
        className={locked ? (lockClasses.refused ?? '') : ''}
        title={gone ?? (locked ? 'The controls are locked.' : rerunHint)}
        onClick={() => (locked ? askUnlock() : rerun(run))}
      >
        Re-run
      </Button>
      <Button
        leftSection={<Upload size={13} aria-hidden="true" />}
        disabled={asking}
        title={`One archive with log, session, messages and files${isActive(run) ? ', up to now' : ''}`}
        onClick={() => exportRun(run)}
      >
        Export
      </Button>
      <Button
        leftSection={<GitCompareArrows size={13} aria-hidden="true" />}
        title={
          other === null
            ? 'With the run of this script on this slot before it; or select a second run with Ctrl'
            : 'The two selected runs'
        }
        onClick={onCompare}
      >
        Compare
      </Button>
    </div>
  );
}

type Read = { readonly details: Details; readonly mark: RunMark } | { readonly fault: string } | null;

function Body({ run }: { readonly run: Run }): ReactElement {
  const [read, setRead] = useState<Read>(null);
  const edited = useHistoryStore((store) => store.marks[run.id]);
  // What there is of it grows while it runs, and is complete when it is over.
  const ended = !isActive(run);
  useEffect(() => {
    let current = true;
    const show = (value: Read): void => {
      if (current) setRead(value);
    };
    call('history.details', { run: run.id }).then(
      (reply) => show(reply.ok ? reply.value : { fault: reply.error.message }),
      (error: unknown) => show({ fault: errorText(error) }),
    );
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- read anew at the run's end
  }, [run.id, ended]);
  const loaded = read !== null && 'details' in read ? read : null;
  const mark = loaded === null ? null : (edited ?? loaded.mark);
  const command = joinCommandLine(loaded?.details.request?.argv ?? [run.script, ...run.args]);
  const copy = (): void => {
    copyText('The command line', command).catch(reportUnexpected('Copying'));
  };
  return (
    // What scrolls has to be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={classes.detailsBody} aria-label="What ran" tabIndex={0}>
      {read !== null && 'fault' in read ? (
        <Banner tone="error" live="alert">
          The details could not be read. {read.fault}
        </Banner>
      ) : null}
      <div className={classes.commandRow}>
        <code className={classes.command} aria-label="Command that ran">
          {command}
        </code>
        <ActionIcon size={22} aria-label="Copy the command line" title="Copy" onClick={copy}>
          <Copy size={13} aria-hidden="true" />
        </ActionIcon>
      </div>
      <div className={classes.detailsColumns}>
        <RunFacts run={run} details={loaded?.details ?? null} />
        {mark === null ? null : (
          <div>
            <NoteEditor mark={mark} />
            <Button
              size="compact-xs"
              leftSection={
                mark.pinned ? <PinOff size={12} aria-hidden="true" /> : <Pin size={12} aria-hidden="true" />
              }
              onClick={() => setPinned(mark, !mark.pinned)}
            >
              {mark.pinned ? 'Unpin' : 'Pin'}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}
