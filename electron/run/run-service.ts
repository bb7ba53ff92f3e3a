import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeRunId, type RunId, type SlotId } from '../../shared/domain/ids';
import { isActive, scriptName, type AbortStage, type LogMode, type Run } from '../../shared/domain/run';
import type { SlotConfig, TransportConfig } from '../../shared/config/crates';
import { failure, success, type Result } from '../../shared/result';
import { ActiveRun } from './active-run';
import { runEnvironment } from './environment';
import {
  isGivenUp,
  prepareRunFolder,
  readRunStatus,
  readStartedWith,
  type RunFolder,
  type RunRequest,
} from './run-folder';
import type { Transport } from './transport';
import { errorText } from '../../shared/error-text';

/** Late datagrams belong to the run for this long after its end, as in the reference controller. Milliseconds. */
const settleTime = 1000;
/** The supervisor keeps the relay open for as long, and what it recorded has to come here. Milliseconds. */
const relayedSettleTime = 2000;

/** What the operator wants to run. */
export interface RunIntent {
  readonly script: string;
  readonly args: readonly string[];
  readonly log: LogMode;
  readonly task: string | null;
  /** The run's id, where it had to be known before the start: see `newRunId`. */
  readonly id?: RunId;
}

/** What the runs need of the rest of the panel; `app.ts` wires it. */
export interface RunServiceOptions {
  /** The folder that holds one folder per run. */
  readonly runsFolder: string;
  readonly transportOf: (transport: TransportConfig) => Transport;
  /** The port on which the listener really listens. */
  readonly listenerPort: () => number;
  readonly now: () => number;
  /** Keeps the run; resolves when it is on disk. A run is recorded before it starts. */
  readonly persist: (run: Run) => Promise<void>;
  /** The run has begun, before anything can be published by it. */
  readonly onBegin: (run: Run, folder: RunFolder, isRelayed: boolean) => void;
  /** A run of an earlier panel is being taken up: active still, or done with something left of it. */
  readonly onTakeUp: (run: Run, folder: RunFolder, isRelayed: boolean) => void;
  /** Takes the relayed messages of a run that are here already, as far as they can be kept now. */
  readonly takeMessages: (run: Run) => Promise<void>;
  readonly onChange: (run: Run) => void;
  readonly onNote: (run: Run, text: string, from: 'panel' | 'warning') => void;
  readonly onOver: (run: Run) => void;
  readonly onFault: (run: Run, error: unknown) => void;
}

/** All runs that live: one at a time per slot, plus those whose processes outlived their script. */
export class RunService {
  private readonly held = new Map<SlotId, ActiveRun>();
  private readonly tracked = new Map<RunId, ActiveRun>();
  private readonly closing = new Set<Promise<void>>();

  constructor(private readonly options: RunServiceOptions) {}

  /** The slot's active run; null when the slot is free. */
  activeRun(slot: SlotId): Run | null {
    return this.held.get(slot)?.run ?? null;
  }

  /** A run that is active or still has processes; null for one that is over. */
  find(run: RunId): Run | null {
    return this.tracked.get(run)?.run ?? null;
  }

  /** Every active run, oldest first. */
  activeRuns(): Run[] {
    return [...this.held.values()]
      .map((active) => active.run)
      .toSorted((a, b) => a.requestedAt - b.requestedAt);
  }

  /** Starts a script on a slot. Refused when the slot is busy; answers once the script runs, or why it does not. */
  async start(slot: SlotConfig, intent: RunIntent): Promise<Result<RunId>> {
    const busy = this.held.get(slot.id);
    if (busy !== undefined) return refuseBusy(busy.run, intent);
    const now = this.options.now();
    const run = newRun(slot, intent, now);
    const folder: RunFolder = { run: run.id, path: this.folderOf(run.id) };
    const active = this.take(run, slot, slot.transport, folder, slot.relay !== null);
    const request = makeRequest(run, slot, this.options.listenerPort());
    try {
      await prepareRunFolder(folder, request, slot.transport, run);
      await this.options.persist(run);
    } catch (error) {
      this.release(active);
      const cause = errorText(error);
      return failure(
        'run-folder',
        `The run cannot be recorded in ${folder.path}: ${cause}. Nothing was started.`,
      );
    }
    try {
      this.options.onBegin(run, folder, slot.relay !== null);
      const started = await active.start(request);
      return started.ok ? success(run.id) : started;
    } catch (error) {
      active.failStart(errorText(error));
      throw error;
    }
  }

  /**
   * Takes up a run that an earlier panel started and that was not over when it ended: active still, or done with
   * processes that outlived their script or output that was not all fetched. It is reached the way it was started. One
   * that an operator gave up on is over, as its folder says where the earlier panel did not get to keep it.
   */
  async reattach(run: Run, slot: SlotConfig): Promise<void> {
    const folder: RunFolder = { run: run.id, path: this.folderOf(run.id) };
    const startedWith = await readStartedWith(folder);
    const found = await readRunStatus(folder);
    const givenUp = await this.wasGivenUp(run, folder);
    const hasEnded = found.ok && found.value !== null && found.value.exit !== null;
    const taken = takenUp(run, hasEnded);
    const isRelayed = startedWith?.isRelayed ?? false;
    const active = this.take(taken, slot, startedWith?.transport ?? slot.transport, folder, isRelayed);
    this.options.onTakeUp(taken, folder, isRelayed);
    // Its machine may never answer again, so that following it would hold its slot for ever.
    if (givenUp) active.takeGivenUp();
    else await active.reattach(found);
  }

  /** Starts an abort, or goes ahead to a stage. */
  async abort(run: RunId, stage: AbortStage): Promise<Result<null>> {
    const active = this.tracked.get(run);
    if (active === undefined) return failure('run-over', 'This run is over: there is nothing left to abort.');
    return active.abort(stage);
  }

  /** Lets the slot of a run go whose machine is out of reach: see `ActiveRun.giveUp`. */
  async giveUp(run: RunId, by: string): Promise<Result<null>> {
    const active = this.tracked.get(run);
    if (active === undefined)
      return failure('run-over', 'This run is over: there is nothing left to give up on.');
    return active.giveUp(by);
  }

  /** Aborts every active run and waits until each is over. */
  async abortAll(): Promise<void> {
    const runs = [...this.held.values()];
    await Promise.all(
      runs.map(async (active) => {
        await active.abort('interrupt');
        await active.whenDone();
      }),
    );
  }

  /** Carries the growth of a run's log into the run. */
  logGrew(run: RunId, lines: number, bytes: number): void {
    this.tracked.get(run)?.logGrew(lines, bytes);
  }

  /** The folder that holds one folder per run. */
  get folder(): string {
    return this.options.runsFolder;
  }

  /** The folder of a run. */
  folderOf(run: RunId): string {
    return join(this.options.runsFolder, run);
  }

  /** Stops following. Runs that are active go on under their supervisors. */
  async close(): Promise<void> {
    await Promise.all([...[...this.tracked.values()].map((active) => active.close()), ...this.closing]);
  }

  private take(
    run: Run,
    slot: SlotConfig,
    transport: TransportConfig,
    folder: RunFolder,
    isRelayed: boolean,
  ): ActiveRun {
    const { options } = this;
    const active = new ActiveRun(run, folder, {
      transport: options.transportOf(transport),
      grace: slot.abort,
      settleTime: isRelayed ? relayedSettleTime : settleTime,
      takeMessages: options.takeMessages,
      now: options.now,
      onChange: (changed) => {
        if (!isActive(changed) && this.held.get(slot.id) === active) this.held.delete(slot.id);
        options.onChange(changed);
      },
      onNote: options.onNote,
      onOver: (over) => {
        options.onOver(over);
        this.release(active);
      },
      onFault: options.onFault,
    });
    // A run that is done is here for what is left of it and does not hold the slot; nor does one that was found late.
    if (isActive(run) && !this.held.has(slot.id)) this.held.set(slot.id, active);
    this.tracked.set(run.id, active);
    return active;
  }

  private async wasGivenUp(run: Run, folder: RunFolder): Promise<boolean> {
    try {
      return await isGivenUp(folder);
    } catch (error) {
      // The run is taken up all the same, and can be given up on again.
      this.options.onFault(run, error);
      return false;
    }
  }

  private release(active: ActiveRun): void {
    const { slot, id } = active.run;
    if (this.held.get(slot) === active) this.held.delete(slot);
    this.tracked.delete(id);
    const closed = active.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}

/** The reference controller's two refusals: the same operation again, or another one's script. */
function refuseBusy(current: Run, intent: RunIntent): Result<RunId> {
  const operation = intent.task ?? 'run';
  return operation === (current.task ?? 'run')
    ? failure('slot-busy', `Operation "${operation}" already in progress.`)
    : failure(
        'slot-busy',
        `The requested script cannot be run because script ${scriptName(current.script)} is already running`,
      );
}

function makeRequest(run: Run, slot: SlotConfig, listenerPort: number): RunRequest {
  const { transport, relay } = slot;
  // Elsewhere the supervisor finds the user's home folder; it is not this machine's.
  const home = transport.kind === 'local' ? homedir() : '~';
  return {
    id: run.id,
    argv: [transport.python, '-u', run.script, ...run.args],
    script: run.script,
    cwd: transport.cwd ?? home,
    env: runEnvironment(slot, listenerPort),
    log: run.log,
    relay:
      relay === null
        ? null
        : { forward: relay.forward === null ? null : [relay.forward.host, relay.forward.port] },
  };
}

/** A run as the earlier panel left it, in a phase from which it goes on. */
function takenUp(run: Run, hasEnded: boolean): Run {
  // The second of settling ran out, or not, with the earlier panel; and how far an abort had come died with it, so that
  // the operator decides again. Only where the script has ended meanwhile, the abort is still what ended it.
  const phase = run.phase === 'stopping' || run.phase === 'settling' ? 'running' : run.phase;
  return { ...run, phase, abort: hasEnded && phase !== 'done' ? run.abort : null };
}

/** An id for a run that starts now (Unix milliseconds). */
export function newRunId(now: number): RunId {
  const random = randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0');
  return makeRunId(now, random);
}

function newRun(slot: SlotConfig, intent: RunIntent, now: number): Run {
  return {
    id: intent.id ?? newRunId(now),
    slot: slot.id,
    crate: slot.crate,
    task: intent.task,
    script: intent.script,
    args: [...intent.args],
    log: intent.log,
    phase: 'starting',
    requestedAt: now,
    startedAt: null,
    endedAt: null,
    outcome: null,
    abort: null,
    connection: null,
    survivors: [],
    problems: [],
    lines: 0,
    bytes: 0,
  };
}
