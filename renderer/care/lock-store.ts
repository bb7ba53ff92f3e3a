import { create } from 'zustand';
import { controlsLockedMessage, type LockReason } from '../../shared/domain/controls-lock';
import type { PanelState } from '../../shared/ipc/state';
import { call } from '../bridge';
import { addNotice, dismissOwnNoticesWith, reportUnexpected } from '../stores/notice-store';
import { usePanel, usePanelStore } from '../stores/panel-store';

/** Whether the window asks about unlocking the controls. */
export const useUnlockStore = create<{ readonly asked: boolean }>(() => ({ asked: false }));

// What was refused because of the lock is no news once it is lifted, here or elsewhere.
usePanelStore.subscribe(({ state }, { state: before }) => {
  if (isLifted(state, before)) dismissOwnNoticesWith(controlsLockedMessage);
});

/** Whether the controls were locked before and are not any more. */
export function isLifted(state: PanelState | null, before: PanelState | null): boolean {
  return (before?.lock ?? null) !== null && state?.lock === null;
}

/** Asks whether to unlock the controls: by the operator's wish, or because something was refused. */
export function askUnlock(): void {
  useUnlockStore.setState({ asked: true });
}

/** Leaves the controls locked. */
export function stayLocked(): void {
  useUnlockStore.setState({ asked: false });
}

/** Whether the controls are locked, so that what changes anything is shown as not available. */
export function useLocked(): boolean {
  return usePanel((state) => state.lock !== null);
}

/** Locks the controls. */
export function lockControls(reason: LockReason): void {
  const lock = async (): Promise<void> => {
    const reply = await call('controls.lock', { reason });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  lock().catch(reportUnexpected('Locking the controls'));
}

/** Does what works through the lock in one step, such as an abort: at once, or when the controls have been unlocked. */
export function unlockedFirst(act: () => void): void {
  if ((usePanelStore.getState().state?.lock ?? null) === null) act();
  else unlockControls(act);
}

/** Unlocks the controls, and then does what waited for it. */
export function unlockControls(then?: () => void): void {
  const unlock = async (): Promise<void> => {
    const reply = await call('controls.unlock', {});
    useUnlockStore.setState({ asked: false });
    if (reply.ok) then?.();
    else addNotice('error', reply.error.message);
  };
  unlock().catch(reportUnexpected('Unlocking the controls'));
}
