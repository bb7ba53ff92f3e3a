import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { historyCalls } from '../../../shared/ipc/calls/history-calls';
import type { Run } from '../../../shared/domain/run';
import { failure, success } from '../../../shared/result';

/** Answers the calls about past runs. */
export function historyHandlers({ runs, store }: HandlerServices): HandlersOf<typeof historyCalls> {
  // The store is a moment behind: a run that lives is shown as it is now.
  const current = (run: Run): Run => runs.find(run.id) ?? run;
  return {
    'history.list': async (request) => {
      const listed = await store.listRuns(request);
      return listed.ok
        ? success({ runs: listed.value.runs.map(current), total: listed.value.total })
        : listed;
    },
    'history.read': async ({ run }) => {
      const live = runs.find(run);
      if (live !== null) return success({ run: live });
      const read = await store.readRun(run);
      if (!read.ok) return read;
      return read.value === null
        ? failure('run-unknown', 'Nothing was recorded of this run.')
        : success({ run: read.value });
    },
  };
}
