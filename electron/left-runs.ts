import type { SlotConfig } from '../shared/config/crates';
import type { RunId, SlotId } from '../shared/domain/ids';
import { isActive, type Run } from '../shared/domain/run';
import type { Session } from '../shared/domain/session';
import type { RelayService } from './relay/relay-service';
import { findLeftRuns } from './run/left-runs';
import type { RunService } from './run/run-service';
import type { SessionService } from './session/session-service';
import { orphanSlot } from './state/orphan-slot';
import type { Store } from './store/store';

/** What taking up runs needs of the panel. */
export interface LeftRunsOptions {
  readonly runsFolder: string;
  readonly store: Store;
  readonly runs: RunService;
  readonly sessions: SessionService;
  readonly relay: RelayService;
  /** A slot as configured; null for one that no crate has any more. */
  readonly slot: (id: SlotId) => SlotConfig | null;
  /** Unix milliseconds now. */
  readonly now: () => number;
  readonly show: (run: Run) => void;
  readonly unexpected: (where: string, error: unknown) => void;
}

/** The runs that an earlier panel left: shown, and taken up where they are not over. */
export class LeftRuns {
  readonly #options: LeftRunsOptions;
  /** Sessions of runs that an earlier panel started, read before the runs are taken up. */
  readonly #sessions = new Map<RunId, Session>();

  constructor(options: LeftRunsOptions) {
    this.#options = options;
  }

  /** What was kept of the session of a run that is being taken up; null for any other. */
  storedSession(run: RunId): Session | null {
    return this.#sessions.get(run) ?? null;
  }

  /** Shows the newest run of each slot, and takes up those that were not over when an earlier panel ended. */
  async takeUp(): Promise<void> {
    const { store, show, runsFolder, unexpected } = this.#options;
    const [newest, left] = await Promise.all([store.latestRunPerSlot(), store.runsNotOver()]);
    for (const run of newest.ok ? newest.value : []) show(run);
    // A database that cannot be read, or that was begun anew, knows nothing of what may still be running.
    const isBlank = !left.ok || !newest.ok || newest.value.length === 0;
    const runs = isBlank ? await findLeftRuns(runsFolder) : left.value;
    for (const run of isBlank ? runs : []) show(run);
    // One that cannot be taken up must not keep the others, or the panel, from coming up.
    const takeUp = (run: Run): Promise<void> =>
      this.#takeUp(run).catch((error: unknown) => unexpected(`run ${run.id}`, error));
    await Promise.all(runs.map(takeUp));
  }

  async #takeUp(run: Run): Promise<void> {
    const { store, runs, sessions, relay, now } = this.#options;
    const slot = this.#options.slot(run.slot) ?? orphanSlot(run);
    // Its session is closed; only its processes are left to be watched.
    if (!isActive(run)) return runs.reattach(run, slot);
    const stored = await store.readSession(run.id);
    if (stored.ok && stored.value !== null) this.#sessions.set(run.id, stored.value);
    await runs.reattach(run, slot);
    this.#sessions.delete(run.id);
    if (relay.isFollowing(run.id)) return;
    const missing = 'The panel was away for a while; messages published meanwhile are not in this session.';
    sessions.note(run.id, missing, now(), 'warning');
  }
}
