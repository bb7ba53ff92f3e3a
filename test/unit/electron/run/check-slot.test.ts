import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedChecks } from '../../../../electron/publisher/expected-checks';
import { checkSlot } from '../../../../electron/run/check-slot';
import type { CheckRequest } from '../../../../electron/run/transport';
import type { TransportPool } from '../../../../electron/run/transport-pool';
import type { PublishedMessage } from '../../../../electron/publisher/decode';
import type { PublisherService } from '../../../../electron/publisher/publisher-service';
import type { CheckStep } from '../../../../shared/ipc/calls/scripts-calls';
import { makeSlot } from './run-bench';

const slot = makeSlot('crate1slot2', '/');
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A check whose way to the machine takes a minute, which publishes then; `arrivesAfter` in milliseconds, or never. */
async function check(arrivesAfter: number | null): Promise<CheckStep[]> {
  const checks = new ExpectedChecks();
  const transport = {
    check: async ({ token }: CheckRequest): Promise<CheckStep[]> => {
      await new Promise((resolve) => {
        setTimeout(resolve, minute);
      });
      const message = { payload: { token } } as unknown as PublishedMessage;
      if (arrivesAfter === 0) checks.note(message);
      else if (arrivesAfter !== null) setTimeout(() => checks.note(message), arrivesAfter);
      return [{ name: 'publish', ok: true, detail: 'A message was sent' }];
    },
  };
  const transports = { of: () => transport } as unknown as TransportPool;
  const publisher = { checks, status: () => ({ port: 8200 }) } as unknown as PublisherService;
  const steps = checkSlot(slot, transports, publisher);
  await vi.advanceTimersByTimeAsync(2 * minute);
  return steps;
}

describe('the publish step of a connection check', () => {
  it('waits for the message from when it was sent, however long the way there took', async () => {
    expect(await check(2000)).toMatchObject([{ name: 'publish', ok: true }]);
  });

  it('takes a message that was here before the answer', async () => {
    expect(await check(0)).toMatchObject([{ name: 'publish', ok: true }]);
  });

  it('names what to look at where nothing comes', async () => {
    expect(await check(null)).toMatchObject([
      { name: 'publish', ok: false, detail: expect.stringContaining('firewalls') as unknown },
    ]);
  });
});
