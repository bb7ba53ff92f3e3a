import { create } from 'zustand';

/** Whether the list of keyboard shortcuts is open. */
export const useShortcutsStore = create<{ readonly opened: boolean }>(() => ({ opened: false }));

/** Opens the list of keyboard shortcuts. */
export function openShortcuts(): void {
  useShortcutsStore.setState({ opened: true });
}

/** Closes the list of keyboard shortcuts. */
export function closeShortcuts(): void {
  useShortcutsStore.setState({ opened: false });
}
