import { create } from 'zustand';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';

/** Whether the overview fills the screen, with nothing beside it. */
export const useFullScreen = create<{ readonly isFull: boolean }>(() => ({ isFull: false }));

/** Lets the overview fill the screen, or gives the window back. */
export function setFullScreen(isFull: boolean): void {
  if (useFullScreen.getState().isFull === isFull) return;
  useFullScreen.setState({ isFull });
  const ask = async (): Promise<void> => {
    const reply = await call('panel.setFullScreen', { on: isFull });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected('Changing to the full screen'));
}
