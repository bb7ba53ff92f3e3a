/** A newer version that the feed offers. */
export interface FoundUpdate {
  readonly version: string;
  /** What is new, as plain text; empty where the feed does not say. */
  readonly notes: string;
}

/** What fetches and installs a version: the edge to electron-updater. All throw with what went wrong. */
export interface Updater {
  /** Why this program cannot replace itself, in a sentence; null where it can. */
  readonly obstacle: string | null;
  /** Whether the system asks for the administrator's password to install, while this program stands still. */
  readonly asksPassword: boolean;
  /** Asks a feed for a newer version than this one; null where there is none. */
  check(feed: string): Promise<FoundUpdate | null>;
  /** Fetches what `check` found and compares its checksum with the feed's. `onProgress` hears percent. */
  download(onProgress: (percent: number) => void): Promise<void>;
  /** Installs what was fetched and ends the program. */
  install(): void;
}
