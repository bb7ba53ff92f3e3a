import { spotlight } from '@mantine/spotlight';

/** What had the focus before the palette took it, and what is to be done once it is closed. */
let focusedBefore: Element | null = null;
let chosen: (() => void) | null = null;

/** Opens the palette of commands. */
export function openPalette(): void {
  focusedBefore = document.activeElement;
  chosen = null;
  spotlight.open();
}

/** Closes the palette, and then acts: what it opens is to have the focus, not what had it before. */
export function closePalette(act: (() => void) | null = null): void {
  chosen = act;
  spotlight.close();
}

/** The palette is closed: gives the focus back and does what was chosen. */
export function palettesEnd(): void {
  if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
  focusedBefore = null;
  const act = chosen;
  chosen = null;
  act?.();
}
