import { afterEach, expect, it, vi } from 'vitest';
import { Lifecycle } from '../../../electron/lifecycle';

afterEach(() => {
  vi.useRealTimers();
});

it('closes what comes after one that never closes', async () => {
  vi.useFakeTimers();
  const said: string[] = [];
  const journal = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string) => said.push(message),
  };
  const lifecycle = new Lifecycle(journal);
  const store = vi.fn(async () => undefined);
  lifecycle.join('store', store);
  lifecycle.join('exports', () => new Promise(() => undefined));
  const closed = lifecycle.close();
  await vi.advanceTimersByTimeAsync(10_000);
  await closed;
  expect(store).toHaveBeenCalledOnce();
  expect(said).toEqual(['exports did not close in time']);
});
