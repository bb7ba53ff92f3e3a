import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { configCalls } from '../../../shared/ipc/calls/config-calls';
import { success } from '../../../shared/result';

/** Answers the calls about `crates.yaml`. */
export function configHandlers({ config, audit }: HandlerServices): HandlersOf<typeof configCalls> {
  return {
    'config.read': async () => success(await config.read()),
    'config.edit': async ({ revision, edits }) => {
      const edited = await config.edit(revision, edits);
      if (edited.ok)
        audit('config.edit', null, null, { paths: edits.map((edit) => edit.path.join('.')).join(', ') });
      return edited;
    },
    'config.write': async ({ revision, text }) => {
      const written = await config.write(revision, text);
      if (written.ok) audit('config.write', null, null, {});
      return written;
    },
    'config.addAlias': async ({ slot, publisherId }) => {
      const added = await config.addAlias(slot, publisherId);
      if (!added.ok) return added;
      audit('config.add-alias', slot, null, { publisherId });
      return success({});
    },
  };
}
