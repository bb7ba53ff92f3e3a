import { describe, expect, it } from 'vitest';
import { durationText, outcomeInShort, outcomeText } from '../../../../renderer/history/history-text';
import { sampleRun, start } from '../support/samples';

describe('a run in the history', () => {
  it('says how long it took, has taken, or nothing', () => {
    expect(durationText(sampleRun({ phase: 'done', endedAt: start + 761_000 }), 0)).toBe('12:41');
    expect(durationText(sampleRun(), start + 5000)).toBe('0:05');
    expect(durationText(sampleRun({ startedAt: null }), start + 5000)).toBe('');
    expect(
      durationText(sampleRun({ phase: 'done', outcome: { kind: 'lost', message: 'gone' } }), start),
    ).toBe('');
  });

  it('says how it ended', () => {
    expect(outcomeText(sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 1 } }))).toBe(
      'Script has finished with exit code 1',
    );
    expect(outcomeText(sampleRun())).toBe('');
    expect(outcomeInShort(sampleRun())).toBe('');
  });

  it('says of a run that the panel is not in touch with that it goes on', () => {
    const connection = { since: start, message: 'No route to host.', retryAt: null };
    expect(outcomeInShort(sampleRun({ connection }))).toBe('connection lost, run continues');
    expect(outcomeText(sampleRun({ connection }))).toBe('connection lost, run continues');
  });

  it.each([
    [{ kind: 'exited', code: 1 }, 'exit code 1'],
    [{ kind: 'signalled', signal: 'SIGSEGV' }, 'ended by SIGSEGV'],
    [{ kind: 'aborted', stage: 'terminate', code: null, signal: 'SIGTERM' }, 'by SIGTERM'],
    [{ kind: 'lost', message: 'The supervisor is gone.' }, 'The supervisor is gone.'],
  ] as const)('says in short how it ended: %j', (outcome, expected) => {
    expect(outcomeInShort(sampleRun({ phase: 'done', outcome }))).toBe(expected);
  });
});
