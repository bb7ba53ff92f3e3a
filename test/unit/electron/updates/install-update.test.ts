import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { installUpdate } from '../../../../electron/updates/install-update';

/** electron-updater as far as it matters: `dispatchError` emits, and `quitAndInstall` returns. */
class FakeUpdater extends EventEmitter<{ error: [Error] }> {
  readonly asked: [boolean, boolean][] = [];

  constructor(private readonly fault: Error | null) {
    super();
  }

  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void {
    this.asked.push([isSilent, isForceRunAfter]);
    if (this.fault !== null) this.emit('error', this.fault);
  }
}

describe('installing an update', () => {
  it('throws what electron-updater only tells of', () => {
    const updater = new FakeUpdater(new Error('Command pkexec exited with code 126'));
    expect(() => installUpdate(updater)).toThrow('Command pkexec exited with code 126');
    expect(updater.listenerCount('error')).toBe(0);
  });

  it('says nothing where all goes well', () => {
    const updater = new FakeUpdater(null);
    installUpdate(updater);
    expect(updater.asked).toEqual([[true, true]]);
    expect(updater.listenerCount('error')).toBe(0);
  });
});
