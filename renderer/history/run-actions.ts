import type { Run } from '../../shared/domain/run';
import { openRunFilled } from '../run/open-run-filled';
import { usePanelStore } from '../stores/panel-store';
import { openSlot, openTab, showRun } from '../stores/view-store';

/** Shows a run on its slot's page; false where no crate has the slot any more. */
export function openRun(run: Run): boolean {
  if (!isConfigured(run)) return false;
  showRun(run.slot, run);
  openTab(run.slot, 'log');
  openSlot(run.slot);
  return true;
}

/** Opens the Run tab of a run's slot with what the run was started with, to be edited; false without the slot. */
export function rerun(run: Run): boolean {
  if (!isConfigured(run)) return false;
  openRunFilled(run.slot, { script: run.script, args: run.args, log: run.log, task: run.task });
  return true;
}

function isConfigured(run: Run): boolean {
  const crates = usePanelStore.getState().state?.crates ?? [];
  return crates.some((crate) => crate.slots.some((slot) => slot.id === run.slot));
}
