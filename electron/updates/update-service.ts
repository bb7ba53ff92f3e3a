import type { UpdateState } from '../../shared/domain/update';
import { errorText } from '../../shared/error-text';
import { failure, success, type Result } from '../../shared/result';
import type { Updater } from './updater';

/** What the updates need of the panel. */
export interface UpdateServiceOptions {
  readonly updater: Updater;
  /** Unix milliseconds now. */
  readonly now: () => number;
  /** How many runs are active. */
  readonly activeRuns: () => number;
  readonly onChange: (state: UpdateState) => void;
}

const noFeed = 'No feed is configured: name one under “updates” in crates.yaml to look for newer versions.';
const notConfigured: UpdateState = { state: 'off', message: noFeed };

/**
 * Newer versions of the panel, only ever on an operator's request: looked for, fetched and checked, and installed when
 * no run is active.
 */
export class UpdateService {
  readonly #options: UpdateServiceOptions;
  #feed: string | null = null;
  #state: UpdateState = notConfigured;
  /** The updater does one thing at a time, also for a feed that is not configured any more. */
  #isWorking = false;

  constructor(options: UpdateServiceOptions) {
    this.#options = options;
  }

  get state(): UpdateState {
    return this.#state;
  }

  /** Sets where newer versions are looked for; null for nowhere. What another feed found is forgotten. */
  setFeed(feed: string | null): void {
    if (feed === this.#feed && this.#state !== notConfigured) return;
    this.#feed = feed;
    const { obstacle } = this.#options.updater;
    if (feed === null) this.#set(notConfigured);
    else if (obstacle !== null) this.#set({ state: 'off', message: obstacle });
    else this.#set({ state: 'idle' });
  }

  /** Asks the feed. */
  async check(): Promise<Result<Record<string, never>>> {
    const feed = this.#feed;
    if (feed === null || this.#state.state === 'off') return failure('updates-off', offMessage(this.#state));
    if (this.#isWorking) return failure('updates-busy', 'The panel is already at it.');
    this.#set({ state: 'checking' });
    this.#isWorking = true;
    try {
      const found = await this.#options.updater.check(feed);
      // Another feed was configured meanwhile.
      if (feed !== this.#feed) return success({});
      if (found === null) this.#set({ state: 'newest', checkedAt: this.#options.now() });
      else this.#set({ state: 'available', ...found });
    } catch (error) {
      if (feed === this.#feed) this.#fail(`The feed ${feed} could not be read: ${errorText(error)}`);
    } finally {
      this.#isWorking = false;
    }
    return success({});
  }

  /** Fetches what was found. */
  async download(): Promise<Result<Record<string, never>>> {
    if (this.#state.state !== 'available')
      return failure('update-unknown', 'There is no newer version to fetch.');
    const { version } = this.#state;
    const feed = this.#feed;
    this.#set({ state: 'downloading', version, percent: 0 });
    this.#isWorking = true;
    try {
      await this.#options.updater.download((percent) => {
        if (feed === this.#feed) this.#set({ state: 'downloading', version, percent });
      });
      // What another feed offered is not installed once that feed is not the configured one any more.
      const { asksPassword } = this.#options.updater;
      if (feed === this.#feed) this.#set({ state: 'ready', version, asksPassword });
    } catch (error) {
      if (feed === this.#feed) this.#fail(`Version ${version} could not be fetched: ${errorText(error)}`);
    } finally {
      this.#isWorking = false;
    }
    return success({});
  }

  /** Installs what was fetched and restarts; refused while a run is active. What fails can be tried again. */
  install(): Result<Record<string, never>> {
    if (this.#state.state !== 'ready')
      return failure('update-unknown', 'There is no fetched version to install.');
    const active = this.#options.activeRuns();
    if (active > 0) {
      const what = active === 1 ? 'A run is' : `${active} runs are`;
      return failure('runs-active', `${what} active. Install the update when nothing runs.`);
    }
    try {
      this.#options.updater.install();
    } catch (error) {
      const message = `Version ${this.#state.version} could not be installed, this one goes on: ${errorText(error)}`;
      return failure('update-failed', message);
    }
    return success({});
  }

  #fail(message: string): void {
    this.#set({ state: 'failed', message });
  }

  #set(state: UpdateState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}

function offMessage(state: UpdateState): string {
  return state.state === 'off' ? state.message : noFeed;
}
