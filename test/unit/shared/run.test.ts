import { describe, expect, test } from 'vitest';
import { makeRunId } from '../../../shared/domain/ids';
import { describeOutcome, runStateWord, type Run, type RunOutcome } from '../../../shared/domain/run';

describe('a run in words', () => {
  const cases: [RunOutcome, string, string][] = [
    [{ kind: 'exited', code: 0 }, 'succeeded', 'Script has finished with exit code 0'],
    [{ kind: 'exited', code: 3 }, 'failed', 'Script has finished with exit code 3'],
    [{ kind: 'signalled', signal: 'SIGSEGV' }, 'failed', 'Script was ended by SIGSEGV'],
    [
      { kind: 'aborted', stage: 'interrupt', code: 130, signal: null },
      'aborted',
      'Aborted with SIGINT; the script finished with exit code 130',
    ],
    [
      { kind: 'aborted', stage: 'kill', code: null, signal: 'SIGKILL' },
      'aborted',
      'Aborted with SIGKILL; the script was ended by SIGKILL',
    ],
    [
      { kind: 'aborted', stage: 'kill', code: null, signal: null },
      'aborted',
      'Aborted with SIGKILL; how the script ended is not known',
    ],
    [
      { kind: 'not-started', code: 'script-missing', message: 'There is no /a.py.' },
      'failed',
      'There is no /a.py.',
    ],
    [{ kind: 'lost', message: 'Nobody knows.' }, 'lost', 'Nobody knows.'],
  ];
  test.each(cases)('%j: %s', (outcome, word, sentence) => {
    expect(runStateWord({ phase: 'done', outcome })).toBe(word);
    expect(describeOutcome(outcome)).toBe(sentence);
  });

  test.each(['starting', 'running', 'stopping', 'settling'] as const)(
    '%s says so itself',
    (phase: Run['phase']) => {
      expect(runStateWord({ phase, outcome: null })).toBe(phase);
    },
  );
});

test('run ids sort by time and are safe names of folders', () => {
  const earlier = makeRunId(Date.UTC(2026, 10, 23, 2, 13, 7), 'zzzzzz');
  const later = makeRunId(Date.UTC(2026, 10, 23, 2, 13, 8), '000000');
  expect(earlier).toBe('20261123-021307-zzzzzz');
  expect(earlier < later).toBe(true);
  expect(() => makeRunId(0, '../../')).toThrow(/pattern/);
});
