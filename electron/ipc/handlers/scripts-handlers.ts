import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { scriptsCalls } from '../../../shared/ipc/calls/scripts-calls';
import { success } from '../../../shared/result';
import { checkSlot } from '../../run/check-slot';
import { moduleFolders } from '../../scripts/module-folders';
import { scriptOfSlot } from './script-of-slot';
import { slotNamed } from './slot-named';

/** Answers the calls about scripts and connection checks. */
export function scriptsHandlers({
  model,
  transports,
  scriptArguments,
  publisher,
}: HandlerServices): HandlersOf<typeof scriptsCalls> {
  return {
    'scripts.list': async ({ slot: id }) => {
      const slot = slotNamed(model, id);
      return slot.ok ? transports.of(slot.value.transport).listScripts(slot.value.scripts) : slot;
    },
    'scripts.arguments': async ({ slot: id, script }) => {
      const slot = slotNamed(model, id);
      if (!slot.ok) return slot;
      const path = await scriptOfSlot(slot.value, script, transports);
      if (!path.ok) return path;
      const { transport } = slot.value;
      const folders = moduleFolders(transport, process.env);
      return scriptArguments.read(transports.of(transport), path.value, folders);
    },
    'slot.check': async ({ slot: id }) => {
      const slot = slotNamed(model, id);
      return slot.ok ? success({ steps: await checkSlot(slot.value, transports, publisher) }) : slot;
    },
  };
}
