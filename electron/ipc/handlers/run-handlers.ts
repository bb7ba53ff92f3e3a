import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { runCalls } from '../../../shared/ipc/calls/run-calls';
import { success } from '../../../shared/result';
import { scriptOfSlot } from './script-of-slot';
import { slotNamed } from './slot-named';

/** Answers the calls about starting and ending runs. */
export function runHandlers({
  model,
  runs,
  transports,
  audit,
  actor,
}: HandlerServices): HandlersOf<typeof runCalls> {
  return {
    'run.start': async ({ slot: id, script, args, log, task }) => {
      const slot = slotNamed(model, id);
      if (!slot.ok) return slot;
      const resolved = await scriptOfSlot(slot.value, script, transports);
      if (!resolved.ok) return resolved;
      const started = await runs.start(slot.value, { script: resolved.value, args, log, task });
      const outcome = started.ok ? 'started' : started.error.message;
      audit('run.start', id, started.ok ? started.value : null, { script: resolved.value, outcome });
      return started.ok ? success({ run: started.value }) : started;
    },
    'run.abort': async ({ run, stage }) => {
      audit('run.abort', runs.find(run)?.slot ?? null, run, { stage });
      const aborted = await runs.abort(run, stage);
      return aborted.ok ? success({}) : aborted;
    },
    'run.giveUp': async ({ run }) => {
      const slot = runs.find(run)?.slot ?? null;
      const given = await runs.giveUp(run, actor);
      audit('run.give-up', slot, run, { outcome: given.ok ? 'given up' : given.error.message });
      return given.ok ? success({}) : given;
    },
  };
}
