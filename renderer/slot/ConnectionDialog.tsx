import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { ConnectionCheck } from '../settings/ConnectionCheck';
import { closeConnectionCheck, useConnectionDialogStore } from './connection-dialog-store';

/** The check of a slot's connection, as in Settings, without leaving the slot. */
export function ConnectionDialog(): ReactElement {
  const slot = useConnectionDialogStore((store) => store.slot);
  return (
    <Modal
      opened={slot !== null}
      onClose={closeConnectionCheck}
      title={`Connection of ${slot ?? ''}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {slot === null ? null : <ConnectionCheck key={slot} publisherId={slot} />}
    </Modal>
  );
}
