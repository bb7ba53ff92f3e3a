import { describe, expect, it } from 'vitest';
import type { UpdateState } from '../../../../shared/domain/update';
import { UpdateService } from '../../../../electron/updates/update-service';
import type { Updater } from '../../../../electron/updates/updater';

const feed = 'https://updates.lab.example/smurf-panel';

interface Scene {
  readonly updater?: Partial<Updater>;
  readonly activeRuns?: number;
}

function make({ updater = {}, activeRuns = 0 }: Scene = {}) {
  const seen: UpdateState[] = [];
  const installed: string[] = [];
  const service = new UpdateService({
    updater: {
      obstacle: null,
      asksPassword: true,
      check: async () => ({ version: '2.0.0', notes: 'Faster.' }),
      download: async (onProgress) => onProgress(40),
      install: () => installed.push('installed'),
      ...updater,
    },
    now: () => 1000,
    activeRuns: () => activeRuns,
    onChange: (state) => seen.push(state),
  });
  return { service, seen, installed };
}

describe('updates', () => {
  it('are off until a feed is configured, and again when it is taken out', async () => {
    const { service } = make();
    expect(service.state.state).toBe('off');
    expect(await service.check()).toMatchObject({ ok: false, error: { code: 'updates-off' } });
    service.setFeed(feed);
    expect(service.state).toEqual({ state: 'idle' });
    service.setFeed(null);
    expect(service.state.state).toBe('off');
  });

  it('say why this program cannot replace itself', async () => {
    const { service } = make({ updater: { obstacle: 'It was unpacked from an archive.' } });
    service.setFeed(feed);
    expect(await service.check()).toMatchObject({ error: { message: 'It was unpacked from an archive.' } });
  });

  it('are looked for, fetched with progress, and installed, each when asked', async () => {
    const asked: string[] = [];
    const { service, seen, installed } = make({
      updater: {
        check: async (address) => {
          asked.push(address);
          return { version: '2.0.0', notes: 'Faster.' };
        },
      },
    });
    service.setFeed(feed);
    await service.check();
    await service.download();
    expect(installed).toEqual([]);
    expect(service.install()).toEqual({ ok: true, value: {} });
    expect(asked).toEqual([feed]);
    expect(installed).toEqual(['installed']);
    expect(seen.map((state) => state.state)).toEqual([
      'idle',
      'checking',
      'available',
      'downloading',
      'downloading',
      'ready',
    ]);
  });

  it('say before that the system asks for a password, and that nothing was installed where it is refused', async () => {
    let isRefused = true;
    const { service } = make({
      updater: {
        install: () => {
          if (isRefused) throw new Error('Command pkexec exited with code 126');
        },
      },
    });
    service.setFeed(feed);
    await service.check();
    await service.download();
    const ready = { state: 'ready', version: '2.0.0', asksPassword: true };
    expect(service.state).toEqual(ready);
    expect(service.install()).toEqual({
      ok: false,
      error: {
        code: 'update-failed',
        message:
          'Version 2.0.0 could not be installed, this one goes on: Command pkexec exited with code 126',
      },
    });
    expect(service.state).toEqual(ready);
    isRefused = false;
    expect(service.install()).toEqual({ ok: true, value: {} });
  });

  it('say that this is the newest version', async () => {
    const { service } = make({ updater: { check: async () => null } });
    service.setFeed(feed);
    await service.check();
    expect(service.state).toEqual({ state: 'newest', checkedAt: 1000 });
    expect(await service.download()).toMatchObject({ ok: false, error: { code: 'update-unknown' } });
  });

  it('are never installed while a run is active', async () => {
    const { service, installed } = make({ activeRuns: 2 });
    service.setFeed(feed);
    await service.check();
    await service.download();
    expect(service.install()).toMatchObject({ ok: false, error: { code: 'runs-active' } });
    expect(installed).toEqual([]);
    expect(service.state.state).toBe('ready');
  });

  it.each([
    ['the feed does not answer', 'check', /could not be read: no answer/],
    ['the checksum is another one', 'download', /could not be fetched: no answer/],
  ] as const)('say so where %s, and can be tried again', async (_what, failing, message) => {
    const refuse = async (): Promise<never> => {
      throw new Error('no answer');
    };
    const { service } = make({ updater: { [failing]: refuse } });
    service.setFeed(feed);
    await service.check();
    await service.download();
    expect(service.state).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(message) as string,
    });
    await service.check();
    expect(service.state.state).toBe(failing === 'check' ? 'failed' : 'available');
  });

  it('do not install what a feed offered that was taken out while it was fetched', async () => {
    let fetched: () => void = () => {};
    const { service, seen } = make({
      updater: {
        download: () =>
          new Promise((resolve) => {
            fetched = resolve;
          }),
      },
    });
    service.setFeed(feed);
    await service.check();
    const downloaded = service.download();
    service.setFeed('https://other.example/');
    expect(await service.check()).toMatchObject({ ok: false, error: { code: 'updates-busy' } });
    fetched();
    await downloaded;
    expect(service.state).toEqual({ state: 'idle' });
    expect(seen.map(({ state }) => state)).not.toContain('ready');
    expect(service.install()).toMatchObject({ ok: false, error: { code: 'update-unknown' } });
    await service.check();
    expect(service.state.state).toBe('available');
  });

  it('forget what a feed says that is not configured any more', async () => {
    let answer: (found: { version: string; notes: string }) => void = () => {};
    const { service } = make({
      updater: {
        check: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    service.setFeed(feed);
    const checked = service.check();
    service.setFeed('https://other.example/');
    answer({ version: '2.0.0', notes: '' });
    await checked;
    expect(service.state).toEqual({ state: 'idle' });
  });
});
