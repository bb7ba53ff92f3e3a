import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { sessionCalls } from '../../../shared/ipc/calls/session-calls';
import { failure, success } from '../../../shared/result';

/** Answers the calls about sessions. */
export function sessionHandlers({
  sessions,
  batcher,
  store,
}: HandlerServices): HandlersOf<typeof sessionCalls> {
  return {
    'session.watch': async ({ run }) => {
      sessions.watch(run);
      const live = sessions.read(run);
      if (live !== null) return success({ version: batcher.nextVersion(), session: live });
      const stored = await store.readSession(run);
      if (!stored.ok) return stored;
      if (stored.value === null) return failure('run-unknown', 'Nothing was recorded of this run.');
      return success({ version: batcher.nextVersion(), session: stored.value });
    },
  };
}
