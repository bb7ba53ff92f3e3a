import { describe, expect, it } from 'vitest';
import { PreferenceService } from '../../../../electron/care/preference-service';
import { defaultPreferences, type Preferences } from '../../../../shared/domain/preferences';
import { Choices } from './choices';

async function open(choices: Choices) {
  const told: Preferences[] = [];
  const service = new PreferenceService({
    store: choices.store,
    onChange: (preferences) => {
      told.push(preferences);
    },
  });
  await service.open();
  return { service, told };
}

describe('preferences', () => {
  it('are the defaults until chosen, and are there after a restart', async () => {
    const choices = new Choices();
    const { service, told } = await open(choices);
    expect(service.current).toEqual(defaultPreferences);
    expect(await service.write({ notifyOf: 'failures', lockAfter: 10 })).toMatchObject({ ok: true });
    expect(told.at(-1)).toEqual({ ...defaultPreferences, notifyOf: 'failures', lockAfter: 10 });
    const again = await open(choices);
    expect(again.service.current).toEqual({ ...defaultPreferences, notifyOf: 'failures', lockAfter: 10 });
  });

  it('keep what another version knows, and take a value that does not fit as not chosen', async () => {
    const choices = new Choices();
    choices.database.preferences.write('panel', {
      notifyOf: 'at full moon',
      lockAfter: -3,
      future: [1, 'ü'],
    });
    const { service } = await open(choices);
    expect(service.current).toEqual({ ...defaultPreferences, future: [1, 'ü'] });
    await service.write({ notifySound: true });
    expect(choices.database.preferences.read('panel')).toMatchObject({ notifySound: true, future: [1, 'ü'] });
  });

  it('loses none of two changes made at once', async () => {
    const choices = new Choices();
    const { service } = await open(choices);
    await Promise.all([service.write({ notifySound: true }), service.write({ lockAfter: 5 })]);
    expect(choices.database.preferences.read('panel')).toMatchObject({ notifySound: true, lockAfter: 5 });
  });

  it('does not put defaults over what could not be read', async () => {
    const choices = new Choices();
    choices.database.preferences.write('panel', { lockAfter: 7 });
    choices.isBroken = true;
    const { service } = await open(choices);
    expect(await service.write({ notifySound: true })).toMatchObject({
      ok: false,
      error: { code: 'store-full', message: 'The preferences were not changed: The disk is full.' },
    });
    choices.isBroken = false;
    await service.write({ notifySound: true });
    expect(choices.database.preferences.read('panel')).toMatchObject({ notifySound: true, lockAfter: 7 });
  });

  it('takes damaged text as nothing chosen', async () => {
    const choices = new Choices();
    choices.database.preferences.write('panel', 'text');
    expect((await open(choices)).service.current).toEqual(defaultPreferences);
  });

  it('are kept again where the database was begun anew, and not before they were read', async () => {
    const { service } = await open(new Choices());
    await service.write({ lockAfter: 5 });
    const unread = new Choices();
    unread.isBroken = true;
    const other = await open(unread);
    unread.isBroken = false;
    await other.service.keepAnew();
    expect(unread.database.preferences.read('panel')).toBeNull();

    const choices = new Choices();
    const first = await open(choices);
    await first.service.write({ lockAfter: 5 });
    choices.database.preferences.write('panel', null);
    await first.service.keepAnew();
    expect((await open(choices)).service.current.lockAfter).toBe(5);
    choices.isBroken = true;
    expect(await first.service.keepAnew()).toMatchObject({ ok: false, error: { code: 'store-full' } });
  });
});
