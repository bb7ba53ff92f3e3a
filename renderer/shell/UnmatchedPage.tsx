import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { MessagesView } from '../messages/MessagesView';
import { openPage } from '../stores/view-store';
import classes from './UnmatchedPage.module.css';

/** The feed of messages whose publisher id belongs to no slot. */
export function UnmatchedPage(): ReactElement {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <h1 className={classes.title}>Not matched</h1>
        <p className={classes.hint}>
          Messages whose publisher id is neither a slot’s id nor an alias. Make the id an alias in the rail,
          and the messages that follow belong to that slot.
        </p>
        <Button onClick={() => openPage('slot')}>Back to the slot</Button>
      </header>
      <div className={classes.feed}>
        <ErrorBoundary what="The feed">
          <MessagesView slot={null} run={null} />
        </ErrorBoundary>
      </div>
    </div>
  );
}
