import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { runStateWord, scriptName, type Run } from '../../shared/domain/run';
import { unlockedFirst, useLocked } from '../care/lock-store';
import { Banner } from '../components/Banner';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { abortRun } from '../run/run-action';
import { useSlotStatus } from '../stores/panel-store';
import { showRun } from '../stores/view-store';
import { ConnectionBanner } from './ConnectionBanner';

/** What the operator has to know about the run that is shown: processes that outlived it, problems, its being past. */
export function SlotBanners({ shown }: { readonly shown: Run | null }): ReactElement | null {
  if (shown === null) return null;
  return (
    <>
      <PastRunBanner shown={shown} />
      <ConnectionBanner run={shown} />
      <SurvivorsBanner run={shown} />
      {shown.problems.map((problem) => (
        <Banner key={problem} tone="warning">
          {problem}
        </Banner>
      ))}
    </>
  );
}

function PastRunBanner({ shown }: { readonly shown: Run }): ReactElement | null {
  const current = useSlotStatus(shown.slot)?.run ?? null;
  if (current === null || current.id === shown.id) return null;
  return (
    <Banner
      tone="info"
      live="status"
      actions={<Button onClick={() => showRun(shown.slot, null)}>Back to the current run</Button>}
    >
      Showing run {scriptName(shown.script)} from {formatUtcDateTime(shown.startedAt ?? shown.requestedAt)}{' '}
      UTC, {runStateWord(shown)}
    </Banner>
  );
}

/** Characters of a process's command line that the banner has room for. */
const nameLength = 44;

/** A command line without the folders of its programs and files, and cut where it is still too long. */
function shortened(command: string): string {
  const text = command.replaceAll(/(^|\s)\/\S*\//g, '$1');
  return text.length > nameLength ? `${text.slice(0, nameLength - 1).trimEnd()}…` : text;
}

function SurvivorsBanner({ run }: { readonly run: Run }): ReactElement | null {
  const { survivors } = run;
  const locked = useLocked();
  if (run.phase !== 'done' || survivors.length === 0) return null;
  const named = (name: (command: string) => string): string =>
    survivors.map((process) => `${name(process.name)} (${process.pid})`).join(', ');
  return (
    <Banner
      tone="warning"
      live="alert"
      actions={
        <Button onClick={() => unlockedFirst(() => abortRun(run, 'terminate'))}>
          {locked ? 'Unlock and end' : 'End'} {countOf(survivors.length, 'process', 'processes')}
        </Button>
      }
    >
      {survivors.length === 1 ? 'A process' : `${survivors.length} processes`} of this run still{' '}
      {survivors.length === 1 ? 'lives' : 'live'}:{' '}
      <span title={named((command) => command)}>{named(shortened)}</span>
    </Banner>
  );
}
