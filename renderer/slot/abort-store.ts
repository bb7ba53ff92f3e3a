import { create } from 'zustand';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { usePanelStore } from '../stores/panel-store';

/** The run whose abort the window asks about; null where it asks about none. */
export const useAbortStore = create<{ readonly asked: RunId | null }>(() => ({ asked: null }));

/** Whether an abort of this run can be begun: it is active and none is under way. */
export function isAbortable(run: Run | null): run is Run {
  return run !== null && (run.phase === 'starting' || run.phase === 'running');
}

/** Asks whether to abort this run. */
export function askAbort(run: RunId): void {
  useAbortStore.setState({ asked: run });
}

/** Asks whether to abort what runs on this slot; where nothing does, nothing happens. */
export function askAbortOf(slot: SlotId): void {
  const run = usePanelStore.getState().state?.slots[slot]?.run ?? null;
  if (isAbortable(run)) askAbort(run.id);
}

/** Lets the run go on. */
export function endAskingAbort(): void {
  useAbortStore.setState({ asked: null });
}
