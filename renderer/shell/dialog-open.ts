const openDialog = '[role="dialog"][aria-modal="true"]';

/** Whether a dialog is open over the window: keys that act on what lies under it must then do nothing. */
export function isDialogOpen(): boolean {
  return document.querySelector(openDialog) !== null;
}

/**
 * Whether a key is for a dialog: one that is open, or that this very key has closed just now. To be asked while the
 * event is captured: by the time it bubbles, the key's focus may be back in the page.
 */
export function isForDialog({ target }: KeyboardEvent): boolean {
  return isDialogOpen() || (target instanceof Element && target.closest(openDialog) !== null);
}
