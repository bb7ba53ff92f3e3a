import { z } from 'zod';
import { create } from 'zustand';
import { isActive } from '../../shared/domain/run';
import type { PanelState } from '../../shared/ipc/state';
import { usePanelStore } from '../stores/panel-store';
import { readStored, writeStored } from '../stores/stored';
import { openSlot, openTab, useViewStore } from '../stores/view-store';
import { guideSteps } from './guide-steps';

const storedSeen = 'guide-seen';

/** The step of the guide that is shown, from 0; null while the guide is closed. */
export const useGuideStore = create<{ readonly step: number | null }>(() => ({ step: null }));

/** Whether the guide comes by itself: on the demo crate, before anything was ever run, until it was closed once. */
export function wantsGuide({ config, slots }: PanelState, seen: boolean): boolean {
  return !seen && config.source === 'demo' && Object.values(slots).every((slot) => slot.run === null);
}

/** Opens the guide where it comes by itself. */
export function offerGuide(): void {
  const { state } = usePanelStore.getState();
  if (state !== null && wantsGuide(state, readStored(storedSeen, z.boolean(), false))) showGuide();
}

/** Opens the guide at its first step. */
export function showGuide(): void {
  useGuideStore.setState({ step: 0 });
}

/** Goes to a step, and shows the Run tab where it points there. Beyond the last one the guide closes. */
export function goToStep(step: number): void {
  const wanted = guideSteps[step];
  if (wanted === undefined) {
    closeGuide();
    return;
  }
  useGuideStore.setState({ step });
  const slots = (usePanelStore.getState().state?.crates ?? []).flatMap((crate) => crate.slots);
  const chosen = useViewStore.getState().slot;
  const slot = slots.find(({ id }) => id === chosen) ?? slots[0];
  if (!wanted.onRunTab || slot === undefined) return;
  const run = usePanelStore.getState().state?.slots[slot.id]?.run ?? null;
  openSlot(slot.id);
  if (run === null || !isActive(run)) openTab(slot.id, 'run');
}

/** Closes the guide; it does not come by itself any more. */
export function closeGuide(): void {
  writeStored(storedSeen, true);
  useGuideStore.setState({ step: null });
}
