import { join } from 'node:path';
import type { BarProgress } from '../../shared/domain/bar-progress';
import type { RunId } from '../../shared/domain/ids';
import type { LogWindow } from '../../shared/ipc/calls/log-calls';
import { loadIndex, sizeOf, type IndexedLog } from './index-file';
import { logFileNames } from './log-format';
import { LogError, type LogFailure } from './log-file';
import { LogFollower } from './log-follower';
import { LogReader } from './log-reader';

/** How much output a run has made. */
export interface LogProgress {
  readonly lines: number;
  readonly bytes: number;
}

export interface LogServiceOptions {
  /** A run that is followed has more output. Called for each piece read; whoever shows it decides how often. */
  readonly onGrowth: (run: RunId) => void;
  /** Reading a run's log fails; following goes on and tries again. */
  readonly onError: (run: RunId, error: LogFailure) => void;
  /** How many logs of ended runs stay open. */
  readonly openLimit?: number;
}

interface LiveLog {
  readonly follower: LogFollower;
  readonly reader: LogReader;
}

/** A log that can be read: where its lines are, and the lines. */
export interface LogInUse {
  readonly source: IndexedLog;
  readonly reader: LogReader;
}

/** An ended run's log in the list of open ones. `users` counts those who read it, during which it stays open. */
interface OpenLog {
  readonly log: Promise<LogInUse>;
  users: number;
  stale: boolean;
}

/** Follows the logs of runs that are under way, and reads windows of those and of ended runs. */
export class LogService {
  readonly #options: LogServiceOptions;
  readonly #openLimit: number;
  readonly #live = new Map<RunId, LiveLog>();
  /** In order of use, the latest last. */
  readonly #ended = new Map<RunId, OpenLog>();
  readonly #scanning = new Set<LogFollower>();
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: LogServiceOptions) {
    this.#options = options;
    this.#openLimit = options.openLimit ?? 16;
  }

  /** Follows a run whose output goes, or soon goes, to files in `folder`. A run that is followed already stays so. */
  follow(run: RunId, folder: string): void {
    this.#refuseClosed();
    if (this.#live.has(run)) return;
    const follower = new LogFollower({
      folder,
      onGrowth: () => this.#options.onGrowth(run),
      onError: (error) => this.#options.onError(run, error),
    });
    this.#live.set(run, { follower, reader: new LogReader(folder, follower) });
    follower.start();
  }

  /** A followed run's output has ended: reads the rest, saves the index, and answers how much there is in all. */
  async finish(run: RunId): Promise<LogProgress | null> {
    const live = this.#live.get(run);
    if (live === undefined) return this.progress(run);
    const { follower, reader } = live;
    await this.#track(follower.finish());
    if (this.#live.get(run) === live && !this.#closed) {
      this.#live.delete(run);
      const open: OpenLog = { log: Promise.resolve({ source: follower, reader }), users: 0, stale: false };
      const before = this.#ended.get(run);
      if (before !== undefined) await this.#discard(run, before);
      this.#ended.set(run, open);
      await this.#closeUnused(open);
    }
    return progressOf(follower.index);
  }

  /** How much output a followed run has made so far; null for a run that is not followed. */
  progress(run: RunId): LogProgress | null {
    const live = this.#live.get(run);
    return live === undefined ? null : progressOf(live.follower.index);
  }

  /** The newest progress bar that a followed run drew; null where there is none. */
  bar(run: RunId): BarProgress | null {
    return this.#live.get(run)?.follower.bar ?? null;
  }

  /**
   * Lines [first, first + count) of a run's log as far as they exist. The log of a run that is not followed is taken to
   * have ended. Throws `LogError` where the files cannot be read.
   */
  window(run: RunId, folder: string, first: number, count: number): Promise<LogWindow> {
    return this.use(run, folder, ({ reader }) => reader.readStyled(first, count));
  }

  /** Does something with a run's log, which stays open meanwhile. Throws `LogError` where the files cannot be read. */
  use<Value>(run: RunId, folder: string, work: (log: LogInUse) => Promise<Value>): Promise<Value> {
    this.#refuseClosed();
    const live = this.#live.get(run);
    return this.#track(
      live === undefined
        ? this.#useEnded(run, folder, work)
        : work({ source: live.follower, reader: live.reader }),
    );
  }

  /** Releases the files of a run that is over, which are about to be removed: open ones would go on taking up room. */
  async release(run: RunId): Promise<void> {
    const open = this.#ended.get(run);
    if (open !== undefined) await this.#discard(run, open);
  }

  /** Stops following and releases every file. */
  async close(): Promise<void> {
    this.#closed = true;
    const followers = [...this.#scanning, ...[...this.#live.values()].map(({ follower }) => follower)];
    await Promise.all(followers.map((follower) => follower.close()));
    await Promise.allSettled(this.#underWay);
    await Promise.all([...this.#live.values()].map(({ reader }) => reader.close()));
    await Promise.all([...this.#ended.values()].map(closeLog));
    this.#live.clear();
    this.#ended.clear();
  }

  async #useEnded<Value>(
    run: RunId,
    folder: string,
    work: (log: LogInUse) => Promise<Value>,
  ): Promise<Value> {
    const held = this.#ended.get(run);
    if (held !== undefined && !(await isCurrent(held, folder))) await this.#discard(run, held);
    const open = this.#ended.get(run) ?? this.#open(run, folder);
    this.#ended.delete(run);
    this.#ended.set(run, open);
    open.users += 1;
    try {
      return await work(await open.log);
    } catch (error) {
      this.#forget(run, open);
      throw error;
    } finally {
      open.users -= 1;
      await this.#closeUnused(open);
    }
  }

  #open(run: RunId, folder: string): OpenLog {
    const log = this.#openEnded(run, folder);
    return { log, users: 0, stale: false };
  }

  async #openEnded(run: RunId, folder: string): Promise<LogInUse> {
    const source = (await loadIndex(folder)) ?? (await this.#scan(run, folder));
    return { source, reader: new LogReader(folder, source) };
  }

  async #scan(run: RunId, folder: string): Promise<IndexedLog> {
    this.#refuseClosed();
    const unreadable: LogFailure[] = [];
    const follower = new LogFollower({
      folder,
      onGrowth: () => undefined,
      onError: (error) => {
        // The rest, an index that cannot be saved for one, leaves a log that can be shown.
        if (error.code === 'log-unreadable') unreadable.push(error);
        else this.#options.onError(run, error);
      },
    });
    this.#scanning.add(follower);
    try {
      await follower.finish();
    } finally {
      this.#scanning.delete(follower);
    }
    this.#refuseClosed();
    const [fault] = unreadable;
    if (fault !== undefined) throw new LogError(fault.code, fault.message);
    return follower;
  }

  /** Takes a log off the list; whoever still reads it closes it. */
  #forget(run: RunId, open: OpenLog): void {
    open.stale = true;
    if (this.#ended.get(run) === open) this.#ended.delete(run);
  }

  async #discard(run: RunId, open: OpenLog): Promise<void> {
    this.#forget(run, open);
    await this.#closeUnused(open);
  }

  async #closeUnused(used: OpenLog): Promise<void> {
    const unused: OpenLog[] = used.stale && used.users === 0 ? [used] : [];
    for (const [run, open] of this.#ended) {
      if (this.#ended.size <= this.#openLimit) break;
      if (open.users > 0) continue;
      this.#ended.delete(run);
      unused.push(open);
    }
    await Promise.all(unused.map(closeLog));
  }

  async #track<Value>(work: Promise<Value>): Promise<Value> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }

  #refuseClosed(): void {
    if (this.#closed) throw new Error('the log service was used after it was closed');
  }
}

function progressOf(index: IndexedLog['index']): LogProgress {
  return { lines: index.lines, bytes: index.bytes };
}

/** Whether an open log's file is still what was indexed: output may have come after the run was taken to have ended. */
async function isCurrent(open: OpenLog, folder: string): Promise<boolean> {
  const { source } = await open.log;
  return (await sizeOf(join(folder, logFileNames.log))) === source.index.bytes;
}

async function closeLog(open: OpenLog): Promise<void> {
  // A log that could not be opened has told so to whoever asked for it, and holds nothing.
  const opened = await open.log.catch(() => null);
  await opened?.reader.close();
}
