import { describe, expect, it } from 'vitest';
import { attentionOfAlarm, attentionOfRun, durationText, RunEnds } from '../../../../electron/care/attention';
import type { Alarm } from '../../../../shared/domain/alarm';
import { slotIdSchema } from '../../../../shared/domain/ids';
import { makeRun } from '../../../fixtures/panel-state';

const ended = (outcome: Parameters<typeof makeRun>[0]) =>
  makeRun({ phase: 'done', startedAt: 0, endedAt: 723_000, ...outcome });

describe('the end of a run', () => {
  it('is told once, and only of a run that was seen active', () => {
    const ends = new RunEnds();
    const done = ended({ outcome: { kind: 'exited', code: 0 } });
    expect(ends.take(done)).toBe(false);
    expect(ends.take(makeRun())).toBe(false);
    expect(ends.take(makeRun({ phase: 'settling' }))).toBe(false);
    expect(ends.take(done)).toBe(true);
    expect(ends.take(done)).toBe(false);
  });

  it('names slot, script, outcome and duration', () => {
    const run = ended({ outcome: { kind: 'exited', code: 1 } });
    expect(attentionOfRun(run, 'all-ends')).toEqual({
      slot: 'crate1slot2',
      title: 'crate1slot2: take_iv.py failed',
      body: 'Script has finished with exit code 1, after 12 min 3 s.',
    });
  });

  it('says that a run could not start, with why', () => {
    const outcome = { kind: 'not-started', code: 'no-python', message: 'python3 is not there.' } as const;
    const run = makeRun({ phase: 'done', startedAt: null, endedAt: 10, outcome });
    expect(attentionOfRun(run, 'failures')).toMatchObject({
      title: 'crate1slot2: take_iv.py could not start',
      body: 'python3 is not there.',
    });
  });

  it.each([
    [{ kind: 'exited', code: 0 } as const, true, false],
    [{ kind: 'exited', code: 3 } as const, true, true],
    [{ kind: 'signalled', signal: 'SIGSEGV' } as const, true, true],
    [{ kind: 'lost', message: 'gone' } as const, true, true],
    [{ kind: 'aborted', stage: 'interrupt', code: 1, signal: null } as const, true, false],
    [null, true, true],
  ])('of outcome %j is told as the operator chose', (outcome, all, failures) => {
    const run = ended({ outcome });
    expect(attentionOfRun(run, 'all-ends') !== null).toBe(all);
    expect(attentionOfRun(run, 'failures') !== null).toBe(failures);
    expect(attentionOfRun(run, 'never')).toBeNull();
  });
});

describe('an alarm', () => {
  const slot = slotIdSchema.parse('crate1slot2');
  const alarm: Alarm = {
    rule: {
      id: 1,
      name: '',
      watched: { source: 'register', slot, path: 'AMCc.temperature' },
      condition: { kind: 'above', limit: 50 },
      delay: 0,
      severity: 'warning',
      enabled: true,
    },
    phase: 'active',
    raisedAt: 0,
    raisedBy: '61.5',
    count: 1,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    value: '62',
  };

  it('names its slot, its rule or else its value, and what raised it', () => {
    expect(attentionOfAlarm(alarm, 'failures')).toEqual({
      slot,
      title: 'crate1slot2: warning, AMCc.temperature',
      body: 'AMCc.temperature is 61.5.',
    });
    const named = { ...alarm, rule: { ...alarm.rule, name: 'Too warm', severity: 'alarm' as const } };
    expect(attentionOfAlarm({ ...named, raisedBy: null }, 'all-ends')).toMatchObject({
      title: 'crate1slot2: alarm, Too warm',
      body: 'No value of AMCc.temperature has come.',
    });
    expect(attentionOfAlarm(alarm, 'never')).toBeNull();
  });

  it('says of silence for how long, and what came last', () => {
    const condition = { kind: 'not-updated' as const, seconds: 30 };
    const silent = { ...alarm, rule: { ...alarm.rule, condition } };
    expect(attentionOfAlarm(silent, 'all-ends')?.body).toBe(
      'AMCc.temperature was not updated for 30 s; it was 61.5.',
    );
    expect(attentionOfAlarm({ ...silent, raisedBy: null }, 'all-ends')?.body).toBe(
      'No value of AMCc.temperature has come.',
    );
  });
});

describe('a duration in words', () => {
  it.each([
    [-5, '0 s'],
    [999, '1 s'],
    [59_400, '59 s'],
    [60_000, '1 min 0 s'],
    [3_599_999, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('%i ms is %s', (duration, text) => {
    expect(durationText(duration)).toBe(text);
  });
});
