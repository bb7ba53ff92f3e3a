import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import type { ShownEntry } from '../../shared/ipc/calls/queue-calls';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { DialogButtons } from '../components/DialogButtons';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { joinCommandLine, splitCommandLine } from '../run/command-line';
import { entryName } from './queue-text';
import classes from './QueueDialogs.module.css';

interface EditArgumentsProps {
  /** As it was when its arguments were to be edited. */
  readonly entry: ShownEntry;
  /** Whether it still waits. */
  readonly isPending: boolean;
  readonly onClose: () => void;
}

/** Edits the arguments of an entry that waits. What was typed stays until it is kept, or the operator closes it. */
export function EditArguments({ entry, isPending, onClose }: EditArgumentsProps): ReactElement {
  useGiveFocusBack();
  const [text, setText] = useState(() => joinCommandLine(entry.args));
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const args = splitCommandLine(text);
  const canSave = args.ok && isPending && !isSaving;
  const save = async (): Promise<void> => {
    if (!args.ok || !canSave) return;
    setSaving(true);
    try {
      const reply = await call('queue.edit', { entry: entry.id, args: args.value });
      if (reply.ok) onClose();
      else setRefusal(reply.error.message);
    } finally {
      setSaving(false);
    }
  };
  const fault = isPending
    ? refusal
    : 'It does not wait any more, so its arguments cannot be changed. What was typed can still be copied.';
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Arguments of ${entryName(entry)}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save().catch((error: unknown) => setRefusal(errorText(error)));
        }}
      >
        <TextInput
          data-autofocus
          label="Arguments"
          value={text}
          error={args.ok ? null : args.error.message}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.mono ?? '' }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {fault === null ? null : (
          <Banner tone="error" live="alert">
            {fault}
          </Banner>
        )}
        <DialogButtons>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!canSave}>
            Save
          </Button>
        </DialogButtons>
      </form>
    </Modal>
  );
}
