import { create } from 'zustand';

/** Whether "About" is open. */
export const useAboutStore = create<{ readonly opened: boolean }>(() => ({ opened: false }));

/** Opens "About". */
export function openAbout(): void {
  useAboutStore.setState({ opened: true });
}

/** Closes "About". */
export function closeAbout(): void {
  useAboutStore.setState({ opened: false });
}
