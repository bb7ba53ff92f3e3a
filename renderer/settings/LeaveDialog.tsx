import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import { DialogButtons } from '../components/DialogButtons';
import { leaveAnyway, stay, useViewStore } from '../stores/view-store';

/** Asks before unsaved edits are lost by leaving the page. */
export function LeaveDialog(): ReactElement {
  const asked = useViewStore((view) => view.leaving !== null);
  return (
    <Modal
      opened={asked}
      onClose={stay}
      title="Leave without saving?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>The changes to the configuration are not saved. Leaving this page drops them.</p>
      <DialogButtons>
        <Button onClick={leaveAnyway}>Drop the changes and leave</Button>
        <Button variant="filled" data-autofocus onClick={stay}>
          Stay here
        </Button>
      </DialogButtons>
    </Modal>
  );
}
