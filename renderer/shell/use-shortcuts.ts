import { useHotkeys } from '@mantine/hooks';
import { lockControls } from '../care/lock-store';
import type { SlotConfig } from '../../shared/config/crates';
import { openPalette } from '../palette/palette-store';
import { startRun } from '../run/run-action';
import { askAbortOf } from '../slot/abort-store';
import { openSlotTab } from '../slot/open-slot-tab';
import { usePanelStore } from '../stores/panel-store';
import { openPage, openSlot, useViewStore, type SlotTab } from '../stores/view-store';
import { isDialogOpen } from './dialog-open';
import { windowShortcuts, type WindowShortcutId } from './shortcut-table';
import { openShortcuts } from './shortcuts-store';

/** Keys that may be held down; a held Ctrl+Enter would start a script again as soon as its slot is free. */
const heldKeys: ReadonlySet<WindowShortcutId> = new Set<WindowShortcutId>(['slot-above', 'slot-below']);

/** Binds the keys of `windowShortcuts`, which work anywhere in the window, typing or not, but not under a dialog. */
export function useShortcuts(slot: SlotConfig | null): void {
  const onSlot = (act: (shown: SlotConfig) => void) => () => {
    if (slot !== null && useViewStore.getState().page === 'slot') act(slot);
  };
  const showTab = (tab: SlotTab): (() => void) => onSlot(({ id }) => openSlotTab(id, tab));
  const actions: Record<WindowShortcutId, () => void> = {
    palette: openPalette,
    // Only where what will be started can be seen.
    run: onSlot(({ id }) => {
      if ((useViewStore.getState().tabs[id] ?? 'run') === 'run') startRun(id);
    }),
    // On every page: at three in the morning nobody looks for the slot first.
    abort: () => {
      if (slot !== null) askAbortOf(slot.id);
    },
    lock: () => lockControls('operator'),
    'slot-above': () => step(slot, -1),
    'slot-below': () => step(slot, 1),
    'tab-run': showTab('run'),
    'tab-log': showTab('log'),
    'tab-session': showTab('session'),
    'tab-files': showTab('files'),
    'tab-messages': showTab('messages'),
    'tab-metadata': showTab('metadata'),
    'tab-history': showTab('history'),
    'page-overview': () => openPage('overview'),
    'page-queue': () => openPage('queue'),
    'page-history': () => openPage('history'),
    'page-audit': () => openPage('audit'),
    settings: () => openPage(useViewStore.getState().page === 'settings' ? 'slot' : 'settings'),
    shortcuts: openShortcuts,
  };
  useHotkeys(
    shortcutIds.map((id) => [
      windowShortcuts[id].hotkey,
      ({ repeat }) => {
        if (!isDialogOpen() && (!repeat || heldKeys.has(id))) actions[id]();
      },
    ]),
    [],
    true,
  );
}

const shortcutIds = Object.keys(windowShortcuts).filter(
  (id): id is WindowShortcutId => id in windowShortcuts,
);

function step(slot: SlotConfig | null, by: number): void {
  const slots = (usePanelStore.getState().state?.crates ?? []).flatMap((crate) => crate.slots);
  const at = slots.findIndex((candidate) => candidate.id === slot?.id);
  const next = slots[at + by];
  if (at !== -1 && next !== undefined) openSlot(next.id);
}
