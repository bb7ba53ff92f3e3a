import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './Shortcuts.module.css';
import { closeShortcuts, useShortcutsStore } from './shortcuts-store';

const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Ctrl', 'Enter'], does: 'Start what the Run tab holds' },
  { keys: ['Ctrl', '.'], does: 'Abort what runs on the chosen slot: asks first' },
  { keys: ['Ctrl', 'Shift', 'L'], does: 'Lock the controls' },
  { keys: ['Alt', '1 … 4'], does: 'Open Run, Log, Messages, History' },
  { keys: ['Alt', '↑ ↓'], does: 'Open the slot above or below' },
  { keys: ['↑ ↓', 'Enter'], does: 'In the rail: move, open' },
  { keys: ['Page ↑ ↓', 'Home', 'End'], does: 'In the log: scroll, first line, last line' },
  { keys: ['Ctrl', 'F'], does: 'Find in the log; F3 and Shift F3: next and previous match' },
  { keys: ['Ctrl', 'G'], does: 'Go to a line of the log' },
  { keys: ['Shift', '↑ ↓'], does: 'In the log: select lines; Ctrl A all, Ctrl C copies, Enter details' },
  { keys: ['Ctrl', ','], does: 'Open or leave Settings' },
  { keys: ['F1'], does: 'Show this list' },
];

/** The list of keyboard shortcuts. */
export function Shortcuts(): ReactElement {
  const opened = useShortcutsStore((store) => store.opened);
  return (
    <Modal
      opened={opened}
      onClose={closeShortcuts}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <dl className={classes.list}>
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className={classes.entry}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
