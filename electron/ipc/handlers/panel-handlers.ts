import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { panelCalls } from '../../../shared/ipc/calls/panel-calls';
import { success } from '../../../shared/result';

/** Answers the calls about the window itself. */
export function panelHandlers({
  model,
  batcher,
  sessions,
  quitGuard,
  setFullScreen,
  ready,
  audit,
}: HandlerServices): HandlersOf<typeof panelCalls> {
  return {
    'panel.snapshot': async () => {
      await ready;
      // A window that was loaded anew asks for a session once it shows one.
      sessions.watch(null);
      return success(batcher.snapshot());
    },
    'panel.acknowledge': ({ version }) => {
      batcher.acknowledge(version);
      return success({});
    },
    'panel.quit': async ({ choice }) => {
      if (choice === 'abort') audit('panel.abort-all-and-quit', null, null, {});
      await quitGuard.choose(choice);
      return success({});
    },
    'panel.setFullScreen': ({ on }) => {
      setFullScreen(on);
      return success({});
    },
    'panel.dismissNotice': ({ id }) => {
      model.dismiss(id);
      batcher.markPart('notices');
      return success({});
    },
  };
}
