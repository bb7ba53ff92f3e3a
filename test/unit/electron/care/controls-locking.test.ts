import { describe, expect, it } from 'vitest';
import { ControlsLocking } from '../../../../electron/care/controls-locking';
import type { ControlsLock } from '../../../../shared/domain/controls-lock';
import { Choices } from './choices';

function make(choices: Choices) {
  const told: (ControlsLock | null)[] = [];
  const warnings: string[] = [];
  const locking = new ControlsLocking({
    store: choices.store,
    actor: 'ocs',
    now: () => 1000,
    onChange: (lock) => told.push(lock),
    onWarning: (message) => warnings.push(message),
  });
  return { locking, told, warnings };
}

const start = { slot: 'crate1slot2', script: 'a.py', args: [], log: true, task: null };

describe('the lock of the controls', () => {
  it('refuses what changes anything, lets looking pass, and opens again', async () => {
    const { locking, told } = make(new Choices());
    await locking.open();
    expect(await locking.refusal('run.start', start)).toBeNull();
    expect(await locking.lockControls('operator')).toBe(true);
    expect(told).toEqual([{ since: 1000, by: 'ocs', reason: 'operator' }]);
    expect(await locking.refusal('run.start', start)).toMatchObject({ code: 'controls-locked' });
    expect(await locking.refusal('run.abort', {})).toMatchObject({ code: 'controls-locked' });
    expect(await locking.refusal('log.window', {})).toBeNull();
    expect(await locking.unlockControls()).toBe(true);
    expect(await locking.refusal('run.start', start)).toBeNull();
  });

  it('keeps who locked first, and says whether it changed anything', async () => {
    const { locking } = make(new Choices());
    await locking.open();
    expect(await locking.unlockControls()).toBe(false);
    await locking.lockControls('operator');
    expect(await locking.lockControls('idle')).toBe(false);
    expect(locking.lock?.reason).toBe('operator');
  });

  it('holds over a restart, and calls that change something wait until that is known', async () => {
    const choices = new Choices();
    const first = make(choices);
    await first.locking.open();
    await first.locking.lockControls('idle');
    const second = make(choices);
    const refusal = second.locking.refusal('run.start', start);
    await second.locking.open();
    expect(await refusal).toMatchObject({ code: 'controls-locked' });
    await second.locking.unlockControls();
    const third = make(choices);
    await third.locking.open();
    expect(third.locking.lock).toBeNull();
  });

  it('opens for an abort even where the database fails, and says what a restart will not know', async () => {
    const choices = new Choices();
    const { locking, warnings } = make(choices);
    await locking.open();
    await locking.lockControls('operator');
    choices.isBroken = true;
    expect(await locking.unlockControls()).toBe(true);
    expect(await locking.refusal('run.abort', {})).toBeNull();
    expect(warnings).toEqual([
      'The controls are unlocked, but a restart of the panel may not know of it: The disk is full.',
    ]);
  });

  it('says so where it cannot know whether the controls were locked', async () => {
    const choices = new Choices();
    choices.isBroken = true;
    const { locking, warnings } = make(choices);
    await locking.open();
    expect(locking.lock).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('not known');
  });

  it('takes what is no lock as unlocked', async () => {
    const choices = new Choices();
    choices.database.preferences.write('lock', { since: 'always' });
    const { locking } = make(choices);
    await locking.open();
    expect(locking.lock).toBeNull();
  });

  it('holds over a restart also where the database was begun anew', async () => {
    const choices = new Choices();
    const first = make(choices);
    await first.locking.open();
    await first.locking.keepAnew();
    expect(choices.database.preferences.read('lock')).toBeNull();
    await first.locking.lockControls('idle');
    choices.database.preferences.write('lock', null);
    await first.locking.keepAnew();
    const second = make(choices);
    await second.locking.open();
    expect(second.locking.lock?.reason).toBe('idle');
  });
});
