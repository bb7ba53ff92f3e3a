import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { DialogButtons } from '../components/DialogButtons';
import { usePanel } from '../stores/panel-store';
import { lockText } from './LockBanner';
import { stayLocked, unlockControls, useUnlockStore } from './lock-store';

/** Asks before the controls are unlocked. Cancel has the focus: a key pressed by chance changes nothing. */
export function UnlockDialog(): ReactElement {
  const lock = usePanel((state) => state.lock);
  const asked = useUnlockStore((store) => store.asked);
  return (
    <Modal
      opened={asked && lock !== null}
      onClose={stayLocked}
      title="Controls are locked"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        {lock === null ? '' : `Locked ${lockText(lock)}`} Unlock them to start, abort and change things on
        this panel.
      </p>
      <DialogButtons>
        <Button data-autofocus onClick={stayLocked}>
          Cancel
        </Button>
        <Button variant="filled" onClick={() => unlockControls()}>
          Unlock
        </Button>
      </DialogButtons>
    </Modal>
  );
}
