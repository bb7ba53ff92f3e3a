import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, type BrowserWindow } from 'electron';
import {
  parseWindowMemory,
  placeWindow,
  remember,
  type WindowMemory,
  type WindowPlace,
} from './care/window-place';
import type { Journal } from './journal/journal';

/** How long the window has to stand still before its place is written, milliseconds. */
const settleTime = 500;

/**
 * Remembers how the window stands, in `window.json` of the home folder: apart from the database, since the window opens
 * first. It is a few hundred bytes, read once and written when the operator has let go of the window.
 */
export class WindowMemoryKeeper {
  readonly #path: string;
  #memory: WindowMemory;
  /** The window that has been given its zoom; before that, its zoom says nothing. */
  #zoomed: BrowserWindow | null = null;

  constructor(
    home: string,
    private readonly journal: Journal,
  ) {
    this.#path = join(home, 'window.json');
    this.#memory = this.#read();
  }

  /** Where the window is to open. Call when Electron is ready. */
  place(): WindowPlace {
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    return placeWindow(this.#memory, [primary, ...others]);
  }

  /** Gives the window its zoom and follows it until it is closed. */
  follow(window: BrowserWindow): void {
    let timer: NodeJS.Timeout | null = null;
    const keepSoon = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => this.keep(window), settleTime);
    };
    // Once: a page that is loaded again keeps the zoom that it has by now.
    window.webContents.once('did-finish-load', () => {
      window.webContents.setZoomLevel(this.#memory.zoom);
      this.#zoomed = window;
    });
    // Told by each of these apart: on some desktops maximising moves nothing that `resize` tells of.
    window.on('resize', keepSoon);
    window.on('move', keepSoon);
    window.on('maximize', keepSoon);
    window.on('unmaximize', keepSoon);
    window.on('blur', keepSoon);
    window.on('close', () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      this.keep(window);
    });
    window.on('closed', () => {
      if (timer !== null) clearTimeout(timer);
    });
  }

  /** Writes how the window stands now, where it does not stand so already. */
  keep(window: BrowserWindow): void {
    // Full screen is a mood of the moment, and minimised is no place.
    if (window.isDestroyed() || window.isFullScreen() || window.isMinimized()) return;
    const bounds = window.getNormalBounds();
    const display = screen.getDisplayMatching(window.getBounds()).id;
    const isGone = window.webContents.isDestroyed() || window.webContents.isCrashed();
    const hasZoom = this.#zoomed === window && !isGone;
    const zoom = hasZoom ? window.webContents.getZoomLevel() : this.#memory.zoom;
    const next = remember(this.#memory, { display, bounds, isMaximized: window.isMaximized() }, zoom);
    if (JSON.stringify(next) === JSON.stringify(this.#memory)) return;
    this.#memory = next;
    try {
      writeFileSync(`${this.#path}.part`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${this.#path}.part`, this.#path);
    } catch (error) {
      this.journal.warn(`the window's place was not kept in ${this.#path}: ${String(error)}`);
    }
  }

  #read(): WindowMemory {
    const blank: WindowMemory = { windows: [], zoom: 0 };
    try {
      return parseWindowMemory(readFileSync(this.#path, 'utf8')) ?? blank;
    } catch {
      // Not there on the first day; unreadable is no reason not to open a window.
      return blank;
    }
  }
}
