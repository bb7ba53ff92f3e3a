/** Whether a dialog is open over the window: keys that act on what lies under it must then do nothing. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
