import { assertNever } from '../../shared/assert-never';
import type { SlotConfig, TransportConfig } from '../../shared/config/crates';
import { checkStepSchema, type CheckStep } from '../../shared/ipc/calls/scripts-calls';

export type CheckStepName = CheckStep['name'];

/** What is known of a step: not begun, found sound or at fault, or left out because an earlier one failed. */
export type StepState = 'waiting' | 'ok' | 'failed' | 'not tried';

/** A step as the list shows it. */
export interface ShownStep {
  readonly name: CheckStepName;
  readonly title: string;
  readonly state: StepState;
  readonly detail: string;
}

/** The steps in the order in which they are tried. `found` is null while the answer is awaited. */
export function shownSteps(slot: SlotConfig, found: readonly CheckStep[] | null): ShownStep[] {
  return checkStepSchema.shape.name.options.map((name) => {
    const title = stepTitle(name, slot);
    const step = found?.find((each) => each.name === name);
    if (step !== undefined) return { name, title, state: step.ok ? 'ok' : 'failed', detail: step.detail };
    return { name, title, state: found === null ? 'waiting' : 'not tried', detail: '' };
  });
}

function stepTitle(name: CheckStepName, slot: SlotConfig): string {
  const titles: Record<CheckStepName, string> = {
    reach: reachTitle(slot.transport),
    python: 'Start Python',
    folder: 'Make the folder for runs',
    write: 'Write to it',
    scripts: 'List the scripts',
    publish: 'Hear a message',
  };
  return titles[name];
}

function reachTitle(transport: TransportConfig): string {
  switch (transport.kind) {
    case 'local':
      return 'Reach this machine';
    case 'docker':
      return 'Reach the container';
    case 'compose':
      return 'Reach the service';
    case 'ssh':
      return `Reach ${transport.host}`;
    default:
      return assertNever(transport);
  }
}

/** The outcome of all steps in one sentence. */
export function checkVerdict(slot: SlotConfig, steps: readonly CheckStep[]): string {
  const failed = shownSteps(slot, steps).filter((step) => step.state === 'failed');
  if (failed.length === 0 && steps.length > 0) return 'All is well: runs can start on this slot.';
  const names = failed.map((step) => `“${step.title}”`).join(' and ');
  return failed.length === 0 ? 'Nothing was tried.' : `${names} failed. Mend that, and check again.`;
}
