import { describe, expect, it } from 'vitest';
import { takeInstanceLock } from '../../../electron/instance-lock';

/** Asks for a lock that is free after so many milliseconds. */
function ask(environment: NodeJS.ProcessEnv, freeAfter: number) {
  let now = 0;
  const taken = takeInstanceLock({
    environment,
    request: () => now >= freeAfter,
    pause: (milliseconds) => {
      now += milliseconds;
    },
  });
  return { taken, now };
}

describe('the lock of the home folder', () => {
  it('is taken or not at once by a panel that an operator starts', () => {
    expect(ask({}, 0)).toEqual({ taken: true, now: 0 });
    expect(ask({}, 1000)).toEqual({ taken: false, now: 0 });
  });

  it('is waited for by a panel that an update starts, but not for ever', () => {
    const environment = { APPIMAGE_SILENT_INSTALL: 'true', OTHER: 'x' };
    expect(ask(environment, 9800)).toEqual({ taken: true, now: 10_000 });
    expect(environment).toEqual({ OTHER: 'x' });
    expect(ask({ APPIMAGE_SILENT_INSTALL: 'true' }, Infinity)).toEqual({ taken: false, now: 15_000 });
  });
});
