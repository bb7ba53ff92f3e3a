import { z } from 'zod';
import { create } from 'zustand';
import type { SlotConfig } from '../../shared/config/crates';
import { slotIdSchema, type SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { usePanel, usePanelStore, useSlotStatus } from './panel-store';
import { readStored, writeStored } from './stored';

/** What fills the window beside the rail. `unmatched` is the feed of messages that belong to no slot. */
const pages = ['slot', 'overview', 'queue', 'history', 'audit', 'settings', 'unmatched'] as const;
export type Page = (typeof pages)[number];

/** The tabs of a slot's page. `session` is one only while the window is too narrow for the pane beside them. */
export const slotTabs = ['run', 'log', 'session', 'files', 'messages', 'metadata', 'history'] as const;
export type SlotTab = (typeof slotTabs)[number];

interface ViewStore {
  readonly page: Page;
  /** The slot chosen last, kept across windows; it may not be configured any more. */
  readonly slot: SlotId | null;
  readonly tabs: Readonly<Record<SlotId, SlotTab>>;
  /** Past runs opened from History, by slot, as last read; a slot that is absent shows its live or newest run. */
  readonly shownRuns: Readonly<Record<SlotId, Run>>;
  /** Whether the page holds edits that leaving it would lose. */
  readonly unsaved: boolean;
  /** Where the operator wanted to go while there were unsaved edits; null when nobody asked. */
  readonly leaving: (() => void) | null;
}

const storedSlot = 'selected-slot';
const storedPage = 'page';
const storedTabs = 'slot-tabs';
const tabsSchema = z.record(slotIdSchema, z.enum(slotTabs));

/** What the window shows. Written through the functions below only. */
export const useViewStore = create<ViewStore>(() => ({
  page: readStored<Page>(storedPage, z.enum(pages), 'slot'),
  slot: readStored(storedSlot, slotIdSchema.or(z.null()), null),
  tabs: readStored<Record<SlotId, SlotTab>>(storedTabs, tabsSchema, {}),
  shownRuns: {},
  unsaved: false,
  leaving: null,
}));

/** Opens a slot's page, on its tab. */
export function openSlot(slot: SlotId): void {
  leaveTo(() => {
    writeStored(storedSlot, slot);
    writeStored(storedPage, 'slot');
    useViewStore.setState({ page: 'slot', slot });
  });
}

/** Opens a page that belongs to no slot. */
export function openPage(page: Page): void {
  if (page !== useViewStore.getState().page) {
    leaveTo(() => {
      writeStored(storedPage, page);
      useViewStore.setState({ page });
    });
  }
}

/** Chooses a slot's tab. */
export function openTab(slot: SlotId, tab: SlotTab): void {
  const tabs = { ...useViewStore.getState().tabs, [slot]: tab };
  writeStored(storedTabs, tabs);
  useViewStore.setState({ tabs });
}

/** Shows a past run on a slot's page, or its live or newest one: with null, or where it is that. */
export function showRun(slot: SlotId, run: Run | null): void {
  const current = usePanelStore.getState().state?.slots[slot]?.run ?? null;
  useViewStore.setState((view) => {
    const { [slot]: _previous, ...others } = view.shownRuns;
    return { shownRuns: run === null || run.id === current?.id ? others : { ...others, [slot]: run } };
  });
}

/** Takes over a newer reading of a past run, if its slot's page still shows it. */
export function freshenRun(run: Run): void {
  useViewStore.setState((view) =>
    view.shownRuns[run.slot]?.id === run.id ? { shownRuns: { ...view.shownRuns, [run.slot]: run } } : view,
  );
}

/** Says whether leaving the page would lose edits. */
export function setUnsaved(unsaved: boolean): void {
  useViewStore.setState({ unsaved });
}

/** Goes where the operator wanted to go, edits or not. */
export function leaveAnyway(): void {
  const { leaving } = useViewStore.getState();
  useViewStore.setState({ unsaved: false, leaving: null });
  leaving?.();
}

/** Forgets where the operator wanted to go. */
export function stay(): void {
  useViewStore.setState({ leaving: null });
}

function leaveTo(go: () => void): void {
  if (useViewStore.getState().unsaved) useViewStore.setState({ leaving: go });
  else go();
}

/** The slot whose page is chosen: the remembered one while it is configured, else the first; null without crates. */
export function useSelectedSlot(): SlotConfig | null {
  const chosen = useViewStore((view) => view.slot);
  return usePanel((state) => {
    const slots = state.crates.flatMap((crate) => crate.slots);
    return slots.find((slot) => slot.id === chosen) ?? slots[0] ?? null;
  });
}

/** A slot's tab; Run until another was chosen. */
export function useSlotTab(slot: SlotId): SlotTab {
  return useViewStore((view) => view.tabs[slot] ?? 'run');
}

/** The run that a slot's page shows: the one opened from History, else the live or newest; null where there is none. */
export function useShownRun(slot: SlotId): Run | null {
  const past = useViewStore((view) => view.shownRuns[slot]);
  const current = useSlotStatus(slot)?.run ?? null;
  return past === undefined || past.id === current?.id ? current : past;
}
