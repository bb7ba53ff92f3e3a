import { runStateWord } from '../../shared/domain/run';
import { scriptName } from '../../shared/domain/run';
import { windowShortcuts } from '../shell/shortcut-table';
import { openSlotTab } from '../slot/open-slot-tab';
import { tabNames } from '../slot/slot-layout';
import { openSlot, slotTabs } from '../stores/view-store';
import type { CommandSource } from './command';

/** Every slot by its publisher id, with its crate and what it does. */
export const slotCommands: CommandSource = ({ panel }) =>
  panel.crates.flatMap((crate) =>
    crate.slots.map((slot) => {
      const run = panel.slots[slot.id]?.run ?? null;
      const does = run === null ? 'no run yet' : `${scriptName(run.script)} ${runStateWord(run)}`;
      return {
        id: `slot ${slot.id}`,
        group: 'Slots',
        title: slot.id,
        detail: `${crate.name}, ${does}`,
        refusal: null,
        act: () => openSlot(slot.id),
      };
    }),
  );

/** The tabs of the slot that is shown. */
export const tabCommands: CommandSource = ({ slot }) =>
  slot === null
    ? []
    : slotTabs.map((tab) => ({
        id: `tab ${tab}`,
        group: 'Tabs of the slot',
        title: tabNames[tab],
        detail: `of ${slot.id}`,
        keys: windowShortcuts[`tab-${tab}`].keys,
        refusal: null,
        act: () => openSlotTab(slot.id, tab),
      }));
