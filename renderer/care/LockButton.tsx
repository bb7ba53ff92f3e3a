import { ActionIcon, Tooltip } from '@mantine/core';
import { Lock, LockOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import { countOf } from '../components/time-text';
import { usePanel } from '../stores/panel-store';
import { askUnlock, lockControls, useLocked } from './lock-store';
import classes from './Lock.module.css';

/** Locks the controls at once; asks before it unlocks them. Says when they lock by themselves. */
export function LockButton(): ReactElement {
  const locked = useLocked();
  const lockAfter = usePanel((state) => state.preferences.lockAfter);
  const label = locked ? 'Unlock the controls' : 'Lock the controls';
  const byItself =
    locked || lockAfter === null
      ? undefined
      : `by themselves after ${countOf(lockAfter, 'minute')} without input`;
  const Icon = locked ? Lock : LockOpen;
  return (
    <Tooltip label={byItself === undefined ? label : `${label} (${byItself})`}>
      <ActionIcon
        aria-label={label}
        aria-description={byItself}
        className={locked ? (classes.locked ?? '') : ''}
        onClick={() => (locked ? askUnlock() : lockControls('operator'))}
      >
        <Icon size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
