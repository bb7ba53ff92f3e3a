import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiskWatch, measurePeriod, type FileSystemSize } from '../../../../electron/disk/disk-watch';
import { diskLevel, type DiskStatus } from '../../../../shared/domain/disk';

const size = (freeGigabytes: number, totalGigabytes = 500): FileSystemSize => ({
  bsize: 4096,
  blocks: (totalGigabytes * 1e9) / 4096,
  bavail: (freeGigabytes * 1e9) / 4096,
});

function watchWith(measure: () => Promise<FileSystemSize>) {
  const statuses: DiskStatus[] = [];
  const notices: string[] = [];
  const watch = new DiskWatch({
    path: '/home/ocs/panel',
    measure,
    onStatus: (status) => statuses.push(status),
    notify: (_severity, message) => notices.push(message),
  });
  return { watch, statuses, notices };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the watch of the disk', () => {
  it('measures at once and every half minute, until it is closed', async () => {
    const measure = vi.fn(async () => size(412));
    const { watch, statuses } = watchWith(measure);
    watch.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses).toEqual([{ state: 'measured', level: 'ample', free: 412e9, total: 500e9 }]);
    await vi.advanceTimersByTimeAsync(2 * measurePeriod);
    expect(measure).toHaveBeenCalledTimes(3);
    await watch.close();
    await vi.advanceTimersByTimeAsync(2 * measurePeriod);
    expect(measure).toHaveBeenCalledTimes(3);
  });

  it('says no old number after a failure, and goes on', async () => {
    let answer: () => Promise<FileSystemSize> = async () => size(412);
    const { watch, statuses } = watchWith(() => answer());
    watch.open();
    await vi.advanceTimersByTimeAsync(0);
    answer = async () => {
      throw new Error('EIO: i/o error, statfs');
    };
    await vi.advanceTimersByTimeAsync(measurePeriod);
    expect(statuses.at(-1)).toEqual({
      state: 'unknown',
      message: 'The disk of /home/ocs/panel could not be measured: EIO: i/o error, statfs',
    });
    answer = async () => size(0, 0);
    await vi.advanceTimersByTimeAsync(measurePeriod);
    expect(statuses.at(-1)).toMatchObject({ state: 'unknown' });
    answer = async () => size(400);
    await vi.advanceTimersByTimeAsync(measurePeriod);
    expect(statuses.at(-1)).toMatchObject({ free: 400e9 });
    await watch.close();
  });

  it('says no old number of a disk that does not answer, and asks it once', async () => {
    const slow = Promise.withResolvers<FileSystemSize>();
    const measure = vi.fn(async () => size(412));
    measure.mockImplementationOnce(() => slow.promise);
    const { watch, statuses } = watchWith(measure);
    watch.open();
    await vi.advanceTimersByTimeAsync(2 * measurePeriod);
    expect(measure).toHaveBeenCalledTimes(1);
    expect(statuses.at(-1)).toMatchObject({ state: 'unknown', message: expect.stringContaining('answer') });
    slow.resolve(size(411));
    await vi.advanceTimersByTimeAsync(0);
    expect(statuses.at(-1)).toMatchObject({ free: 411e9 });
    await vi.advanceTimersByTimeAsync(measurePeriod);
    expect(measure).toHaveBeenCalledTimes(2);
    await watch.close();
  });

  it('tells of a disk that is nearly full once, and again only after it had room', async () => {
    let free = 1;
    const { watch, notices } = watchWith(async () => size(free));
    watch.open();
    for (const next of [20, 1, 100, 2]) {
      await vi.advanceTimersByTimeAsync(measurePeriod);
      expect(notices).toHaveLength(1);
      free = next;
    }
    await vi.advanceTimersByTimeAsync(measurePeriod);
    expect(notices).toHaveLength(2);
    expect(notices[0]).toContain('/home/ocs/panel is nearly full');
    await watch.close();
  });
});

describe('the level of a disk', () => {
  it.each([
    [412, 500, 'ample'],
    [24, 500, 'low'],
    [4, 500, 'nearly-full'],
    [4, 20, 'low'],
    [0.9, 20, 'nearly-full'],
    [60, 20_000, 'ample'],
    [49, 20_000, 'low'],
    [9, 20_000, 'nearly-full'],
  ] as const)('with %s of %s GB free is %s', (free, total, level) => {
    expect(diskLevel(free * 1e9, total * 1e9)).toBe(level);
  });
});
