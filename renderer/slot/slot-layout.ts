import type { SlotTab } from '../stores/view-store';

/** Below this width the session has no room beside the tabs and becomes one of them. */
export const narrowWindow = '(max-width: 1099px)';

/** The element of the session beside the tabs, which takes the focus. */
export const sessionPaneId = 'session-beside';

/** The tabs by the names that operators read. */
export const tabNames: Record<SlotTab, string> = {
  run: 'Run',
  log: 'Log',
  session: 'Session',
  files: 'Files',
  messages: 'Messages',
  metadata: 'Metadata',
  history: 'History',
};
