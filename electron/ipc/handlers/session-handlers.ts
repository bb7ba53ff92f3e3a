import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { RunId } from '../../../shared/domain/ids';
import type { Session } from '../../../shared/domain/session';
import type { sessionCalls } from '../../../shared/ipc/calls/session-calls';
import { failure, success, type Result } from '../../../shared/result';
import { saveSessionData } from '../../session/save-session-data';

/** Answers the calls about sessions. */
export function sessionHandlers({
  sessions,
  batcher,
  store,
  dialogs,
}: HandlerServices): HandlersOf<typeof sessionCalls> {
  const read = async (run: RunId): Promise<Result<Session>> => {
    const live = sessions.read(run);
    if (live !== null) return success(live);
    const stored = await store.readSession(run);
    if (!stored.ok) return stored;
    return stored.value === null
      ? failure('run-unknown', 'Nothing was recorded of this run.')
      : success(stored.value);
  };
  return {
    'session.watch': async ({ run }) => {
      sessions.watch(run);
      if (run === null) return success(null);
      const session = await read(run);
      return session.ok ? success({ version: batcher.nextVersion(), session: session.value }) : session;
    },
    'session.save': async ({ run }) => {
      const session = await read(run);
      if (!session.ok) return session;
      const path = await dialogs.chooseSaveFile(`${run}-session.json`, 'json');
      if (path === null) return success({ path });
      const saved = await saveSessionData(path, session.value.data);
      return saved.ok ? success({ path }) : saved;
    },
  };
}
