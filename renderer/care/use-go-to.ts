import { useEffect } from 'react';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openSlot, showRun } from '../stores/view-store';

/** Opens the slot that a notification led to, once, with its newest run. */
export function useGoTo(): void {
  const goTo = usePanel((state) => state.goTo);
  useEffect(() => {
    if (goTo === null) return;
    showRun(goTo.slot, null);
    openSlot(goTo.slot);
    call('panel.arrived', { goTo: goTo.id }).catch(reportUnexpected('Opening the slot of a notification'));
  }, [goTo]);
}
