/** What installing needs of electron-updater. */
export interface InstallingUpdater {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
}

/**
 * Installs what was fetched and ends the program. electron-updater does not throw where that fails: it tells of an error
 * before it returns, and the program goes on. Here that is thrown.
 */
export function installUpdate(updater: InstallingUpdater): void {
  const errors: Error[] = [];
  const hear = (error: Error): void => {
    errors.push(error);
  };
  updater.on('error', hear);
  try {
    updater.quitAndInstall(true, true);
  } finally {
    updater.off('error', hear);
  }
  const [first] = errors;
  if (first !== undefined) throw first;
}
