import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import electronUpdater, { type AppUpdater } from 'electron-updater';
import type { Journal } from '../journal/journal';
import { installUpdate } from './install-update';
import type { FoundUpdate, Updater } from './updater';

/** The updater of the package that this program was installed from. */
export function packageUpdater(journal: Journal): Updater {
  let updater: AppUpdater | null = null;
  const prepared = (): AppUpdater => {
    updater ??= prepare(electronUpdater.autoUpdater, journal);
    return updater;
  };
  return {
    obstacle: obstacleHere(),
    asksPassword: process.platform === 'linux' && isInstalled() && process.getuid?.() !== 0,
    check: async (feed) => {
      prepared().setFeedURL({ provider: 'generic', url: feed });
      const result = await prepared().checkForUpdates();
      if (result === null) throw new Error('this package cannot look for updates');
      return result.isUpdateAvailable ? foundUpdate(result.updateInfo) : null;
    },
    download: async (onProgress) => {
      const hear = ({ percent }: { percent: number }): void => onProgress(percent);
      prepared().on('download-progress', hear);
      try {
        await prepared().downloadUpdate();
      } finally {
        prepared().off('download-progress', hear);
      }
    },
    install: () => {
      // An AppImage is started anew without the words of this start, on the same home folder all the same.
      process.env['SMURF_PANEL_HOME'] = app.getPath('userData');
      installUpdate(prepared());
    },
  };
}

/** Nothing happens by itself: looking, fetching and installing are each asked for. */
function prepare(updater: AppUpdater, journal: Journal): AppUpdater {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = true;
  updater.allowDowngrade = false;
  updater.logger = {
    info: (message) => journal.info(`update: ${String(message)}`),
    warn: (message) => journal.warn(`update: ${String(message)}`),
    error: (message) => journal.error(`update: ${String(message)}`),
  };
  // Every call that fails also rejects or throws; without a listener the event would be an exception of its own.
  updater.on('error', (error) => journal.warn(`update: ${error.message}`));
  return updater;
}

function obstacleHere(): string | null {
  if (!app.isPackaged) return 'This panel runs from a checkout: update it with git.';
  if (process.platform !== 'linux') return null;
  if (isInstalled() || process.env['APPIMAGE'] !== undefined) return null;
  return 'This panel was unpacked from an archive: unpack a newer one in its place to update it.';
}

/** Whether the system's package manager installed this program. */
function isInstalled(): boolean {
  return existsSync(join(process.resourcesPath, 'package-type'));
}

function foundUpdate(info: {
  version: string;
  releaseNotes?: string | readonly { readonly note: string | null }[] | null;
}): FoundUpdate {
  const { version, releaseNotes = null } = info;
  const notes = Array.isArray(releaseNotes)
    ? releaseNotes.map((entry: { note: string | null }) => entry.note ?? '').join('\n')
    : releaseNotes;
  return { version, notes: typeof notes === 'string' ? notes : '' };
}
