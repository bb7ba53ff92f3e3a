import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { formatCount } from '../components/time-text';
import classes from './LogView.module.css';

interface GoToLineProps {
  readonly opened: boolean;
  /** Lines of the whole log. */
  readonly total: number;
  readonly onClose: () => void;
  /** `line` counts from 0. */
  readonly onGo: (line: number) => void;
}

/** Asks for the number of a line to go to. */
export function GoToLine({ opened, total, onClose, onGo }: GoToLineProps): ReactElement {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Go to line"
      size="xs"
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <GoToForm total={total} onGo={onGo} />
    </Modal>
  );
}

function GoToForm({ total, onGo }: Pick<GoToLineProps, 'total' | 'onGo'>): ReactElement {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const go = (event: FormEvent): void => {
    event.preventDefault();
    // As people write it and as the log shows it: 48,112.
    const number = Number(text.replaceAll(/[,\s]/g, ''));
    if (text.trim() === '' || !Number.isInteger(number) || number < 1 || number > total) {
      setFault(total === 0 ? 'The log has no lines yet.' : `A number from 1 to ${formatCount(total)}.`);
    } else onGo(number - 1);
  };
  return (
    <form className={classes.goTo} onSubmit={go}>
      <TextInput
        data-autofocus
        label="Line"
        description={`1 to ${formatCount(total)}`}
        value={text}
        error={fault}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFault(null);
        }}
      />
      <Button type="submit" variant="filled">
        Go
      </Button>
    </form>
  );
}
