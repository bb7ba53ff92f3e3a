/** What taking the lock needs of the system. */
export interface InstanceLockOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Asks once for the lock of the home folder. */
  readonly request: () => boolean;
  /** Does nothing at all for so many milliseconds. */
  readonly pause: (milliseconds: number) => void;
}

/** Set by electron-updater for the AppImage that it starts in place of the one that it has replaced. */
const startedByUpdate = 'APPIMAGE_SILENT_INSTALL';
/** Milliseconds: how long a panel that an update starts waits for the old one to end, and how often it looks. */
const patience = 15_000;
const interval = 500;

/**
 * Takes the lock that one panel at a time has on a home folder; false where another has it. The panel that an update
 * starts comes before the old one has closed all that it has to. It waits in its place, since what Electron takes only
 * before it is ready comes after the lock.
 */
export function takeInstanceLock({ environment, request, pause }: InstanceLockOptions): boolean {
  const isUpdated = environment[startedByUpdate] !== undefined;
  // It says nothing of scripts, nor of a panel that is started by hand from here.
  delete environment[startedByUpdate];
  for (let waited = 0; ; waited += interval) {
    if (request()) return true;
    if (!isUpdated || waited >= patience) return false;
    pause(interval);
  }
}

/** Stops this thread for so many milliseconds. */
export function pauseThread(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
