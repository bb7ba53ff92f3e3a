import { rm } from 'node:fs/promises';
import { fileCause } from '../files/file-errors';
import { limitsRuns, type RunRetention } from '../../shared/domain/history';
import type { RunId } from '../../shared/domain/ids';
import type { RetentionPass, RetentionPreview } from '../../shared/ipc/calls/retention-calls';
import { failure, success, type Result } from '../../shared/result';
import { folderSize } from '../files/folder-size';
import type { KeptRun } from '../store/records';
import type { Store } from '../store/store';
import { planRetention, type RetentionPlan } from './plan-retention';

/** What retention needs of the rest of the panel. */
export interface RetentionServiceOptions {
  readonly store: Pick<Store, 'ask'>;
  readonly folderOf: (run: RunId) => string;
  /** The runs whose folders are there and that are none of these. */
  readonly strays: (known: ReadonlySet<RunId>) => Promise<KeptRun[]>;
  /** Closes what is open of a run's folder. */
  readonly release: (run: RunId) => Promise<void>;
  /** What removes the folders that runs have on other machines; made anew for each pass. */
  readonly elsewhere: () => { remove(run: RunId): Promise<'removed' | 'left'> };
  /** Whether a run is active or still has processes, by the panel's own knowledge. */
  readonly isAlive: (run: RunId) => boolean;
  readonly now: () => number;
  /** The limits were changed, and these runs go soon because of it. */
  readonly onPending: (preview: RetentionPreview, minutes: number) => void;
  /** A pass has removed something, or has failed. */
  readonly onPass: (pass: RetentionPass) => void;
  readonly onFault: (error: unknown) => void;
}

/** Milliseconds: after a start or another configuration there is time to change one's mind; then it is looked hourly. */
export const firstPassAfter = 10 * 60_000;
const passEvery = 60 * 60_000;
/** Runs removed before others get their turn, and folders measured at once. */
const removedPerStep = 20;
const measuredAtOnce = 16;
const pageSize = 2000;

/** What a retention would do: `strays` are runs that have a folder, and no row. */
interface Planned {
  readonly plan: RetentionPlan;
  readonly ofRuns: number;
  readonly strays: ReadonlySet<RunId>;
}

type Removed = Omit<RetentionPass, 'at'>;
const nothing: Readonly<Removed> = { runs: 0, bytes: 0, leftElsewhere: 0, problem: null };

/** Keeps the history within the limits that are configured. A run's folder goes first, then its row. */
export class RetentionService {
  readonly #options: RetentionServiceOptions;
  /** Sizes of the folders of runs that are over; those do not grow any more. */
  readonly #sizes = new Map<RunId, number>();
  #keep: RunRetention | null = null;
  #last: RetentionPass | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pass: Promise<Result<RetentionPass>> | null = null;
  #isClosed = false;

  constructor(options: RetentionServiceOptions) {
    this.#options = options;
  }

  /** The last pass that removed something or failed. */
  get last(): RetentionPass | null {
    return this.#last;
  }

  /** Sets the limits in force. Nothing goes for some minutes after a change. */
  configure(keep: RunRetention): void {
    // The same limits again, as with every other change of the file: a pass under way goes on.
    if (JSON.stringify(this.#keep) === JSON.stringify(keep)) return;
    this.#keep = keep;
    this.#schedule(firstPassAfter);
    // Also at the start: the file may have been edited while no panel ran.
    if (limitsRuns(keep)) this.#announce(keep).catch(this.#options.onFault);
  }

  /** What these limits would remove now. */
  async preview(keep: RunRetention): Promise<Result<RetentionPreview>> {
    const planned = await this.#plan(keep);
    if (!planned.ok) return planned;
    const { plan, ofRuns } = planned.value;
    const sizes = await this.#measure(plan.remove.map((run) => run.id));
    const found = sizes.filter((size) => size !== null);
    return success({
      runs: plan.remove.length,
      ofRuns,
      folders: found.length,
      bytes: found.reduce((sum, size) => sum + size, 0),
      oldestKept: plan.oldestKept,
      keptAlive: plan.keptAlive,
      keptNewest: plan.keptNewest,
      keptMarked: plan.keptMarked,
    });
  }

  /** Removes now what is beyond the limits in force. One pass at a time: a second caller gets the first one's. */
  apply(): Promise<Result<RetentionPass>> {
    this.#pass ??= this.#removeAll().finally(() => {
      this.#pass = null;
    });
    return this.#pass;
  }

  /** Stops after the run that is being removed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#pass;
  }

  /** The file may have been changed by hand, where no form has shown what would go. */
  async #announce(keep: RunRetention): Promise<void> {
    const preview = await this.preview(keep);
    if (!preview.ok || preview.value.runs === 0 || this.#keep !== keep || this.#isClosed) return;
    this.#options.onPending(preview.value, firstPassAfter / 60_000);
  }

  #schedule(after: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const keep = this.#keep;
    if (this.#isClosed || keep === null || !limitsRuns(keep)) return;
    this.#timer = setTimeout(() => {
      this.apply()
        .catch(this.#options.onFault)
        .finally(() => {
          // Limits that were changed meanwhile have a time of their own, which was told.
          if (this.#keep === keep) this.#schedule(passEvery);
        });
    }, after);
  }

  async #plan(keep: RunRetention): Promise<Result<Planned>> {
    const recorded = await this.#keptRuns();
    if (!recorded.ok) return recorded;
    const strays = await this.#strays(new Set(recorded.value.map((run) => run.id)));
    const kept = [...recorded.value, ...strays].toSorted((a, b) => b.requestedAt - a.requestedAt);
    const sizes = new Map<RunId, number>();
    if (keep.gigabytes !== null) {
      const ids = kept.map((run) => run.id);
      const measured = await this.#measure(ids);
      for (const [index, id] of ids.entries()) sizes.set(id, measured[index] ?? 0);
    }
    const { now, isAlive } = this.#options;
    const plan = planRetention(kept, keep, now(), (run) => sizes.get(run) ?? 0, isAlive);
    return success({ plan, ofRuns: kept.length, strays: new Set(strays.map((run) => run.id)) });
  }

  /** Folders that cannot be listed must not keep what is recorded from going: that is told. */
  async #strays(known: ReadonlySet<RunId>): Promise<KeptRun[]> {
    try {
      return await this.#options.strays(known);
    } catch (error) {
      this.#options.onFault(error);
      return [];
    }
  }

  /** Every run that is kept, newest first; read in pages, so that no answer holds main or the database for long. */
  async #keptRuns(): Promise<Result<KeptRun[]>> {
    const all: KeptRun[] = [];
    for (;;) {
      const page = await this.#options.store.ask('keptRuns', {
        before: all.at(-1)?.id ?? null,
        limit: pageSize,
      });
      if (!page.ok) return page;
      all.push(...page.value);
      if (page.value.length < pageSize) return success(all);
    }
  }

  /** The sizes of these runs' folders in bytes, some at a time; null for one that is gone. */
  async #measure(runs: readonly RunId[]): Promise<(number | null)[]> {
    const sizes: (number | null)[] = [];
    for (let at = 0; at < runs.length; at += measuredAtOnce) {
      sizes.push(...(await Promise.all(runs.slice(at, at + measuredAtOnce).map((run) => this.#sizeOf(run)))));
    }
    return sizes;
  }

  async #sizeOf(run: RunId): Promise<number | null> {
    const known = this.#sizes.get(run);
    if (known !== undefined) return known;
    const size = await this.#readSize(run);
    if (size !== null && !this.#options.isAlive(run)) this.#sizes.set(run, size);
    return size;
  }

  /** One folder that cannot be read must not keep all the others: it is told, and counts as nothing. */
  async #readSize(run: RunId): Promise<number | null> {
    try {
      return await folderSize(this.#options.folderOf(run));
    } catch (error) {
      this.#options.onFault(error);
      return null;
    }
  }

  async #removeAll(): Promise<Result<RetentionPass>> {
    const keep = this.#keep;
    if (keep === null) return failure('retention-unknown', 'The configuration has not been read yet.');
    const planned = await this.#plan(keep);
    if (!planned.ok) return this.#passed({ ...nothing, problem: planned.error.message });
    return this.#passed(await this.#removeEach(keep, planned.value));
  }

  async #removeEach(keep: RunRetention, { plan, strays }: Planned): Promise<Removed> {
    const elsewhere = this.#options.elsewhere();
    const done: Removed = { ...nothing };
    for (const [index, { id }] of plan.remove.entries()) {
      // Limits that were changed meanwhile may keep what these would remove.
      if (this.#isClosed || this.#keep !== keep) break;
      if (this.#options.isAlive(id)) continue;
      // Where a folder is elsewhere stands in the one here.
      const isLeft = (await elsewhere.remove(id)) === 'left';
      const removed = await this.#remove(id, strays.has(id));
      if (removed.ok) {
        if (removed.value.isGone) done.runs += 1;
        if (removed.value.isGone && isLeft) done.leftElsewhere += 1;
        done.bytes += removed.value.bytes;
      } else done.problem ??= removed.error.message;
      if (index % removedPerStep === removedPerStep - 1) await nextTurn();
    }
    return done;
  }

  /**
   * Answers the bytes that were freed, and whether nothing is left of the run. After a crash between folder and row the
   * row leads here again.
   */
  async #remove(run: RunId, isStray: boolean): Promise<Result<{ bytes: number; isGone: boolean }>> {
    const { store, folderOf, release, isAlive } = this.#options;
    // The way to another machine took its time.
    if (isAlive(run)) return success({ bytes: 0, isGone: false });
    const folder = folderOf(run);
    try {
      const bytes = (await this.#sizeOf(run)) ?? 0;
      await release(run);
      await rm(folder, { recursive: true, force: true });
      this.#sizes.delete(run);
      if (isStray) return success({ bytes, isGone: true });
      const removed = await store.ask('removeRun', { run });
      return removed.ok ? success({ bytes, isGone: removed.value }) : removed;
    } catch (error) {
      return failure('retention-failed', `The folder ${folder} cannot be removed: ${fileCause(error)}.`);
    }
  }

  #passed(done: Removed): Result<RetentionPass> {
    const pass = { at: this.#options.now(), ...done };
    if (done.runs > 0 || done.problem !== null) {
      this.#last = pass;
      this.#options.onPass(pass);
    }
    return success(pass);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
