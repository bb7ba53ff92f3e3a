import type { SlotId } from '../../shared/domain/ids';
import { openSlot, openTab, type SlotTab } from '../stores/view-store';
import { narrowWindow, sessionPaneId } from './slot-layout';

/** Opens a slot on a tab. Where the session stands beside the tabs, it is gone to there. */
export function openSlotTab(slot: SlotId, tab: SlotTab): void {
  openSlot(slot);
  const isBeside = tab === 'session' && !window.matchMedia(narrowWindow).matches;
  if (!isBeside) openTab(slot, tab);
  // The page may not have been drawn yet.
  else requestAnimationFrame(() => document.getElementById(sessionPaneId)?.focus());
}
