import { beforeEach, describe, expect, test } from 'vitest';
import type { RunId } from '../../../shared/domain/ids';
import type { Run } from '../../../shared/domain/run';
import { QuitGuard } from '../../../electron/quit-guard';
import { makeRun } from '../../fixtures/panel-state';

let active: Run[];
let asked: (RunId[] | null)[];
let events: string[];
let guard: QuitGuard;

beforeEach(() => {
  active = [makeRun()];
  asked = [];
  events = [];
  guard = new QuitGuard({
    activeRuns: () => active,
    abortAll: async () => {
      events.push('aborted');
    },
    ask: (runs) => asked.push(runs),
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
    expect(asked).toEqual([[active[0]!.id]]);
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

  test('aborting waits for the runs before it quits', async () => {
    await guard.choose('abort');
    expect(events).toEqual(['aborted', 'quit']);
  });
});
