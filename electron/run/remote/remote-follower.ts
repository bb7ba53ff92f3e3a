import { assertNever } from '../../../shared/assert-never';
import { errorText } from '../../../shared/error-text';
import { readRunStatus, type RunFolder, type RunStatus } from '../run-folder';
import type { RunFollower, RunFollowerEvents } from '../transport';
import { describeFault, FollowSession, type FollowTiming, type SessionEnd } from './follow-session';
import { InterruptiblePause } from './interruptible-pause';
import { LocalCopy } from './local-copy';
import { readSentStatus, replaceFile } from './remote-status';
import type { RemoteSupervisor } from './remote-supervisor';

/** Milliseconds to wait after the first, second, … attempt that failed. */
const backOff = [1000, 2000, 4000, 8000, 16_000, 30_000];
/** How long the run's folder or its container must have been missing before the run counts as gone. Milliseconds. */
const missingPatience = 30_000;
/** A first answer needs a connection, which ssh gives 10 s. An answering supervisor says something every 2 s. */
const usualTiming: FollowTiming = { firstPatience: 30_000, patience: 8000 };

/** Name of the copy that is made anew beside the one that proved different. */
const anewSuffix = '.new';
/** Under this suffix stays what was received of files that are shorter now where the script runs. */
const receivedSuffix = '.received';

export interface RemoteFollowerOptions {
  readonly supervisor: RemoteSupervisor;
  readonly folder: RunFolder;
  /** The run's folder where the script runs. */
  readonly remoteFolder: () => Promise<string>;
  readonly events: RunFollowerEvents;
  readonly now: () => number;
  readonly timing?: FollowTiming;
  readonly missingPatience?: number;
}

/**
 * Keeps a run's local folder the same as the one where the script runs, over a connection that may be cut at any time.
 * A status that says that the output has ended is told only when the copy proved to be the same.
 */
export class RemoteFollower implements RunFollower {
  readonly #options: RemoteFollowerOptions;
  readonly #pause = new InterruptiblePause();
  readonly #done: Promise<void>;
  #copy: LocalCopy;
  #isAnew = false;
  #session: FollowSession | null = null;
  #last: string | null = null;
  #toldStatus: string | null = null;
  #toldFault: string | null = null;
  #lostSince: number | null = null;
  #missingSince: number | null = null;
  /** Attempts that failed in a row, because of the connection and because of this machine. */
  #failures = 0;
  #faults = 0;
  #closed = false;

  constructor(options: RemoteFollowerOptions) {
    this.#options = options;
    this.#copy = new LocalCopy(options.folder.path);
    this.#done = this.#follow();
  }

  /** Tries at once where the next attempt is being waited for. */
  wake(): void {
    this.#pause.cutShort();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#session?.stop();
    this.#pause.cutShort();
    await this.#done;
  }

  async #follow(): Promise<void> {
    try {
      if (await this.#wasWhole()) return;
      while (!this.#closed) {
        const end = await this.#attempt();
        if (this.#closed || (await this.#takeEnd(end))) break;
      }
    } finally {
      await this.#copy.close();
    }
  }

  /** Whether an earlier follower brought everything here: only then was the status written that says so. */
  async #wasWhole(): Promise<boolean> {
    const kept = await readRunStatus(this.#options.folder);
    // One that cannot be read here is fetched again.
    if (!kept.ok || kept.value === null || !kept.value.outputEnded) return false;
    this.#tell(kept.value, JSON.stringify(kept.value));
    return true;
  }

  async #attempt(): Promise<SessionEnd> {
    const { supervisor, remoteFolder, timing = usualTiming } = this.#options;
    try {
      const session = new FollowSession(supervisor, await remoteFolder(), this.#copy, timing, {
        onContact: () => this.#contact(),
        onStatus: (text) => this.#takeStatus(text),
      });
      this.#session = session;
      return await session.run();
    } catch (error) {
      return { kind: 'fault', error };
    } finally {
      this.#session = null;
    }
  }

  /** Decides how to go on; true where there is nothing to go on with. */
  async #takeEnd(end: SessionEnd): Promise<boolean> {
    switch (end.kind) {
      case 'whole':
        return this.#orWait(() => this.#finish(end.isGone));
      case 'different':
        return this.#orWait(() => this.#takeDifference(end.isGone, end.message));
      case 'beyond':
        return this.#orWait(() => this.#setAside(end.message));
      case 'missing':
        this.#missingSince ??= this.#options.now();
        if (this.#options.now() - this.#missingSince >= (this.#options.missingPatience ?? missingPatience)) {
          this.#fault(new Error(`${end.message} What was not fetched of the run before is lost.`));
          this.#told(null);
          this.#options.events.onSupervisorGone();
          return true;
        }
        await this.#retry(end.message);
        return false;
      case 'cut':
        this.#missingSince = null;
        this.#toldFault = null;
        this.#faults = 0;
        await this.#retry(end.message);
        return false;
      case 'fault':
        await this.#waitAfterFault(end.error);
        return false;
      case 'stopped':
        return true;
      default:
        return assertNever(end);
    }
  }

  /** Does something with the files here; where they do not let it, the next attempt comes to it again. */
  async #orWait(work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      await this.#waitAfterFault(error);
      return this.#closed;
    }
  }

  async #finish(isGone: boolean): Promise<boolean> {
    if (this.#isAnew) {
      await this.#copy.takePlace();
      this.#useCopy(new LocalCopy(this.#options.folder.path), false);
    }
    if (this.#last !== null) await this.#keepStatus(this.#last, false);
    if (!this.#closed && isGone) this.#options.events.onSupervisorGone();
    return true;
  }

  async #takeDifference(isGone: boolean, message: string): Promise<boolean> {
    if (this.#isAnew) {
      await this.#copy.remove();
      this.#fault(new Error(`${message} It was fetched anew, and still differs.`));
      this.#useCopy(new LocalCopy(this.#options.folder.path), false);
      return this.#finish(isGone);
    }
    await this.#copy.close();
    const anew = new LocalCopy(this.#options.folder.path, anewSuffix);
    await anew.remove();
    this.#useCopy(anew, true);
    return false;
  }

  /** The run's files are shorter there than here: all of what was received is kept, and they are fetched anew. */
  async #setAside(message: string): Promise<boolean> {
    await this.#copy.moveAside(`${receivedSuffix}-${this.#options.now()}`);
    if (!this.#isAnew) {
      const kept = `${this.#options.folder.path}, under names with ${receivedSuffix}`;
      this.#fault(new Error(`${message} What was received before is kept in ${kept}.`));
    }
    return false;
  }

  #useCopy(copy: LocalCopy, isAnew: boolean): void {
    this.#copy = copy;
    this.#isAnew = isAnew;
  }

  #contact(): void {
    this.#failures = 0;
    this.#missingSince = null;
    this.#told(null);
  }

  async #takeStatus(text: string): Promise<void> {
    this.#last = text;
    await this.#keepStatus(text, true);
  }

  async #keepStatus(sent: string, held: boolean): Promise<void> {
    const { status, text } = readSentStatus(sent, held);
    // Told first: what is known must not wait for a disk that is full.
    this.#tell(status, text.trimEnd());
    await replaceFile(this.#options.folder.path, 'status.json', text);
  }

  #tell(status: RunStatus, text: string): void {
    if (this.#closed || text === this.#toldStatus) return;
    this.#toldStatus = text;
    this.#options.events.onStatus(status);
  }

  async #waitAfterFault(error: unknown): Promise<void> {
    this.#fault(new Error(describeFault(error, this.#options.folder.path), { cause: error }));
    this.#faults += 1;
    await this.#rest(backOffAfter(this.#faults));
  }

  async #retry(message: string): Promise<void> {
    this.#failures += 1;
    const delay = backOffAfter(this.#failures);
    this.#told({ message, retryAt: this.#options.now() + delay });
    await this.#rest(delay);
    if (!this.#closed) this.#told({ message, retryAt: null });
  }

  #told(lost: { message: string; retryAt: number | null } | null): void {
    if (this.#closed || (lost === null && this.#lostSince === null)) return;
    if (lost === null) {
      this.#lostSince = null;
      return this.#options.events.onConnection(null);
    }
    this.#lostSince ??= this.#options.now();
    this.#options.events.onConnection({ since: this.#lostSince, ...lost });
  }

  #rest(milliseconds: number): Promise<void> {
    return this.#closed ? Promise.resolve() : this.#pause.wait(milliseconds);
  }

  /** Tells a fault once for as long as it lasts. */
  #fault(error: unknown): void {
    const text = errorText(error);
    if (this.#closed || text === this.#toldFault) return;
    this.#toldFault = text;
    this.#options.events.onFault(error);
  }
}

/** Milliseconds to wait after this many failures in a row. */
function backOffAfter(failures: number): number {
  return backOff[Math.min(failures, backOff.length) - 1] ?? 0;
}
