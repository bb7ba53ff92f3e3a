import { randomUUID } from 'node:crypto';
import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { queueCalls } from '../../../shared/ipc/calls/queue-calls';
import { queueEntryIdSchema, type QueueEntryId } from '../../../shared/domain/queue';
import { success, type Result } from '../../../shared/result';
import {
  addEntries,
  clearFinished,
  editEntry,
  moveEntry,
  pause,
  removeEntry,
  resume,
  skipEntry,
} from '../../queue/queue-changes';
import { newEntry } from '../../queue/new-entry';
import { findEntry, type Queue } from '../../queue/queue-state';
import { scriptOfSlot } from './script-of-slot';
import { slotNamed } from './slot-named';

/** Answers the calls about the queue. */
export function queueHandlers({
  model,
  queue,
  transports,
  audit,
}: HandlerServices): HandlersOf<typeof queueCalls> {
  /** Changes an entry and keeps who did it. */
  const changeEntry = async (
    action: string,
    id: QueueEntryId,
    detail: Record<string, string>,
    make: (held: Queue) => Result<Queue>,
  ): Promise<Result<Record<string, never>>> => {
    const entry = findEntry(queue.queue, id);
    const changed = await queue.change(make);
    if (!changed.ok) return changed;
    audit(action, entry?.slot ?? null, null, { entry: id, script: entry?.script ?? '', ...detail });
    return success({});
  };
  return {
    'queue.read': async () => {
      // A database that could not be read at the start may be there by now; where not, the view says so.
      await queue.open();
      return success(queue.view());
    },
    'queue.add': async ({ slot: id, script, args, log, task }) => {
      const slot = slotNamed(model, id);
      if (!slot.ok) return slot;
      const found = await scriptOfSlot(slot.value, script, transports);
      if (!found.ok) return found;
      const entry = queueEntryIdSchema.parse(`entry-${randomUUID()}`);
      const added = newEntry(entry, { slot: id, script: found.value, args, log, task }, null, Date.now());
      const changed = await queue.change((held) => addEntries(held, [added], 'last'));
      if (!changed.ok) return changed;
      audit('queue.add', id, null, { entry, script: found.value });
      return success({ entry });
    },
    'queue.move': ({ entry, before }) =>
      changeEntry('queue.move', entry, { before: before ?? 'the end' }, (held) =>
        moveEntry(held, entry, before),
      ),
    'queue.edit': ({ entry, args }) =>
      changeEntry('queue.edit', entry, { args: JSON.stringify(args) }, (held) =>
        editEntry(held, entry, args),
      ),
    'queue.skip': ({ entry }) => changeEntry('queue.skip', entry, {}, (held) => skipEntry(held, entry)),
    'queue.remove': ({ entry }) => changeEntry('queue.remove', entry, {}, (held) => removeEntry(held, entry)),
    'queue.pause': async ({ slot }) => {
      const changed = await queue.change((held) =>
        success(pause(held, slot, 'Paused by the operator.', Date.now())),
      );
      if (!changed.ok) return changed;
      audit('queue.pause', slot, null, {});
      return success({});
    },
    'queue.resume': async ({ slot }) => {
      const changed = await queue.change((held) => success(resume(held, slot)));
      if (!changed.ok) return changed;
      audit('queue.resume', slot, null, {});
      return success({});
    },
    'queue.setAfterFailure': async ({ afterFailure }) => {
      const changed = await queue.change((held) => success({ ...held, afterFailure }));
      if (!changed.ok) return changed;
      audit('queue.set-after-failure', null, null, { afterFailure });
      return success({});
    },
    'queue.clearFinished': async () => {
      const changed = await queue.change((held) => success(clearFinished(held, Date.now())));
      if (!changed.ok) return changed;
      audit('queue.clear-finished', null, null, {});
      return success({});
    },
  };
}
