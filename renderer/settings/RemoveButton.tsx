import { Button, Modal } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { DialogButtons } from '../components/DialogButtons';

interface RemoveButtonProps {
  /** What the button says, for example `Remove slot`. */
  readonly label: string;
  /** What will be gone, as a sentence. */
  readonly question: string;
  readonly disabled: boolean;
  readonly onRemove: () => void;
}

/** Removes something from the draft, after asking. */
export function RemoveButton({ label, question, disabled, onRemove }: RemoveButtonProps): ReactElement {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button disabled={disabled} onClick={() => setAsked(true)}>
        {label}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={`${label}?`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p>
          {question} Runs and messages that were recorded stay on disk. Nothing is written before you press
          Save.
        </p>
        <DialogButtons>
          <Button onClick={() => setAsked(false)}>Cancel</Button>
          <Button
            variant="filled"
            data-autofocus
            onClick={() => {
              setAsked(false);
              onRemove();
            }}
          >
            Remove
          </Button>
        </DialogButtons>
      </Modal>
    </>
  );
}
