import { Button } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { RunId } from '../../shared/domain/ids';
import type { Session } from '../../shared/domain/session';
import { Banner } from '../components/Banner';
import { useNow } from '../components/clock';
import { EmptyState } from '../components/EmptyState';
import { PaneSection } from '../components/PaneSection';
import { countOf } from '../components/time-text';
import { UtcMoment } from '../components/UtcMoment';
import { changeAgeText, lastChange, tenthsBelow } from './change-age';
import type { JsonPath } from './json-tree';
import { SessionData } from './SessionData';
import { SessionMessages } from './SessionMessages';
import { useWatchedSession } from './use-watched-session';
import classes from './SessionPane.module.css';

interface SessionPaneProps {
  readonly run: RunId | null;
  /** Whether the run is over, so that nothing more comes. */
  readonly isOver?: boolean;
  /** Since when what is shown may be old, Unix milliseconds: the connection to the run is lost. Null while it is not. */
  readonly asOf?: number | null;
  /** Keeps a number's later values for a chart; left out where nobody keeps them. */
  readonly onPin?: ((path: JsonPath) => void) | undefined;
  /** What stands under the session; it takes the height that it needs. */
  readonly children?: ReactNode;
}

/** What a run has published for its session: its data, and its messages. Null where there is no run. */
export function SessionPane({
  run,
  isOver = false,
  asOf = null,
  onPin,
  children,
}: SessionPaneProps): ReactElement {
  const { session, fault, retry } = useWatchedSession(run);
  return (
    <div className={classes.pane}>
      <PaneSection
        title="Session data"
        aside={session === null ? null : <DataAge session={session} asOf={asOf} />}
      >
        {fault === null ? null : (
          <Banner tone="error" live="alert" actions={<Button onClick={retry}>Try again</Button>}>
            The session of this run could not be read. {fault}
          </Banner>
        )}
        <DataOrNone run={run} isOver={isOver} session={session} onPin={onPin} />
      </PaneSection>
      <PaneSection
        title="Session messages"
        aside={
          session === null || session.messages.length === 0
            ? null
            : countOf(session.messages.length, 'message')
        }
      >
        {session === null || session.messages.length === 0 ? (
          <p className={classes.quiet}>{noMessagesText(session, isOver)}</p>
        ) : (
          <SessionMessages key={session.run} messages={session.messages} />
        )}
      </PaneSection>
      {children}
    </div>
  );
}

function noMessagesText(session: Session | null, isOver: boolean): string {
  if (!isOver) return 'No messages yet. What happens to a run, and what its script logs, shows here.';
  // Of a run that is over, only what was read tells whether there are any.
  return session === null ? '' : 'No messages of this run are kept.';
}

function DataOrNone({
  run,
  isOver,
  session,
  onPin,
}: {
  readonly run: RunId | null;
  readonly isOver: boolean;
  readonly session: Session | null;
  readonly onPin: SessionPaneProps['onPin'];
}): ReactElement | null {
  if (run === null) {
    return (
      <EmptyState compact title="No run yet">
        Start a script on the Run tab; what it publishes shows here.
      </EmptyState>
    );
  }
  if (session === null) return null;
  if (Object.keys(session.data).length === 0) {
    return isOver ? (
      <EmptyState compact title="No session data came from this run">
        If it should have, look under Not matched in the list of crates: it may have published under another
        id.
      </EmptyState>
    ) : (
      <EmptyState compact title="No session data yet">
        Values show here when the script publishes them as session_data. If it does and none come, look under
        Not matched in the list of crates: it may publish under another id.
      </EmptyState>
    );
  }
  return <SessionData key={session.run} session={session} {...(onPin === undefined ? {} : { onPin })} />;
}

interface DataAgeProps {
  readonly session: Session;
  readonly asOf: number | null;
}

function DataAge({ session, asOf }: DataAgeProps): ReactElement {
  if (asOf === null) return <ChangeAge session={session} />;
  return (
    <span
      className={classes.old}
      title="The connection to the run is lost; what it published since is not here"
    >
      as of <UtcMoment at={asOf} />
    </span>
  );
}

function ChangeAge({ session }: { readonly session: Session }): ReactElement | string | null {
  const now = useNow();
  const at = lastChange(session.changedAt);
  if (at === null) return null;
  return now - at < tenthsBelow ? <LateChangeAge at={at} /> : changeAgeText(now - at);
}

/** Counts in tenths of a second, and so needs the faster clock. */
function LateChangeAge({ at }: { readonly at: number }): string {
  return changeAgeText(useNow(true) - at);
}
