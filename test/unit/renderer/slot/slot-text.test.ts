import { describe, expect, it } from 'vitest';
import {
  abortText,
  commandLineOf,
  isStale,
  nextStage,
  railLine,
  railTime,
  runDuration,
  slotGlyph,
  slotStateWord,
} from '../../../../renderer/slot/slot-text';
import type { Run } from '../../../../shared/domain/run';
import type { SlotStatus } from '../../../../shared/ipc/state';
import { sampleRun, sampleStatus, start } from '../support/samples';

const now = start + 100_000;

function statusOf(run: Partial<Run> | null, change: Partial<SlotStatus> = {}): SlotStatus {
  return { ...sampleStatus(run === null ? null : sampleRun(run)), ...change };
}

const cut = { since: now - 52_000, message: 'No route to host.', retryAt: now + 3500 };
const ended = { phase: 'done', endedAt: start + 40_000 } as const;

describe('a slot’s line in the rail', () => {
  it.each<[string, SlotStatus | null, string]>([
    ['a slot without a status', null, 'idle'],
    ['no run', statusOf(null), 'idle'],
    ['no run, yet messages', statusOf(null, { lastMessageAt: now - 1000 }), 'idle, receiving'],
    ['starting', statusOf({ phase: 'starting', startedAt: null }), 'take_iv, starting'],
    ['running', statusOf({}), 'take_iv, running'],
    ['running and fresh', statusOf({}, { lastMessageAt: now - 30_000 }), 'take_iv, running'],
    ['running and silent', statusOf({}, { lastMessageAt: now - 45_000 }), 'take_iv, last message 45 s ago'],
    ['silent since before the run', statusOf({}, { lastMessageAt: start - 1 }), 'take_iv, running'],
    [
      'stopping',
      statusOf({ phase: 'stopping', abort: { stage: 'interrupt', sentAt: now, until: now + 2500 } }),
      'stopping, SIGTERM in 3 s',
    ],
    [
      'stopping at the last stage',
      statusOf({ phase: 'stopping', abort: { stage: 'kill', sentAt: now, until: null } }),
      'stopping, SIGKILL sent',
    ],
    ['a script that tells', statusOf({}, { said: 'Band 2 of 4' }), 'take_iv, Band 2 of 4'],
    ['settling', statusOf({ phase: 'settling' }), 'take_iv, settling'],
    ['success', statusOf({ ...ended, outcome: { kind: 'exited', code: 0 } }), 'take_iv, succeeded'],
    ['failure', statusOf({ ...ended, outcome: { kind: 'exited', code: 3 } }), 'take_iv, exit code 3'],
    [
      'a signal',
      statusOf({ ...ended, outcome: { kind: 'signalled', signal: 'SIGSEGV' } }),
      'take_iv, ended by SIGSEGV',
    ],
    [
      'an abort',
      statusOf({ ...ended, outcome: { kind: 'aborted', stage: 'interrupt', code: 1, signal: null } }),
      'take_iv, aborted',
    ],
    [
      'no start',
      statusOf({ ...ended, outcome: { kind: 'not-started', code: 'x', message: 'y' } }),
      'take_iv, could not start',
    ],
    ['a lost run', statusOf({ ...ended, outcome: null }), 'take_iv, lost'],
    ['a cut connection', statusOf({ connection: cut }), 'connection lost, run continues'],
    [
      'a cut connection to a silent run',
      statusOf({ connection: cut }, { lastMessageAt: now - 45_000 }),
      'connection lost, run continues',
    ],
    [
      'a cut connection while stopping',
      statusOf({ phase: 'stopping', connection: cut }),
      'connection lost while stopping',
    ],
    [
      'an ended run whose connection was cut',
      statusOf({ ...ended, connection: cut, outcome: { kind: 'exited', code: 0 } }),
      'take_iv, succeeded',
    ],
  ])('says of %s what it does', (_what, status, line) => expect(railLine(status, now)).toBe(line));

  it('shows elapsed while active, else the age of the last thing that happened', () => {
    expect(railTime(null, now)).toBe('');
    expect(railTime(statusOf(null), now)).toBe('');
    expect(railTime(statusOf({}), now)).toBe('1:40');
    expect(railTime(statusOf(ended), now)).toBe('1 m');
    expect(railTime(statusOf(ended, { lastMessageAt: now - 5000 }), now)).toBe('5 s');
  });

  it('shows for how long the connection has been lost', () => {
    expect(railTime(statusOf({ connection: cut }), now)).toBe('52 s');
    expect(slotGlyph(statusOf({ connection: cut }))).toBe('disconnected');
    expect(slotStateWord(statusOf({ connection: cut }))).toBe('running');
    expect(isStale(statusOf({ connection: cut }, { lastMessageAt: now - 45_000 }), now)).toBe(false);
    expect(slotGlyph(statusOf({}))).toBe('running');
    expect(slotGlyph(statusOf({ ...ended, connection: cut }))).toBe('lost');
    expect(slotGlyph(null)).toBe('idle');
  });

  it('calls only a running slot stale', () => {
    const silent = { lastMessageAt: start + 1000 };
    expect(isStale(statusOf({}, silent), now)).toBe(true);
    expect(isStale(statusOf(ended, silent), now)).toBe(false);
    expect(isStale(statusOf({}, { lastMessageAt: null }), now)).toBe(false);
  });
});

describe('the header', () => {
  it('has one word for the state', () => {
    expect(slotStateWord(null)).toBe('idle');
    expect(slotStateWord(statusOf({ phase: 'settling' }))).toBe('settling');
    expect(slotStateWord(statusOf({ ...ended, outcome: { kind: 'exited', code: 1 } }))).toBe('failed');
  });

  it('leaves the folder out of the command line', () => {
    expect(commandLineOf({ script: '/a b/take_iv.py', args: ['--note', 'x y'] })).toBe(
      `take_iv.py --note 'x y'`,
    );
  });

  it('measures a run from its start to now or to its end', () => {
    expect(runDuration(sampleRun({ startedAt: start + 1000 }), now)).toBe(99_000);
    expect(runDuration(sampleRun({ phase: 'starting', startedAt: null }), now)).toBe(100_000);
    expect(runDuration(sampleRun(ended), now)).toBe(40_000);
    expect(runDuration(sampleRun({ ...ended, startedAt: null }), now)).toBeNull();
  });

  it('says how far an abort has come, and which stage follows', () => {
    expect(abortText({ stage: 'interrupt', sentAt: now, until: now + 3000 }, now)).toBe(
      'SIGINT sent, SIGTERM in 3 s',
    );
    expect(abortText({ stage: 'terminate', sentAt: now, until: now + 1 }, now)).toBe(
      'SIGTERM sent, SIGKILL in 1 s',
    );
    expect(abortText({ stage: 'kill', sentAt: now, until: null }, now)).toBe('SIGKILL sent');
    expect([nextStage('interrupt'), nextStage('terminate'), nextStage('kill')]).toEqual([
      'terminate',
      'kill',
      null,
    ]);
  });
});
