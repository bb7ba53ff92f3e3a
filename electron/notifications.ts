import { Notification, shell, type BrowserWindow } from 'electron';
import type { SlotId } from '../shared/domain/ids';
import type { Attention } from './care/attention';

/** What notifications need of the panel. */
export interface NotificationOptions {
  readonly window: () => BrowserWindow | null;
  readonly hasSound: () => boolean;
  /** The operator chose a notification: its slot is to be shown. */
  readonly onChosen: (slot: SlotId) => void;
}

/** The desktop's notifications: one for each slot at most, and only while the window is not in front. */
export class Notifications {
  /** Kept, since one that nobody holds is collected and never tells of its click. */
  readonly #shown = new Map<SlotId, Notification>();
  #isFlashing = false;

  constructor(private readonly options: NotificationOptions) {}

  /** Tells an operator who looks elsewhere. */
  show({ slot, title, body }: Attention): void {
    const window = this.options.window();
    if (window?.isFocused() === true) return;
    if (window !== null) this.#flash(window);
    if (this.options.hasSound()) shell.beep();
    if (!Notification.isSupported()) return;
    this.#shown.get(slot)?.close();
    // The sound is the preference's to decide.
    const notification = new Notification({ title, body, silent: true });
    this.#shown.set(slot, notification);
    const forget = (): void => {
      if (this.#shown.get(slot) === notification) this.#shown.delete(slot);
    };
    notification.on('close', forget);
    notification.on('click', () => {
      forget();
      this.options.onChosen(slot);
      bringForward(this.options.window());
    });
    notification.show();
  }

  /** Takes all of them off the desktop. */
  close(): void {
    for (const notification of this.#shown.values()) notification.close();
    this.#shown.clear();
  }

  /** Has the desktop point at the window until somebody looks at it. */
  #flash(window: BrowserWindow): void {
    window.flashFrame(true);
    if (this.#isFlashing) return;
    this.#isFlashing = true;
    window.once('focus', () => {
      this.#isFlashing = false;
      window.flashFrame(false);
    });
  }
}

function bringForward(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
