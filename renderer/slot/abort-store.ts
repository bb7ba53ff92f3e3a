import { create } from 'zustand';
import type { SlotId } from '../../shared/domain/ids';
import { usePanelStore } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';

/** The slot whose run the operator is asked about; null while nobody wants to abort. */
export const useAbortStore = create<{ readonly asked: SlotId | null }>(() => ({ asked: null }));

/** Shows the slot and asks whether its run shall be aborted; does nothing where none could be. */
export function askAbort(slot: SlotId): void {
  if (!canAbort(slot)) return;
  openSlot(slot);
  useAbortStore.setState({ asked: slot });
}

/** Asks no more. */
export function dropAbort(): void {
  useAbortStore.setState({ asked: null });
}

/** Whether the slot has a run whose abort can be asked for. */
export function canAbort(slot: SlotId): boolean {
  const phase = usePanelStore.getState().state?.slots[slot]?.run?.phase;
  return phase === 'starting' || phase === 'running';
}
