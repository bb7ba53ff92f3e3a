import type { RunId } from '../../../shared/domain/ids';
import type { Session } from '../../../shared/domain/session';
import { failure, success, type Result } from '../../../shared/result';
import type { SessionService } from '../../session/session-service';
import type { Store } from '../../store/store';

/** The session of a run: as it lives, or as it was recorded. */
export async function sessionOfRun(
  sessions: Pick<SessionService, 'read'>,
  store: Pick<Store, 'readSession'>,
  run: RunId,
): Promise<Result<Session>> {
  const live = sessions.read(run);
  if (live !== null) return success(live);
  const stored = await store.readSession(run);
  if (!stored.ok) return stored;
  return stored.value === null
    ? failure('run-unknown', 'Nothing was recorded of this run.')
    : success(stored.value);
}
