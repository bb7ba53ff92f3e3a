import type { careCalls } from '../../../shared/ipc/calls/care-calls';
import { success } from '../../../shared/result';
import type { HandlersOf } from '../answer';
import type { HandlerServices } from './handler-services';

/** Answers the calls about preferences, the lock of the controls, and where a notification leads. */
export function careHandlers({
  care: { preferences, locking },
  model,
  batcher,
  audit,
}: HandlerServices): HandlersOf<typeof careCalls> {
  return {
    'preferences.read': () => success(preferences.current),
    'preferences.write': async (changes) => {
      const written = await preferences.write(changes);
      if (written.ok) {
        const detail = Object.entries(changes).map(([name, value]) => [name, String(value)] as const);
        audit('preferences.write', null, null, Object.fromEntries(detail));
      }
      return written;
    },
    'controls.lock': async ({ reason }) => {
      if (await locking.lockControls(reason)) audit('controls.lock', null, null, { reason });
      return success({});
    },
    'controls.unlock': async () => {
      if (await locking.unlockControls()) audit('controls.unlock', null, null, {});
      return success({});
    },
    'panel.arrived': ({ goTo }) => {
      model.arrived(goTo);
      batcher.markPart('goTo');
      return success({});
    },
  };
}
