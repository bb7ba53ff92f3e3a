import { ActionIcon, Tooltip } from '@mantine/core';
import { Lock, LockOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import { askUnlock, lockControls, useLocked } from './lock-store';
import classes from './Lock.module.css';

/** Locks the controls at once; asks before it unlocks them. */
export function LockButton(): ReactElement {
  const locked = useLocked();
  const label = locked ? 'Unlock the controls' : 'Lock the controls';
  const Icon = locked ? Lock : LockOpen;
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        className={locked ? (classes.locked ?? '') : ''}
        onClick={() => (locked ? askUnlock() : lockControls('operator'))}
      >
        <Icon size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
