import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { Notice } from '../../shared/ipc/state';

interface NoticeStore {
  readonly notices: readonly Notice[];
}

/** Notices that arose in this window; main's own come with the panel's state. */
export const useNoticeStore = create<NoticeStore>(() => ({ notices: [] }));

/** How many of the window's own notices are kept; the oldest go first. */
const limit = 20;

let nextId = 1;

/**
 * Tells the operator something that belongs to no view. A sentence that stands already gives way to the new one, so that
 * it shows when it last happened and is announced again.
 */
export function addNotice(severity: Notice['severity'], message: string): void {
  const others = useNoticeStore.getState().notices.filter((notice) => notice.message !== message);
  const notice: Notice = { id: nextId, at: Date.now(), severity, message };
  nextId += 1;
  useNoticeStore.setState({ notices: [...others, notice].slice(-limit) });
}

/** Takes one of the window's own notices away. */
export function dismissOwnNotice(id: number): void {
  useNoticeStore.setState((store) => ({ notices: store.notices.filter((notice) => notice.id !== id) }));
}

/** Takes those of the window's own notices away that hold a sentence. */
export function dismissOwnNoticesWith(sentence: string): void {
  useNoticeStore.setState((store) => ({
    notices: store.notices.filter((notice) => !notice.message.includes(sentence)),
  }));
}

/** Shows an error that nobody expected, with what was being done. */
export function reportUnexpected(doing: string): (error: unknown) => void {
  return (error) => {
    addNotice('error', `${doing} failed: ${errorText(error)}`);
  };
}

/** Makes errors that nothing caught visible. Returns how to stop. */
export function installErrorReporting(): () => void {
  const report = reportUnexpected('Something in this window');
  const onError = (event: ErrorEvent): void => {
    // The browser's note that a size changed while sizes were told: no fault, and no error object with it.
    if (event.message.startsWith('ResizeObserver loop')) return;
    const error: unknown = event.error;
    report(error ?? event.message);
  };
  const onRejection = (event: PromiseRejectionEvent): void => report(event.reason);
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return () => {
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  };
}
