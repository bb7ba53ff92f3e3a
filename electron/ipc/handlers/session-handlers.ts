import { basename } from 'node:path';
import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { sessionCalls } from '../../../shared/ipc/calls/session-calls';
import { success } from '../../../shared/result';
import { saveSessionData } from '../../session/save-session-data';
import { sessionOfRun } from './session-of-run';

/** Answers the calls about sessions. */
export function sessionHandlers({
  sessions,
  batcher,
  store,
  dialogs,
  audit,
}: HandlerServices): HandlersOf<typeof sessionCalls> {
  return {
    'session.watch': async ({ run }) => {
      sessions.watch(run);
      if (run === null) return success(null);
      const session = await sessionOfRun(sessions, store, run);
      return session.ok ? success({ version: batcher.nextVersion(), session: session.value }) : session;
    },
    'session.save': async ({ run }) => {
      // The dialog may stand open for as long as a script runs: what is saved is what there is once it is answered.
      const path = await dialogs.chooseSaveFile(`${run}-session.json`, 'json');
      if (path === null) return success({ path });
      const session = await sessionOfRun(sessions, store, run);
      if (!session.ok) return session;
      const saved = await saveSessionData(path, session.value.data);
      if (!saved.ok) return saved;
      audit('session.save', null, run, { file: basename(path) });
      return success({ path });
    },
  };
}
