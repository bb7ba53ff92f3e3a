import type { SlotConfig } from '../shared/config/crates';
import type { RunId, SlotId } from '../shared/domain/ids';
import { isActive, type Run } from '../shared/domain/run';
import type { Session } from '../shared/domain/session';
import type { RelayService } from './relay/relay-service';
import { success, type Result } from '../shared/result';
import { findLeftRuns, readRunFolders, runsWithFolder } from './run/left-runs';
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

/**
 * What the database says of runs when the panel starts: the newest of each slot, and those that are not over. Some may
 * have begun while nothing could be written, or before the database was begun anew: their folders tell of those.
 */
interface KeptRuns {
  readonly newest: readonly Run[];
  readonly left: readonly Run[];
  readonly unrecorded: readonly Run[];
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
    if (kept.ok) return this.#takeUpKept(kept.value);
    const found = await this.#orNone(findLeftRuns(runsFolder));
    for (const run of found) show(run);
    await this.#takeUpAll(found);
    this.#late = this.#takeUpLate().catch((error: unknown) => unexpected('runs of before', error));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#late;
  }

  async #readKept(): Promise<Result<KeptRuns>> {
    const { store } = this.#options;
    const [newest, left] = await Promise.all([store.latestRunPerSlot(), store.runsNotOver()]);
    if (!newest.ok) return newest;
    if (!left.ok) return left;
    const { runsFolder } = this.#options;
    const runs = await this.#orNone(runsWithFolder(runsFolder));
    // One question for all of them, so that of thousands of folders only those are read that it does not know.
    const unknown = await store.ask('unknownRuns', { runs });
    if (!unknown.ok) return unknown;
    const found = await this.#orNone(readRunFolders(runsFolder, unknown.value));
    const unrecorded = found
      .filter((each) => !each.isOver || isNews(each.run, newest.value))
      .map(({ run }) => run);
    return success({ newest: newest.value, left: left.value, unrecorded });
  }

  /** Folders that cannot be read must not keep the panel, and what is recorded, from coming up. */
  async #orNone<Found>(found: Promise<Found[]>): Promise<Found[]> {
    try {
      return await found;
    } catch (error) {
      this.#options.unexpected('folders of runs', error);
      return [];
    }
  }

  /** The folders told what still runs; of what has ended meanwhile, the database tells when it can be read. */
  async #takeUpLate(): Promise<void> {
    const kept = await askUntilAnswered(() => this.#readKept(), this.#closing.signal);
    if (kept.ok) await this.#takeUpKept(kept.value);
  }

  async #takeUpKept({ newest, left, unrecorded }: KeptRuns): Promise<void> {
    const own = this.#own;
    this.#own = null;
    const isLeft = (run: Run): boolean => own?.has(run.id) !== true;
    for (const run of [...newest, ...unrecorded].filter(isLeft)) this.#options.show(run);
    await this.#takeUpAll([...left, ...unrecorded].filter(isLeft));
  }

  /**
   * The newest of each slot first: what the database says of one before it may be out of date, and must not hold the
   * slot. One that cannot be taken up must not keep the others, or the panel, from coming up.
   */
  async #takeUpAll(found: readonly Run[]): Promise<void> {
    const { unexpected } = this.#options;
    const slots = Map.groupBy(
      found.toSorted((a, b) => b.requestedAt - a.requestedAt),
      (run) => run.slot,
    );
    const takeUpSlot = async (runs: readonly Run[]): Promise<void> => {
      for (const run of runs) {
        await this.#takeUp(run).catch((error: unknown) => unexpected(`run ${run.id}`, error));
      }
    };
    await Promise.all([...slots.values()].map(takeUpSlot));
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

/**
 * Whether a run without a row that is over came after all that are recorded of its slot: it was started while nothing
 * could be written. Others are from before the database was begun anew.
 */
function isNews(run: Run, newest: readonly Run[]): boolean {
  const known = newest.find((each) => each.slot === run.slot);
  return known !== undefined && known.requestedAt < run.requestedAt;
}
