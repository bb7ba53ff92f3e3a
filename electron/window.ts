import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { Journal } from './journal/journal';
import type { WindowMemoryKeeper } from './window-memory';
import { panelPage } from './security/policy';

/** A renderer that dies this often within a minute is not started again. */
const mostRestartsPerMinute = 3;

/** What the window tells the program. */
export interface WindowEvents {
  /** The operator wants to close the window; true lets it close. */
  readonly mayClose: () => boolean;
  /** The page is gone: crashed, or loaded anew. */
  readonly onPageGone: () => void;
  /** The page crashed and is started again. */
  readonly onRestart: (reason: string) => void;
  /** The page crashed so often that it is not started again by itself; `reopen` does. */
  readonly onGivenUp: (reopen: () => void) => void;
  readonly onFocus: () => void;
}

/** Opens the panel's one window. */
export function openWindow(
  developmentUrl: string | null,
  journal: Journal,
  memory: WindowMemoryKeeper,
  events: WindowEvents,
): BrowserWindow {
  const place = memory.place();
  const window = new BrowserWindow({
    title: 'SMuRF Panel',
    width: 1440,
    height: 900,
    ...place.bounds,
    minWidth: 900,
    minHeight: 560,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1216' : '#f3f5f7',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Ages and countdowns must be right when an operator glances at a window that was behind others.
      backgroundThrottling: false,
    },
  });
  const load = (): void => {
    if (window.isDestroyed()) return;
    window.loadURL(developmentUrl ?? panelPage).catch((error: unknown) => {
      if (!window.isDestroyed()) journal.error('the window could not load its page', error);
    });
  };
  const restarts: number[] = [];
  memory.follow(window);
  window.once('ready-to-show', () => {
    if (place.isMaximized) window.maximize();
    window.show();
  });
  window.on('focus', events.onFocus);
  window.on('close', (event) => {
    if (!events.mayClose()) event.preventDefault();
  });
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) events.onPageGone();
  });
  window.webContents.on('render-process-gone', (_event, details) => {
    journal.error(`the window's process ended: ${details.reason} (exit code ${details.exitCode})`);
    events.onPageGone();
    if (details.reason === 'clean-exit') return;
    const now = performance.now();
    restarts.push(now);
    if (restarts.filter((at) => now - at < 60_000).length > mostRestartsPerMinute) {
      journal.error('the window is not started again by itself: it ended too often');
      restarts.length = 0;
      events.onGivenUp(load);
      return;
    }
    events.onRestart(details.reason);
    // Not within this event: Electron is still taking the ended process apart, and would end with it.
    setImmediate(load);
  });
  window.webContents.on('unresponsive', () => journal.warn('the window does not respond'));
  window.webContents.on('preload-error', (_event, path, error) =>
    journal.error(`preload ${path} failed`, error),
  );
  load();
  return window;
}
