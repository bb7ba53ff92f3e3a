import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { logCalls } from '../../../shared/ipc/calls/log-calls';
import { success } from '../../../shared/result';

/** Answers the calls about logs. */
export function logHandlers({ runs, logs }: HandlerServices): HandlersOf<typeof logCalls> {
  return {
    'log.window': async ({ run, first, count }) =>
      success(await logs.window(run, runs.folderOf(run), first, count)),
  };
}
