import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { runCalls } from '../../../shared/ipc/calls/run-calls';
import { success, type Result } from '../../../shared/result';
import type { SlotConfig } from '../../../shared/config/crates';
import { isPath, resolveScript } from '../../scripts/resolve-script';
import { slotNamed } from './slot-named';

/** Answers the calls about starting and aborting runs. */
export function runHandlers({
  model,
  runs,
  transports,
  audit,
}: HandlerServices): HandlersOf<typeof runCalls> {
  const lookUp = async (slot: SlotConfig, script: string): Promise<Result<string>> => {
    const listed = await transports.of(slot.transport).listScripts(slot.scripts);
    return listed.ok ? resolveScript(script, listed.value.scripts) : listed;
  };
  return {
    'run.start': async ({ slot: id, script, args, log, task }) => {
      const slot = slotNamed(model, id);
      if (!slot.ok) return slot;
      const resolved = isPath(script) ? success(script.trim()) : await lookUp(slot.value, script);
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
  };
}
