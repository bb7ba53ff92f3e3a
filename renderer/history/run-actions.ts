import type { Run } from '../../shared/domain/run';
import { joinCommandLine } from '../run/command-line';
import { changeRunForm } from '../run/run-form-store';
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
  changeRunForm(run.slot, {
    script: run.script,
    args: joinCommandLine(run.args),
    task: run.task,
    log: run.log === true ? 'run-log' : run.log === false ? 'discard' : 'append',
    logPath: typeof run.log === 'string' ? run.log : '',
  });
  openTab(run.slot, 'run');
  openSlot(run.slot);
  return true;
}

function isConfigured(run: Run): boolean {
  const crates = usePanelStore.getState().state?.crates ?? [];
  return crates.some((crate) => crate.slots.some((slot) => slot.id === run.slot));
}
