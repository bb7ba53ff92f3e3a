import { describe, expect, it } from 'vitest';
import { checkVerdict, shownSteps } from '../../../../renderer/settings/connection-check';
import type { CheckStep } from '../../../../shared/ipc/calls/scripts-calls';
import { remotePlaces, sampleSlot } from '../support/samples';

const slot = { ...sampleSlot, transport: remotePlaces.ssh };
const reach: CheckStep = { name: 'reach', ok: true, detail: 'smurf-srv27 answered in 40 ms' };
const python: CheckStep = { name: 'python', ok: false, detail: 'There is no python3 on smurf-srv27.' };

describe('the steps of a connection check', () => {
  it('stand there from the start, and fill in', () => {
    expect(shownSteps(slot, null).map(({ title, state }) => [title, state])).toEqual([
      ['Reach smurf-srv27', 'waiting'],
      ['Start Python', 'waiting'],
      ['Make the folder for runs', 'waiting'],
      ['Write to it', 'waiting'],
      ['List the scripts', 'waiting'],
      ['Hear a message', 'waiting'],
    ]);
    const steps = shownSteps(slot, [reach, python]);
    expect(steps.map((step) => step.state)).toEqual([
      'ok',
      'failed',
      'not tried',
      'not tried',
      'not tried',
      'not tried',
    ]);
    expect(steps[1]?.detail).toBe(python.detail);
  });

  it('come to a verdict', () => {
    expect(checkVerdict(slot, [reach])).toBe('All is well: runs can start on this slot.');
    expect(checkVerdict(slot, [reach, python])).toBe('“Start Python” failed. Mend that, and check again.');
    expect(checkVerdict(slot, [])).toBe('Nothing was tried.');
  });
});
