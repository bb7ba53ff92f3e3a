import type { RunId } from '../../shared/domain/ids';
import type { LogFindStatus, LogMarks, LogMatch, LogLook } from '../../shared/domain/log-find';
import type { LogWindow } from '../../shared/ipc/calls/log-calls';
import type { Result } from '../../shared/result';
import type { StepFrom } from './log-searcher';
import type { LogService } from './log-service';
import { SearchSession, type SearchOptions } from './search-session';

/** More logs than a window looks at; beyond them the look that was set longest ago is forgotten. */
const mostLooks = 100;

/** Searches and filters logs. One log at a time has a thread for it: the one that was asked about last. */
export class LogSearches {
  readonly #logs: LogService;
  readonly #options: SearchOptions;
  #session: SearchSession | null = null;
  #nextId = 1;
  /** How each log was last looked at: a thread that is begun anew must not show what a filter leaves out. */
  readonly #looks = new Map<RunId, LogLook>();
  readonly #closing = new Set<Promise<void>>();
  #closed = false;

  constructor(logs: LogService, options: SearchOptions) {
    this.#logs = logs;
    this.#options = options;
  }

  /** Looks at a run's log in this way, and tells what is known so far: to be asked again until it is complete. */
  find(run: RunId, folder: string, view: LogLook): Promise<Result<LogFindStatus>> {
    this.#remember(run, view);
    return this.#with(run, folder, (session) => session.find(view));
  }

  /** Lines of those that show under the view that was asked for last. */
  rows(run: RunId, folder: string, first: number, count: number): Promise<Result<LogWindow>> {
    return this.#with(run, folder, (session) => session.ask('rows', { first, count }));
  }

  /** Numbers of the lines that show as rows [first, first + count). */
  lineNumbers(run: RunId, folder: string, first: number, count: number): Promise<Result<number[]>> {
    return this.#with(run, folder, (session) => session.ask('lineNumbers', { first, count }));
  }

  /** The row of a line, or of the next one that shows. */
  rowOf(run: RunId, folder: string, line: number): Promise<Result<number>> {
    return this.#with(run, folder, (session) => session.ask('rowOf', { line }));
  }

  /** Where the query is found in rows. */
  marks(run: RunId, folder: string, first: number, count: number): Promise<Result<LogMarks[]>> {
    return this.#with(run, folder, (session) => session.ask('marks', { first, count }));
  }

  /** The next or previous match. */
  step(run: RunId, folder: string, from: StepFrom): Promise<Result<LogMatch | null>> {
    return this.#with(run, folder, (session) => session.ask('step', from));
  }

  /** Nobody looks at this run's search any more. */
  end(run: RunId): void {
    this.#looks.delete(run);
    if (this.#session?.run === run) this.#drop();
  }

  /** Ends what is looked for in this run's log, and resolves when its files are not open any more. */
  async release(run: RunId): Promise<void> {
    this.end(run);
    await Promise.all(this.#closing);
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#drop();
    await Promise.all(this.#closing);
  }

  #with<Value>(run: RunId, folder: string, work: (session: SearchSession) => Promise<Value>): Promise<Value> {
    return this.#logs.use(run, folder, async ({ source }) => {
      if (this.#closed) throw new Error('a log was searched after the searches were closed');
      if (this.#session?.isOf(run, source) !== true) {
        this.#drop();
        this.#session = new SearchSession(run, folder, source, this.#nextId, this.#options);
        const look = this.#looks.get(run);
        if (look !== undefined) this.#session.look(look);
      }
      return work(this.#session);
    });
  }

  #remember(run: RunId, look: LogLook): void {
    this.#looks.delete(run);
    this.#looks.set(run, look);
    const [oldest] = this.#looks.keys();
    if (this.#looks.size > mostLooks && oldest !== undefined) this.#looks.delete(oldest);
  }

  #drop(): void {
    const session = this.#session;
    this.#session = null;
    if (session === null) return;
    this.#nextId = session.id + 1;
    const closing = session.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
