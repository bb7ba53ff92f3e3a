import { join } from 'node:path';
import log from 'electron-log/node';

/** The panel's own log: what it did and what went wrong, for whoever looks after the workstation. */
export interface Journal {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** Opens `panel.log` in the home folder. It is turned over at 5 MB, keeping one older file. */
export function openJournal(home: string): Journal {
  log.transports.file.resolvePathFn = () => join(home, 'panel.log');
  log.transports.file.maxSize = 5_000_000;
  log.transports.file.sync = false;
  // A closed stdout would make the console transport raise an error dialog.
  log.transports.console.level = false;
  return {
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message, cause) => (cause === undefined ? log.error(message) : log.error(message, cause)),
  };
}
