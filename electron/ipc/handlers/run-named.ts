import type { RunId } from '../../../shared/domain/ids';
import type { Run } from '../../../shared/domain/run';
import { failure, success, type Result } from '../../../shared/result';
import type { RunService } from '../../run/run-service';
import type { Store } from '../../store/store';

/** The run that a call names: as it lives, or as it was recorded. */
export async function runNamed(
  runs: Pick<RunService, 'find'>,
  store: Pick<Store, 'readRun'>,
  id: RunId,
): Promise<Result<Run>> {
  // The store is a moment behind: a run that lives is shown as it is now.
  const live = runs.find(id);
  if (live !== null) return success(live);
  const read = await store.readRun(id);
  if (!read.ok) return read;
  return read.value === null
    ? failure('run-unknown', 'Nothing was recorded of this run.')
    : success(read.value);
}
