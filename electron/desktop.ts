import { app, dialog, powerMonitor, type BrowserWindow } from 'electron';
import type { QuitRequest } from '../shared/ipc/state';
import type { Journal } from './journal/journal';
import type { Lifecycle } from './lifecycle';
import type { QuitGuard } from './quit-guard';
import { openWindow } from './window';
import { WindowMemoryKeeper } from './window-memory';

/** What the desktop needs of the panel. */
export interface DesktopOptions {
  /** The panel's home folder. */
  readonly home: string;
  readonly journal: Journal;
  readonly lifecycle: Lifecycle;
  readonly quitGuard: () => QuitGuard;
  /** The development server's address, null in everything that is built. */
  readonly developmentUrl: string | null;
  readonly onPageGone: () => void;
  readonly onFocus: () => void;
  /** The machine was asleep. */
  readonly onResume: () => void;
  readonly notify: (severity: 'info' | 'warning', message: string) => void;
  readonly unexpected: (where: string, error: unknown) => void;
}

/** The panel as a program of the desktop: its window, quitting, being started twice, being ended from outside. */
export class Desktop {
  private current: BrowserWindow | null = null;

  constructor(private readonly options: DesktopOptions) {}

  /** The window; null before it is open and after it was closed. */
  get window(): BrowserWindow | null {
    return this.current;
  }

  /** Takes up what Electron tells of the program. Call before the window is opened. */
  listen(): void {
    const { journal, lifecycle, quitGuard, unexpected } = this.options;
    app.on('before-quit', (event) => {
      event.preventDefault();
      if (!quitGuard().mayClose()) return;
      lifecycle
        .close()
        .catch((error: unknown) => journal.error('the panel did not close well', error))
        .finally(() => app.exit(0));
    });
    app.on('window-all-closed', () => app.quit());
    app.on('second-instance', () => this.bringForward());
    powerMonitor.on('resume', this.options.onResume);
    // Ended from outside, nobody can be asked: the runs go on under their supervisors.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        quitGuard()
          .choose('leave-running')
          .catch((error: unknown) => unexpected('quit', error));
      });
    }
  }

  openWindow(): void {
    const { home, journal, lifecycle, quitGuard, developmentUrl, onPageGone, onFocus, notify } = this.options;
    const memory = new WindowMemoryKeeper(home, journal);
    // Quitting ends the window without its `close`.
    lifecycle.join('window', async () => {
      if (this.current !== null) memory.keep(this.current);
    });
    this.current = openWindow(developmentUrl, journal, memory, {
      mayClose: () => quitGuard().mayClose(),
      onPageGone,
      onRestart: (reason) =>
        notify(
          'warning',
          `The window's process ended (${reason}) and was started again. Runs were not affected.`,
        ),
      onGivenUp: (reopen) => this.askAboutBrokenWindow(reopen),
      onFocus,
    });
    this.current.on('closed', () => {
      this.current = null;
    });
  }

  /** Asks what becomes of active runs with the system's own dialogue, where there is no page to ask on. */
  askWithoutPage({ runs, isAborting }: QuitRequest): void {
    const page = this.current?.webContents;
    if (page !== undefined && !page.isCrashed()) return;
    const { quitGuard, unexpected } = this.options;
    dialog
      .showMessageBox({
        type: 'question',
        message: `${runs.length === 1 ? 'A run is' : `${runs.length} runs are`} ${isAborting ? 'being aborted' : 'active'}.`,
        detail: isAborting
          ? 'The panel quits when no run is active any more.'
          : 'They go on when the panel is closed, and are found again at the next start.',
        buttons: isAborting
          ? ['Quit now, leaving what still runs', 'Stay open']
          : ['Leave them running and quit', 'Cancel', 'Abort all and quit'],
        cancelId: 1,
      })
      .then(({ response }) =>
        quitGuard().choose((['leave-running', 'cancel', 'abort'] as const)[response] ?? 'cancel'),
      )
      .catch((error: unknown) => unexpected('quit', error));
  }

  /** A window that crashes again and again has no page to say so on. */
  private askAboutBrokenWindow(reopen: () => void): void {
    const { quitGuard, unexpected } = this.options;
    dialog
      .showMessageBox({
        type: 'error',
        message: "The window's process ended several times within a minute.",
        detail: 'Runs are not affected. panel.log in the home folder says more.',
        buttons: ['Open it again', 'Quit, leaving runs running'],
      })
      .then(({ response }) => (response === 0 ? reopen() : quitGuard().choose('leave-running')))
      .catch((error: unknown) => unexpected('the window', error));
  }

  private bringForward(): void {
    if (this.current?.isMinimized() === true) this.current.restore();
    this.current?.show();
    this.current?.focus();
    const message = 'SMuRF Panel was started again; it is open already, so this window was brought forward.';
    this.options.notify('info', message);
  }
}
