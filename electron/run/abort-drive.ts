import { abortSignal, type AbortStage, type Run } from '../../shared/domain/run';
import { success, type Result } from '../../shared/result';
import { isFurther, nextStage, stageProgress, stageSignal, type AbortGrace } from './abort-ladder';
import type { RunFolder } from './run-folder';
import type { Transport } from './transport';

/** How often an abort looks whether any process of the run still lives. Milliseconds. */
const verifyEvery = 250;
/** How often it is looked whether processes without a supervisor still live. Milliseconds. */
const leftoversEvery = 5000;

/** What the drive sees of its run, and what it may do to it. */
export interface DrivenRun {
  readonly folder: RunFolder;
  readonly transport: Pick<Transport, 'signal' | 'probe'>;
  readonly grace: AbortGrace;
  readonly now: () => number;
  /** The run as it is now. */
  readonly current: () => Run;
  readonly update: (changes: Partial<Pick<Run, 'abort' | 'phase' | 'survivors' | 'problems'>>) => void;
  readonly note: (text: string, from: 'panel' | 'warning') => void;
  /** It is verified that no process of the run lives. */
  readonly onVerified: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Takes the processes of one run to their end: climbs the stages of an abort, each after the grace of the one before,
 * and looks until no process lives. What outlived script and supervisor it watches too, as nobody else would.
 */
export class AbortDrive {
  private wanted: AbortStage | null = null;
  private hasExited = false;
  private supervisorGone = false;
  private closed = false;
  private escalation: NodeJS.Timeout | null = null;
  private verification: NodeJS.Timeout | null = null;
  private verifying: Promise<void> = Promise.resolve();

  constructor(private readonly driven: DrivenRun) {}

  /** Starts the abort, or goes ahead to `stage`. A stage that was already passed changes nothing. */
  async abort(stage: AbortStage): Promise<Result<null>> {
    const { phase } = this.driven.current();
    if (phase === 'settling' || !isFurther(stage, this.wanted)) return success(null);
    this.wanted = stage;
    // There is no script yet that could be sent a signal: see `takeStart`.
    if (phase === 'starting') return success(null);
    return this.enterStage(stage);
  }

  /** The script runs: an abort that was wanted before begins. */
  takeStart(): void {
    if (this.wanted !== null) this.enterStage(this.wanted).catch(this.driven.onFault);
  }

  /** The script has ended during its abort. That is over only when nothing lives; until then nothing more is sent. */
  takeExit(): void {
    this.hasExited = true;
    this.holdEscalation();
    this.verifySoon(0);
  }

  /** From now on there is no supervisor that would tell what becomes of the script and of its processes. */
  loseSupervisor(): void {
    this.supervisorGone = true;
  }

  /** Looks at once whether an abort has reached its end. */
  verifyNow(): void {
    this.verifySoon(0);
  }

  /** Watches what is left of a run that is done, where nobody would tell of its end. */
  watchLeftovers(): void {
    this.verifySoon(leftoversEvery);
  }

  /** Forgets the abort that was wanted: the run is done. What is left of it can be aborted anew. */
  reset(): void {
    this.clearTimers();
    this.wanted = null;
  }

  /** Does nothing more; resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.closed = true;
    this.clearTimers();
    await this.verifying;
  }

  private async enterStage(stage: AbortStage): Promise<Result<null>> {
    const { driven } = this;
    this.holdEscalation();
    const progress = stageProgress(stage, driven.now(), driven.grace);
    const ended = driven.current().phase === 'done';
    driven.update(ended ? { abort: progress } : { abort: progress, phase: 'stopping' });
    const target = ended ? 'the processes that are left of the run' : 'the script';
    driven.note(`${abortSignal[stage]} sent to ${target}.`, 'panel');
    const sent = await driven.transport.signal(driven.folder, stageSignal(stage));
    if (!this.isAborting()) return success(null);
    // The grace begins when the signal is there, which takes a while on a machine far away.
    if (driven.current().abort?.stage === stage) {
      driven.update({ abort: stageProgress(stage, driven.now(), driven.grace) });
    }
    for (const { pid, message } of sent.ok ? sent.value.refused : []) {
      driven.note(`${abortSignal[stage]} was refused for process ${pid}: ${message}.`, 'warning');
    }
    if (!sent.ok) driven.note(`${abortSignal[stage]} could not be sent: ${sent.error.message}`, 'warning');
    this.escalateLater();
    this.verifySoon(verifyEvery);
    return sent.ok ? success(null) : sent;
  }

  /** Goes to the next stage when this one's grace is over. */
  private escalateLater(): void {
    const { abort } = this.driven.current();
    const next = abort === null ? null : nextStage(abort.stage);
    if (abort === null || abort.until === null || next === null || this.escalation !== null) return;
    this.escalation = setTimeout(
      () => {
        this.escalation = null;
        this.abort(next).catch(this.driven.onFault);
      },
      Math.max(0, abort.until - this.driven.now()),
    );
  }

  private holdEscalation(): void {
    if (this.escalation !== null) clearTimeout(this.escalation);
    this.escalation = null;
  }

  private isAborting(): boolean {
    const { phase, abort } = this.driven.current();
    return !this.closed && (phase === 'stopping' || (phase === 'done' && abort !== null));
  }

  /** Whether processes outlived the script and its supervisor: nobody but us will notice their end. */
  private hasLeftovers(): boolean {
    const { phase, survivors } = this.driven.current();
    return !this.closed && this.supervisorGone && phase === 'done' && survivors.length > 0;
  }

  private verifySoon(delay: number): void {
    if (!this.isAborting() && !this.hasLeftovers()) return;
    if (this.verification !== null) clearTimeout(this.verification);
    this.verification = setTimeout(() => {
      this.verification = null;
      this.verifying = this.verify().catch(this.driven.onFault);
    }, delay);
  }

  private async verify(): Promise<void> {
    const { driven } = this;
    // While the script itself lives there is nothing to verify; its exit brings us back here.
    const before = driven.current();
    const awaitsExit = !this.hasExited && before.phase === 'stopping' && !this.supervisorGone;
    if (awaitsExit && before.abort?.stage !== 'kill') return;
    const probe = await driven.transport.probe(driven.folder);
    if (!this.isAborting() && !this.hasLeftovers()) return;
    const pause = this.isAborting() ? verifyEvery : leftoversEvery;
    const run = driven.current();
    if (!probe.ok) {
      driven.update({ problems: [...new Set([...run.problems, probe.error.message])] });
      return this.verifySoon(Math.max(pause, verifyEvery * 8));
    }
    const survivors = [...probe.value.processes];
    const nobodyTells = this.supervisorGone || probe.value.supervisor === 'dead';
    const scriptEnded = this.hasExited || run.phase === 'done' || nobodyTells;
    driven.update({ survivors: scriptEnded ? survivors : run.survivors });
    if (survivors.length > 0 || !scriptEnded) {
      this.escalateLater();
      return this.verifySoon(pause);
    }
    this.holdEscalation();
    if (run.phase === 'done') {
      driven.note('No process of this run lives.', 'panel');
      this.wanted = null;
      driven.update({ abort: null });
    }
    driven.onVerified();
  }

  private clearTimers(): void {
    this.holdEscalation();
    if (this.verification !== null) clearTimeout(this.verification);
    this.verification = null;
  }
}
