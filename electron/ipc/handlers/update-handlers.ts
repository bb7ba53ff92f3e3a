import type { updateCalls } from '../../../shared/ipc/calls/update-calls';
import type { HandlersOf } from '../answer';
import type { HandlerServices } from './handler-services';

/** Answers the calls about newer versions of the panel. */
export function updateHandlers({ updates, audit }: HandlerServices): HandlersOf<typeof updateCalls> {
  return {
    'update.check': () => updates.check(),
    'update.download': () => updates.download(),
    'update.install': () => {
      const { state } = updates;
      const installed = updates.install();
      const version = state.state === 'ready' ? state.version : '';
      audit('update.install', null, null, {
        version,
        outcome: installed.ok ? 'started' : installed.error.message,
      });
      return installed;
    },
  };
}
