import { dialog, shell, type BrowserWindow } from 'electron';

/** The system's own dialogs, for handlers and services that must not know of windows. */
export interface Dialogs {
  /** Asks where to save a file; null where the operator cancelled. `extension` is without its dot. */
  chooseSaveFile(suggestedName: string, extension: string): Promise<string | null>;
  /** Shows a file, chosen, in the system's file manager. */
  showInFolder(path: string): void;
}

/** Dialogs that belong to the window that there is when they are opened. */
export function makeDialogs(window: () => BrowserWindow | null): Dialogs {
  return {
    chooseSaveFile: async (suggestedName, extension) => {
      const options = {
        defaultPath: suggestedName,
        filters: [
          { name: extension.toUpperCase(), extensions: [extension] },
          { name: 'All files', extensions: ['*'] },
        ],
      };
      const owner = window();
      const answer = await (owner === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(owner, options));
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
    showInFolder: (path) => shell.showItemInFolder(path),
  };
}
