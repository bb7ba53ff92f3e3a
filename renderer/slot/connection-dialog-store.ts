import { create } from 'zustand';
import type { SlotId } from '../../shared/domain/ids';

/** The slot whose connection is checked in a dialog; null while there is none. */
export const useConnectionDialogStore = create<{ readonly slot: SlotId | null }>(() => ({ slot: null }));

/** Opens the check of a slot’s connection; a button there begins it. */
export function openConnectionCheck(slot: SlotId): void {
  useConnectionDialogStore.setState({ slot });
}

/** Closes it. What is being tried then goes on without being shown. */
export function closeConnectionCheck(): void {
  useConnectionDialogStore.setState({ slot: null });
}
