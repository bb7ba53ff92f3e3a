import { beforeEach, describe, expect, test } from 'vitest';
import type { Run } from '../../../shared/domain/run';
import type { QuitRequest } from '../../../shared/ipc/state';
import { QuitGuard } from '../../../electron/quit-guard';
import { makeRun } from '../../fixtures/panel-state';

let active: Run[];
let asked: (QuitRequest | null)[];
let events: string[];
let guard: QuitGuard;
/** Ends the abort that is under way. */
let endAbort: (over: boolean) => void;

beforeEach(() => {
  active = [makeRun()];
  asked = [];
  events = [];
  guard = new QuitGuard({
    activeRuns: () => active,
    abortAll: async () => {
      const aborted = active;
      const isOver = await new Promise<boolean>((resolve) => {
        endAbort = resolve;
      });
      if (!isOver) throw new Error('the queue cannot be written');
      active = active.filter((run) => !aborted.includes(run));
      events.push('aborted');
    },
    ask: (request) => asked.push(request),
    quit: () => events.push('quit'),
  });
});

describe('quitting', () => {
  test('without active runs needs no question', () => {
    active = [];
    guard.request();
    expect(events).toEqual(['quit']);
    expect(asked).toEqual([]);
  });

  test('with an active run asks first', () => {
    guard.request();
    expect(events).toEqual([]);
    expect(asked).toEqual([{ runs: [active[0]!.id], isAborting: false }]);
  });

  test('cancelled takes the question away and asks again the next time', async () => {
    guard.request();
    await guard.choose('cancel');
    expect(asked.at(-1)).toBeNull();
    expect(events).toEqual([]);
    expect(guard.mayClose()).toBe(false);
  });

  test('leaving the runs quits and does not ask on the way out', async () => {
    await guard.choose('leave-running');
    expect(events).toEqual(['quit']);
    expect(guard.mayClose()).toBe(true);
  });

  test('aborting shows its progress, and waits for the runs before it quits', async () => {
    const runs = active.map((run) => run.id);
    const chosen = guard.choose('abort');
    expect(asked).toEqual([{ runs, isAborting: true }]);
    expect(guard.mayClose()).toBe(false);
    expect(asked.at(-1)).toEqual({ runs, isAborting: true });
    endAbort(true);
    await chosen;
    expect(events).toEqual(['aborted', 'quit']);
    expect(asked.at(-1)).toBeNull();
  });

  test('an abort that was cancelled does not quit when it ends', async () => {
    const chosen = guard.choose('abort');
    await guard.choose('cancel');
    expect(asked.at(-1)).toBeNull();
    endAbort(true);
    await chosen;
    expect(events).toEqual(['aborted']);
    expect(asked.at(-1)).toBeNull();
    active = [makeRun()];
    expect(guard.mayClose()).toBe(false);
  });

  test('asks anew about runs that were begun while others were aborted', async () => {
    const chosen = guard.choose('abort');
    const later = makeRun({ phase: 'starting' });
    active = [...active, later];
    endAbort(true);
    await chosen;
    expect(events).toEqual(['aborted']);
    expect(asked.at(-1)).toEqual({ runs: [later.id], isAborting: false });
  });

  test('leaving what still runs need not wait for the abort', async () => {
    const chosen = guard.choose('abort');
    await guard.choose('leave-running');
    expect(events).toEqual(['quit']);
    endAbort(true);
    await chosen;
    expect(events).toEqual(['quit', 'aborted']);
  });

  test('an abort that fails leaves the question open', async () => {
    const chosen = guard.choose('abort');
    endAbort(false);
    await expect(chosen).rejects.toThrow('the queue');
    expect(asked.at(-1)).toMatchObject({ isAborting: false });
    expect(events).toEqual([]);
  });
});
