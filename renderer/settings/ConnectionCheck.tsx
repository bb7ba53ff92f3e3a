import { Button, Loader } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { SlotConfig } from '../../shared/config/crates';
import type { CheckStep } from '../../shared/ipc/calls/scripts-calls';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { useNowText } from '../components/clock';
import { StateGlyph, type SlotStateWord } from '../components/StateGlyph';
import { formatElapsed } from '../components/time-text';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { checkVerdict, shownSteps, type StepState } from './connection-check';
import classes from './ConnectionCheck.module.css';
import { FieldSection } from './FieldSection';
import { hasEdits, useSettingsStore } from './settings-store';

type Check =
  | { readonly state: 'none' }
  | { readonly state: 'trying'; readonly since: number }
  | { readonly state: 'answered'; readonly slot: SlotConfig; readonly steps: readonly CheckStep[] }
  | { readonly state: 'refused'; readonly slot: SlotConfig; readonly message: string };

/** Tries what a run on the slot needs, step by step, with the configuration as it was saved. */
export function ConnectionCheck({ publisherId }: { readonly publisherId: string }): ReactElement {
  const slot = usePanel((state) =>
    state.crates.flatMap((crate) => crate.slots).find((each) => each.id === publisherId.trim()),
  );
  const edited = useSettingsStore(hasEdits);
  const [check, setCheck] = useState<Check>({ state: 'none' });
  // What was found of another configuration says nothing about the one that the form shows.
  const shown = 'slot' in check && (edited || check.slot !== slot) ? none : check;
  const hint = edited
    ? 'Save the changes first: what is checked is the configuration as it was saved.'
    : slot === undefined
      ? 'The panel has no such slot yet.'
      : 'Tries what a run on this slot needs, step by step. It starts no script.';
  return (
    <FieldSection title="Connection" hint={hint}>
      <div className={classes.action}>
        <Button
          disabled={edited || slot === undefined || shown.state === 'trying'}
          onClick={() => {
            if (slot === undefined) return;
            setCheck({ state: 'trying', since: Date.now() });
            askForCheck(slot)
              .then(setCheck)
              .catch((error: unknown) => {
                setCheck(none);
                reportUnexpected(`Checking the connection of ${slot.id}`)(error);
              });
          }}
        >
          Check connection
        </Button>
        <output className={classes.verdict} aria-label="Connection check">
          <Verdict check={shown} />
        </output>
      </div>
      {shown.state === 'refused' ? (
        <Banner tone="error" live="alert">
          {shown.message}
        </Banner>
      ) : null}
      {slot !== undefined && (shown.state === 'trying' || shown.state === 'answered') ? (
        <Steps slot={slot} found={shown.state === 'answered' ? shown.steps : null} />
      ) : null}
    </FieldSection>
  );
}

const none: Check = { state: 'none' };

async function askForCheck(slot: SlotConfig): Promise<Check> {
  const reply = await call('slot.check', { slot: slot.id });
  return reply.ok
    ? { state: 'answered', slot, steps: reply.value.steps }
    : { state: 'refused', slot, message: reply.error.message };
}

function Verdict({ check }: { readonly check: Check }): ReactElement | string | null {
  switch (check.state) {
    case 'trying':
      return <Trying since={check.since} />;
    case 'answered':
      return checkVerdict(check.slot, check.steps);
    case 'none':
    case 'refused':
      return null;
    default:
      return assertNever(check);
  }
}

function Trying({ since }: { readonly since: number }): ReactElement {
  const elapsed = useNowText((now) => formatElapsed(now - since));
  return (
    <>
      <Loader size={14} aria-hidden="true" /> Checking…{' '}
      <span aria-live="off" className={classes.elapsed}>
        {elapsed}
      </span>
    </>
  );
}

const glyphs: Record<StepState, SlotStateWord> = {
  waiting: 'idle',
  ok: 'succeeded',
  failed: 'failed',
  'not tried': 'idle',
};

function Steps({
  slot,
  found,
}: {
  readonly slot: SlotConfig;
  readonly found: readonly CheckStep[] | null;
}): ReactElement {
  return (
    <ol className={classes.steps} aria-label="Steps of the connection check">
      {shownSteps(slot, found).map((step) => (
        <li key={step.name} className={classes.step}>
          <StateGlyph state={glyphs[step.state]} />
          <span className={classes.word}>{step.state}</span>
          <span className={classes.title}>{step.title}</span>
          <span className={classes.detail}>{step.detail}</span>
        </li>
      ))}
    </ol>
  );
}
