import { useHotkeys } from '@mantine/hooks';
import { lockControls } from '../care/lock-store';
import { startRun } from '../run/run-action';
import { usePanelStore } from '../stores/panel-store';
import { openPage, openSlot, openTab, useViewStore, type SlotTab } from '../stores/view-store';
import { askAbortOf } from '../slot/abort-store';
import { openShortcuts } from './shortcuts-store';
import type { SlotConfig } from '../../shared/config/crates';

/** The keys that work anywhere in the window, typing or not. */
export function useShortcuts(slot: SlotConfig | null): void {
  const showTab = (tab: SlotTab) => () => {
    if (slot !== null) openTab(slot.id, tab);
  };
  useHotkeys(
    [
      ['mod+Enter', () => startShownSlot(slot)],
      ['mod+.', () => slot !== null && askAbortOf(slot.id)],
      ['mod+shift+L', () => lockControls('operator')],
      ['alt+1', showTab('run')],
      ['alt+2', showTab('log')],
      ['alt+3', showTab('messages')],
      ['alt+4', showTab('history')],
      ['alt+ArrowUp', () => step(slot, -1)],
      ['alt+ArrowDown', () => step(slot, 1)],
      ['mod+,', () => openPage(useViewStore.getState().page === 'settings' ? 'slot' : 'settings')],
      ['F1', openShortcuts],
    ],
    [],
    true,
  );
}

function startShownSlot(slot: SlotConfig | null): void {
  const dialogIsOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  if (slot !== null && useViewStore.getState().page === 'slot' && !dialogIsOpen) startRun(slot.id);
}

function step(slot: SlotConfig | null, by: number): void {
  const slots = (usePanelStore.getState().state?.crates ?? []).flatMap((crate) => crate.slots);
  const at = slots.findIndex((candidate) => candidate.id === slot?.id);
  const next = slots[at + by];
  if (at !== -1 && next !== undefined) openSlot(next.id);
}
