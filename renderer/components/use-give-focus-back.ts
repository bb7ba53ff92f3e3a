import { useEffect, useState } from 'react';

/**
 * Gives the focus back to what had it before a dialog was drawn, once the dialog is gone. For dialogs that are drawn
 * only while they are open: Mantine does so itself only where a dialog that stays is opened and closed.
 */
export function useGiveFocusBack(): void {
  // While the dialog is drawn first: its parts take the focus as soon as they stand in the page.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const { activeElement, body } = document;
      // With its elements the dialog's focus is gone, too; one that stands elsewhere by now was put there.
      if (activeElement !== null && activeElement !== body) return;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
