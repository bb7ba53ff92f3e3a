import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ShownEntry } from '../../shared/ipc/calls/queue-calls';
import { joinCommandLine, splitCommandLine } from '../run/command-line';
import { changeQueue } from './queue-actions';
import { entryName } from './queue-text';
import classes from './QueueDialogs.module.css';

/** Edits the arguments of an entry that waits. */
export function EditArguments({
  entry,
  onClose,
}: {
  readonly entry: ShownEntry;
  readonly onClose: () => void;
}): ReactElement {
  const [text, setText] = useState(() => joinCommandLine(entry.args));
  const args = splitCommandLine(text);
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
          if (!args.ok) return;
          changeQueue('queue.edit', { entry: entry.id, args: args.value });
          onClose();
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
        <div className={classes.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!args.ok}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
