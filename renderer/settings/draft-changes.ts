import type { ConfigDraft, CrateDraft, SlotDraft } from './config-draft';

/** The key of the fields that concern the whole panel. */
export const panelKey = 'panel';

/** The key of what a form shows first: its first slot. */
export function firstKey(draft: ConfigDraft): string {
  return draft.crates[0]?.slots[0]?.key ?? panelKey;
}

/** The key, in the draft of the file as saved, of what had `key` in the draft as edited: it stands at the same place. */
export function samePlaceKey(edited: ConfigDraft, saved: ConfigDraft, key: string): string {
  for (const [crateIndex, crate] of edited.crates.entries()) {
    const savedCrate = saved.crates[crateIndex];
    if (crate.key === key) return savedCrate?.key ?? panelKey;
    const slotIndex = crate.slots.findIndex((slot) => slot.key === key);
    if (slotIndex !== -1) return savedCrate?.slots[slotIndex]?.key ?? panelKey;
  }
  return panelKey;
}

/** The draft with one crate changed. */
export function changeCrate(draft: ConfigDraft, key: string, change: Partial<CrateDraft>): ConfigDraft {
  return {
    ...draft,
    crates: draft.crates.map((crate) => (crate.key === key ? { ...crate, ...change } : crate)),
  };
}

/** The draft without one crate. */
export function removeCrate(draft: ConfigDraft, key: string): ConfigDraft {
  return { ...draft, crates: draft.crates.filter((crate) => crate.key !== key) };
}

/** The draft with one slot changed. */
export function changeSlot(draft: ConfigDraft, key: string, change: Partial<SlotDraft>): ConfigDraft {
  return mapSlots(draft, (slots) => slots.map((slot) => (slot.key === key ? { ...slot, ...change } : slot)));
}

/** The draft without one slot. */
export function removeSlot(draft: ConfigDraft, key: string): ConfigDraft {
  return mapSlots(draft, (slots) => slots.filter((slot) => slot.key !== key));
}

function mapSlots(
  draft: ConfigDraft,
  map: (slots: readonly SlotDraft[]) => readonly SlotDraft[],
): ConfigDraft {
  return { ...draft, crates: draft.crates.map((crate) => ({ ...crate, slots: map(crate.slots) })) };
}
