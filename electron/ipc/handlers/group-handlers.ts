import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { groupCalls } from '../../../shared/ipc/calls/group-calls';
import { success } from '../../../shared/result';

/** Answers the calls about groups. */
export function groupHandlers({ slotGroups, store, audit }: HandlerServices): HandlersOf<typeof groupCalls> {
  return {
    'group.check': async ({ slots, script, args }) => {
      const members = await slotGroups.check(slots, script, args);
      return success({ members: members.map(({ args: _args, ...member }) => member) });
    },
    'group.start': async (wish) => {
      const started = await slotGroups.start(wish);
      audit('group.start', null, null, {
        group: started.ok ? started.value : '',
        script: wish.script,
        slots: wish.slots.join(' '),
        mode: wish.mode,
        outcome: started.ok ? (wish.isImmediate ? 'started' : 'queued') : started.error.message,
      });
      return started.ok ? success({ group: started.value }) : started;
    },
    'group.abort': async ({ group, stage }) => {
      audit('group.abort', null, null, { group, stage });
      const aborted = await slotGroups.abort(group, stage);
      return aborted.ok ? success({}) : aborted;
    },
    'group.list': (request) => store.ask('listGroups', request),
    'group.read': ({ group }) => slotGroups.read(group),
  };
}
