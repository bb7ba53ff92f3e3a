import { Button } from '@mantine/core';
import { Lock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { ControlsLock } from '../../shared/domain/controls-lock';
import { formatUtcDateTime } from '../components/time-text';
import { usePanel } from '../stores/panel-store';
import { askUnlock } from './lock-store';
import classes from './Lock.module.css';

/** Says across the window that the controls are locked, since when and by whom. */
export function LockBanner(): ReactElement | null {
  const lock = usePanel((state) => state.lock);
  if (lock === null) return null;
  return (
    <output className={classes.banner} aria-label="Controls">
      <Lock size={16} aria-hidden="true" />
      <span className={classes.text}>
        <strong>Controls locked</strong> {lockText(lock)} An abort asks and unlocks in one step.
      </span>
      <Button variant="filled" onClick={askUnlock}>
        Unlock…
      </Button>
    </output>
  );
}

/** Since when, and by whom or why. */
export function lockText({ since, by, reason }: ControlsLock): string {
  const at = `${formatUtcDateTime(since)} UTC`;
  return reason === 'idle' ? `since ${at}, after a time without input.` : `since ${at} by ${by}.`;
}
