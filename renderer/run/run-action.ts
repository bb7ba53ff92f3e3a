import type { AbortStage, Run } from '../../shared/domain/run';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { startFromForm } from './run-form-store';

/** Starts what the slot's form holds; what nobody expected becomes a notice. */
export function startRun(slot: Run['slot']): void {
  startFromForm(slot).catch(reportUnexpected(`Starting a run on ${slot}`));
}

/** Aborts a run, goes ahead to a stage, or ends what outlived it. A refusal becomes a notice. */
export function abortRun(run: Pick<Run, 'id' | 'slot'>, stage: AbortStage): void {
  const ask = async (): Promise<void> => {
    const reply = await call('run.abort', { run: run.id, stage });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected(`Aborting the run on ${run.slot}`));
}

/** Gives up on a run that is out of reach, so that its slot becomes free. A refusal becomes a notice. */
export function giveUpRun(run: Pick<Run, 'id' | 'slot'>): void {
  const ask = async (): Promise<void> => {
    const reply = await call('run.giveUp', { run: run.id });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected(`Giving up on the run on ${run.slot}`));
}
