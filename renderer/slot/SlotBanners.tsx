import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { runStateWord, scriptName, type Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { abortRun } from '../run/run-action';
import { useSlotStatus } from '../stores/panel-store';
import { showRun } from '../stores/view-store';

/** What the operator has to know about the run that is shown: processes that outlived it, problems, its being past. */
export function SlotBanners({ shown }: { readonly shown: Run | null }): ReactElement | null {
  if (shown === null) return null;
  return (
    <>
      <PastRunBanner shown={shown} />
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

function SurvivorsBanner({ run }: { readonly run: Run }): ReactElement | null {
  const { survivors } = run;
  if (run.phase !== 'done' || survivors.length === 0) return null;
  const names = survivors.map((process) => `${process.name} (${process.pid})`).join(', ');
  return (
    <Banner
      tone="warning"
      live="alert"
      actions={
        <Button onClick={() => abortRun(run, 'terminate')}>
          End {countOf(survivors.length, 'process', 'processes')}
        </Button>
      }
    >
      {survivors.length === 1 ? 'A process' : `${survivors.length} processes`} of this run still{' '}
      {survivors.length === 1 ? 'lives' : 'live'}: {names}
    </Banner>
  );
}
