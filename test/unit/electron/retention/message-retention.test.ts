import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MessageRetention } from '../../../../electron/retention/message-retention';
import type { Store } from '../../../../electron/store/store';
import { success } from '../../../../shared/result';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Fifty million messages, and what the store was told to keep of them. */
function makeBench() {
  const messages = 50_000_000;
  const retained: (number | null)[] = [];
  const pending: string[] = [];
  const store = {
    ask: async (_name: string, { keep }: { keep: number }) =>
      success({ messages, beyond: Math.max(0, messages - keep) }),
    retain: (keep: number | null) => retained.push(keep),
  } as unknown as Store;
  const retention = new MessageRetention({
    store,
    onPending: ({ beyond }, minutes) => pending.push(`${beyond} in ${minutes}`),
    onFault: (error) => {
      throw error;
    },
  });
  return { retention, retained, pending };
}
const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);

describe('the bound of messages', () => {
  it('removes nothing for ten minutes after a start, and says what would go', async () => {
    const { retention, retained, pending } = makeBench();
    retention.configure(5_000_000);
    await minutes(9);
    expect(pending).toEqual([]);
    retention.open();
    await minutes(0.5);
    expect(retained).toEqual([null]);
    expect(pending).toEqual(['45000000 in 10']);
    await minutes(0.5);
    expect(retained).toEqual([null, 5_000_000]);
  });

  it('begins the ten minutes anew with each change, in which no bound holds', async () => {
    const { retention, retained, pending } = makeBench();
    retention.open();
    retention.configure(50_000_000);
    await minutes(10);
    retention.configure(5000);
    await minutes(9);
    retention.configure(5001);
    await minutes(9);
    expect(retained).toEqual([null, 50_000_000, null, null]);
    expect(pending).toEqual(['49995000 in 10', '49994999 in 10']);
    retention.configure(50_000_000);
    await minutes(10);
    expect(retained.slice(-2)).toEqual([null, 50_000_000]);
    expect(retained).not.toContain(5000);
    expect(retained).not.toContain(5001);
  });

  it('says nothing at a start of the few that came while nothing went', async () => {
    const { retention, pending } = makeBench();
    retention.configure(49_000_000);
    retention.open();
    await minutes(1);
    expect(pending).toEqual([]);
    retention.configure(49_999_999);
    await minutes(1);
    expect(pending).toEqual(['1 in 10']);
  });

  it('goes on where the file changes elsewhere', async () => {
    const { retention, retained } = makeBench();
    retention.configure(1000);
    await minutes(6);
    retention.configure(1000);
    await minutes(4);
    expect(retained).toEqual([null, 1000]);
  });

  it('keeps all where nothing says how much, and once closed', async () => {
    const { retention, retained } = makeBench();
    retention.configure(1000);
    retention.configure(null);
    await minutes(20);
    expect(retained).toEqual([null, null]);
    retention.configure(1000);
    retention.close();
    await minutes(20);
    expect(retained).toEqual([null, null, null]);
  });
});
