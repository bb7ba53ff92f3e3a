import type { SlotConfig } from '../shared/config/crates';
import type { RunId, SlotId } from '../shared/domain/ids';
import { isActive, type Run } from '../shared/domain/run';
import type { Session } from '../shared/domain/session';
import type { RelayService } from './relay/relay-service';
import { success, type Result } from '../shared/result';
import { findLeftRuns } from './run/left-runs';
import type { RunService } from './run/run-service';
import type { SessionService } from './session/session-service';
import { orphanSlot } from './state/orphan-slot';
import { askUntilAnswered } from './store/ask-until-answered';
import type { Store } from './store/store';

/** What taking up runs needs of the panel. */
export interface LeftRunsOptions {
  readonly runsFolder: string;
  readonly store: Store;
  readonly runs: Pick<RunService, 'reattach'>;
  readonly sessions: SessionService;
  readonly relay: Pick<RelayService, 'isFollowing'>;
  /** A slot as configured; null for one that no crate has any more. */
  readonly slot: (id: SlotId) => SlotConfig | null;
  /** Unix milliseconds now. */
  readonly now: () => number;
  readonly show: (run: Run) => void;
  readonly unexpected: (where: string, error: unknown) => void;
}

/** What the database says of runs when the panel starts: the newest of each slot, and those that are not over. */
interface KeptRuns {
  readonly newest: readonly Run[];
  readonly left: readonly Run[];
}

/** The runs that an earlier panel left: shown, and taken up where they are not over. */
export class LeftRuns {
  readonly #options: LeftRunsOptions;
  readonly #closing = new AbortController();
  /** Sessions that were read before their runs are taken up. */
  readonly #stored = new Map<RunId, Session | null>();
  readonly #restoring = new Map<RunId, Promise<boolean>>();
  /** Runs of this panel, for as long as the database has not said which others there are. */
  #own: Set<RunId> | null = new Set();
  #late: Promise<void> = Promise.resolve();

  constructor(options: LeftRunsOptions) {
    this.#options = options;
  }

  /** A run begins, so that it is not one that was left. */
  begins(run: RunId): void {
    this.#own?.add(run);
  }

  /**
   * Fills in what is kept of the session of a run that is being taken up: at once where it was read before, else when
   * the database has answered.
   */
  restoreSession(run: RunId): void {
    const { store, sessions, unexpected } = this.#options;
    const known = this.#stored.get(run);
    if (known !== undefined) return sessions.restore(run, known);
    const restoring = askUntilAnswered(() => store.readSession(run), this.#closing.signal).then((stored) => {
      if (stored.ok) sessions.restore(run, stored.value);
      return stored.ok;
    });
    this.#restoring.set(run, restoring);
    restoring.catch((error: unknown) => unexpected(`run ${run}`, error));
  }

  /** Answers when the session of a run has nothing to be filled in any more; false where that can never be. */
  async isRestored(run: RunId): Promise<boolean> {
    return (await this.#restoring.get(run)) ?? true;
  }

  /** Shows the newest run of each slot, and takes up those that were not over when an earlier panel ended. */
  async takeUp(): Promise<void> {
    const { show, runsFolder, unexpected } = this.#options;
    const kept = await this.#readKept();
    // A database that cannot be read, or that was begun anew, knows nothing of what may still be running.
    if (kept.ok && kept.value.newest.length > 0) return this.#takeUpKept(kept.value);
    const found = await findLeftRuns(runsFolder);
    for (const run of found) show(run);
    await this.#takeUpAll(found);
    if (kept.ok) this.#own = null;
    else this.#late = this.#takeUpLate().catch((error: unknown) => unexpected('runs of before', error));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#late;
  }

  async #readKept(): Promise<Result<KeptRuns>> {
    const { store } = this.#options;
    const [newest, left] = await Promise.all([store.latestRunPerSlot(), store.runsNotOver()]);
    if (!newest.ok) return newest;
    return left.ok ? success({ newest: newest.value, left: left.value }) : left;
  }

  /** The folders told what still runs; of what has ended meanwhile, the database tells when it can be read. */
  async #takeUpLate(): Promise<void> {
    const kept = await askUntilAnswered(() => this.#readKept(), this.#closing.signal);
    if (kept.ok) await this.#takeUpKept(kept.value);
  }

  async #takeUpKept({ newest, left }: KeptRuns): Promise<void> {
    const own = this.#own;
    this.#own = null;
    const isLeft = (run: Run): boolean => own?.has(run.id) !== true;
    for (const run of newest.filter(isLeft)) this.#options.show(run);
    await this.#takeUpAll(left.filter(isLeft));
  }

  /** One that cannot be taken up must not keep the others, or the panel, from coming up. */
  async #takeUpAll(found: readonly Run[]): Promise<void> {
    const takeUp = (run: Run): Promise<void> =>
      this.#takeUp(run).catch((error: unknown) => this.#options.unexpected(`run ${run.id}`, error));
    await Promise.all(found.map(takeUp));
  }

  async #takeUp(run: Run): Promise<void> {
    const { store, runs, sessions, relay, now } = this.#options;
    this.#own?.add(run.id);
    const slot = this.#options.slot(run.slot) ?? orphanSlot(run);
    // Its session is closed; what is left of it is its processes and what was not fetched.
    if (!isActive(run)) return runs.reattach(run, slot);
    const stored = await store.readSession(run.id);
    if (stored.ok) this.#stored.set(run.id, stored.value);
    await runs.reattach(run, slot);
    this.#stored.delete(run.id);
    if (relay.isFollowing(run.id)) return;
    const missing = 'The panel was away for a while; messages published meanwhile are not in this session.';
    sessions.note(run.id, missing, now(), 'warning');
  }
}
