import { Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './Shortcuts.module.css';
import { shortcutGroups } from './shortcut-table';
import { closeShortcuts, useShortcutsStore } from './shortcuts-store';

/** The list of keyboard shortcuts. */
export function Shortcuts(): ReactElement {
  const opened = useShortcutsStore((store) => store.opened);
  return (
    <Modal
      opened={opened}
      onClose={closeShortcuts}
      title="Keyboard shortcuts"
      size={860}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.groups}>
        {shortcutGroups.map(({ place, shortcuts }) => (
          <section key={place} className={classes.group} aria-label={place}>
            <h3>{place}</h3>
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
          </section>
        ))}
      </div>
    </Modal>
  );
}
