import { describeOutcome, type AbortStage, type Run, type RunOutcome } from '../../shared/domain/run';
import { failure, success, type Result } from '../../shared/result';
import { AbortDrive } from './abort-drive';
import type { AbortGrace } from './abort-ladder';
import { markGivenUp, type RunFolder, type RunRequest, type RunStatus } from './run-folder';
import type { RunFollower, Transport } from './transport';

/** What a run needs of the rest of the panel. */
export interface RunSurroundings {
  readonly transport: Transport;
  readonly grace: AbortGrace;
  /** How long after the script's end its messages may still come, in milliseconds. */
  readonly settleTime: number;
  /** Takes the messages that are there already; awaited before the run is done. */
  readonly takeMessages: (run: Run) => Promise<void>;
  readonly now: () => number;
  /** The run has changed: show it and keep it. */
  readonly onChange: (run: Run) => void;
  /** A line for the session's messages. */
  readonly onNote: (run: Run, text: string, from: 'panel' | 'warning') => void;
  /** Nothing of the run lives or is written any more. */
  readonly onOver: (run: Run) => void;
  /** Something unexpected, which the operator must see. */
  readonly onFault: (run: Run, error: unknown) => void;
}

/**
 * One run from start to end. It decides nothing about the script: what happened to that stands in the supervisor's
 * status, and this class carries it into the run's state. What an abort takes is with `AbortDrive`.
 */
export class ActiveRun {
  private follower: RunFollower | null = null;
  private exit: NonNullable<RunStatus['exit']> | null = null;
  private settling: NodeJS.Timeout | null = null;
  private outputEnded = false;
  private over = false;
  private closed = false;
  private readonly drive: AbortDrive;
  private readonly ended: Promise<void>;
  private resolveEnded: () => void = () => undefined;

  constructor(
    public run: Run,
    private readonly folder: RunFolder,
    private readonly around: RunSurroundings,
  ) {
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
    const { transport, grace, now } = around;
    this.drive = new AbortDrive({
      folder,
      transport,
      grace,
      now,
      current: () => this.run,
      update: (changes) => this.update(changes),
      note: (text, from) => this.note(text, from),
      onVerified: () => (this.run.phase === 'done' ? this.checkOver() : this.settle()),
      onFault: (error) => this.around.onFault(this.run, error),
    });
  }

  /** Resolves when the run's phase is `done`. */
  whenDone(): Promise<void> {
    return this.ended;
  }

  /** Starts the supervisor. The run's failure to start is its outcome, and also what the caller is told. */
  async start(request: RunRequest): Promise<Result<null>> {
    this.note('Status is now "starting".');
    const started = await this.around.transport.start(this.folder, request);
    if (!started.ok) {
      this.finish({ kind: 'not-started', code: started.error.code, message: started.error.message });
      return started;
    }
    // The panel closes: the run goes on, and the next panel takes it up.
    if (this.closed) return success(null);
    this.follow(started.value);
    this.takeStatus(started.value);
    return success(null);
  }

  /** An error that nobody expected ended the start: the slot must not stay held for it. */
  failStart(cause: string): void {
    if (this.run.phase === 'starting')
      this.finish({ kind: 'lost', message: `The panel failed to start the run: ${cause}.` });
  }

  /** Takes up a run that an earlier panel started, with what its status says now. */
  async reattach(found: Result<RunStatus | null>): Promise<void> {
    if (!found.ok) return this.takeLoss(`How the script ended is not known, as ${found.error.message}`);
    const status = found.value;
    if (status === null)
      return this.takeLoss('The panel ended before the script was started, or the folder of the run is gone');
    if (status.failure !== null && this.run.phase !== 'done') {
      return this.finish({ kind: 'not-started', code: status.failure.code, message: status.failure.message });
    }
    this.follow(status);
    this.takeStatus(status);
  }

  /** Ends a run that an operator gave up on while an earlier panel had it, which did not get to keep that. */
  takeGivenUp(): void {
    this.endGivenUp('An operator');
  }

  /** Starts the abort, or goes ahead to `stage`. A stage that was already passed changes nothing. */
  abort(stage: AbortStage): Promise<Result<null>> {
    return this.drive.abort(stage);
  }

  /**
   * Ends the run for this panel where the way to it is lost and may never be back. What becomes of the script is not
   * known then, and nothing that its supervisor says later is heard. `by` names who decided.
   */
  async giveUp(by: string): Promise<Result<null>> {
    const { phase, connection } = this.run;
    if (phase === 'done')
      return failure('run-over', 'This run is over: there is nothing left to give up on.');
    if (connection === null || phase === 'settling') {
      return failure('run-connected', 'The panel is in touch with this run: abort it instead.');
    }
    this.endGivenUp(by);
    try {
      await markGivenUp(this.folder, by, this.around.now());
    } catch (error) {
      // Only a panel that has lost its database would look for the mark.
      this.around.onFault(this.run, error);
    }
    return success(null);
  }

  /** Carries the log's growth into the run. */
  logGrew(lines: number, bytes: number): void {
    if (lines !== this.run.lines || bytes !== this.run.bytes) this.update({ lines, bytes });
  }

  /** Stops following. The run itself goes on. */
  async close(): Promise<void> {
    this.closed = true;
    this.holdSettling();
    const driven = this.drive.close();
    await this.follower?.close();
    await driven;
  }

  private follow(known: RunStatus): void {
    this.follower = this.around.transport.follow(this.folder, known, {
      onStatus: (status) => this.takeStatus(status),
      onSupervisorGone: () => {
        const what = 'The supervisor of this run is gone, so how the script ended is not known';
        this.takeLoss(what).catch((error: unknown) => this.around.onFault(this.run, error));
      },
      onConnection: (connection) => {
        if (!this.closed) this.update({ connection });
      },
      onFault: (error) => this.around.onFault(this.run, error),
    });
  }

  private endGivenUp(by: string): void {
    // What a probe found before is not known any more, and must not keep the run from being over.
    this.update({ survivors: [] });
    if (this.run.phase === 'done') return this.checkOver();
    const message = `${by} gave up on this run while the connection to it was lost. The script may go on running there.`;
    this.finish({ kind: 'lost', message });
  }

  private takeStatus(status: RunStatus): void {
    if (this.closed) return;
    const problems = status.problems.map((problem) => problem.message);
    // Of survivors the status speaks only after the exit; what a probe found before that stays.
    const survivors = status.exit === null ? this.run.survivors : status.survivors;
    const changes: Partial<Run> = { survivors, problems };
    if (status.startedAt !== null) changes.startedAt = status.startedAt * 1000;
    if (status.script !== null && this.run.phase === 'starting') {
      this.update({ ...changes, phase: 'running' });
      this.note('Status is now "running".');
      this.drive.takeStart();
    } else {
      this.update(changes);
    }
    this.outputEnded ||= status.outputEnded;
    this.checkOver();
    if (status.exit === null || this.exit !== null) return;
    this.exit = status.exit;
    this.update({ endedAt: status.exit.at * 1000 });
    if (this.run.phase === 'stopping') this.drive.takeExit();
    else this.settle();
  }

  /**
   * There is no supervisor that would say more: what lives of the run is looked up, and where the script's end was not
   * told it is lost. `what` says how it came to that.
   */
  private async takeLoss(what: string): Promise<void> {
    this.drive.loseSupervisor();
    this.outputEnded = true;
    const probe = await this.around.transport.probe(this.folder);
    if (this.closed) return;
    const survivors = probe.ok ? [...probe.value.processes] : [];
    this.update({ survivors });
    if (this.run.phase === 'stopping') return this.drive.verifyNow();
    if (this.run.phase === 'settling') return;
    if (this.run.phase === 'done') return this.endOrWatch();
    const known = !probe.ok
      ? 'whether its processes live is not known'
      : survivors.length === 0
        ? 'none of its processes lives'
        : `${survivors.length} of its processes still live`;
    this.finish({ kind: 'lost', message: `${what}; ${known}.` });
  }

  private settle(): void {
    if (this.run.phase === 'settling' || this.run.phase === 'done') return;
    const outcome = this.outcome();
    this.note(describeOutcome(outcome));
    this.update({ phase: 'settling' });
    this.settling = setTimeout(() => {
      this.around
        .takeMessages(this.run)
        .catch((error: unknown) => this.around.onFault(this.run, error))
        .finally(() => {
          if (!this.closed) this.finish(outcome);
        });
    }, this.around.settleTime);
  }

  private outcome(): RunOutcome {
    const stage = this.run.abort?.stage;
    const { code, signal } = this.exit ?? { code: null, signal: null };
    if (stage !== undefined) return { kind: 'aborted', stage, code, signal };
    if (code !== null) return { kind: 'exited', code };
    if (signal !== null) return { kind: 'signalled', signal };
    return { kind: 'lost', message: 'The script has ended; how is not known.' };
  }

  private finish(outcome: RunOutcome): void {
    this.holdSettling();
    this.drive.reset();
    if (outcome.kind === 'not-started' || outcome.kind === 'lost') this.note(outcome.message, 'warning');
    this.update({
      phase: 'done',
      outcome,
      abort: null,
      connection: null,
      endedAt: this.run.endedAt ?? this.around.now(),
    });
    this.note('Status is now "done".');
    this.resolveEnded();
    this.endOrWatch();
  }

  private endOrWatch(): void {
    this.checkOver();
    this.drive.watchLeftovers();
  }

  private checkOver(): void {
    const { phase, survivors, outcome } = this.run;
    if (this.over || phase !== 'done' || survivors.length > 0) return;
    if (!this.outputEnded && outcome?.kind !== 'not-started' && outcome?.kind !== 'lost') return;
    this.over = true;
    this.around.onOver(this.run);
  }

  private update(changes: Partial<Run>): void {
    this.run = { ...this.run, ...changes };
    this.around.onChange(this.run);
  }

  private note(text: string, from: 'panel' | 'warning' = 'panel'): void {
    this.around.onNote(this.run, text, from);
  }

  private holdSettling(): void {
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = null;
  }
}
