import { useCallback, useEffect, useState } from 'react';
import type { RunId } from '../../shared/domain/ids';
import type { Session } from '../../shared/domain/session';
import { reportUnexpected } from '../stores/notice-store';
import { useSession, watchSession } from '../stores/panel-store';

/** The session of a run while it is shown, why it could not be had, and how to ask again. */
export interface WatchedSession {
  readonly session: Session | null;
  readonly fault: string | null;
  readonly retry: () => void;
}

/** Watches a run's session for as long as the view that calls this is drawn. */
export function useWatchedSession(run: RunId | null): WatchedSession {
  const session = useSession(run);
  const [fault, setFault] = useState<{ readonly run: RunId | null; readonly message: string } | null>(null);
  const watch = useCallback(() => {
    const ask = async (): Promise<void> => {
      const reply = await watchSession(run);
      setFault(reply.ok ? null : { run, message: reply.error.message });
    };
    ask().catch(reportUnexpected('Reading the session'));
  }, [run]);
  useEffect(watch, [watch]);
  useEffect(
    () => () => {
      watchSession(null).catch(reportUnexpected('Ending to watch the session'));
    },
    [],
  );
  return { session, fault: fault?.run === run ? fault.message : null, retry: watch };
}
