import { describe, expect, it } from 'vitest';
import {
  countSlots,
  filterOf,
  matches,
  tileAge,
  tileName,
  tileProgress,
  tileShare,
} from '../../../../renderer/overview/overview-text';
import { sampleRun, sampleStatus, start } from '../support/samples';

const running = { ...sampleStatus(sampleRun()), lastMessageAt: start + 1000 };

describe('the overview', () => {
  it('names a slot without its crate, and whole where that would leave nothing', () => {
    expect(tileName('crate1slot2', 'crate1')).toBe('slot2');
    expect(tileName('demo-slot2', 'demo')).toBe('slot2');
    expect(tileName('uxm_mv6', 'crate1')).toBe('uxm_mv6');
    expect(tileName('crate1', 'crate1')).toBe('crate1');
  });

  it('counts each slot once by its state, and the doubtful ones beside that', () => {
    const failed = sampleStatus(sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 1 } }));
    const starting = sampleStatus(sampleRun({ phase: 'starting' }));
    const counts = countSlots([running, failed, starting, null], start + 60_000);
    expect(counts).toMatchObject({ running: 2, failed: 1, idle: 1, stale: 1, succeeded: 0 });
  });

  it('takes a run that fell silent, and one whose connection is lost, for stale', () => {
    expect(matches('stale', running, start + 2000)).toBe(false);
    expect(matches('stale', running, start + 60_000)).toBe(true);
    const connection = { since: start, message: 'gone', retryAt: null };
    expect(matches('stale', sampleStatus(sampleRun({ connection })), start)).toBe(true);
    expect(filterOf(sampleStatus(sampleRun({ phase: 'settling' })))).toBe('running');
  });

  it('says how old the last message is while that matters', () => {
    expect(tileAge(running, start + 61_000)).toBe('1 m');
    expect(tileAge({ ...sampleStatus(null), lastMessageAt: start }, start + 5000)).toBe('5 s');
    expect(tileAge({ ...sampleStatus(null), lastMessageAt: start }, start + 60_000)).toBe('');
    const ended = sampleStatus(sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 1 } }));
    expect(tileAge({ ...ended, lastMessageAt: start }, start + 5000)).toBe('');
  });
});

describe('how far a slot is', () => {
  const bar = {
    description: 'iv',
    percent: 37,
    done: '37',
    total: '100',
    elapsed: '00:12',
    remaining: '00:20',
    rate: '3.0it/s',
  };
  const after = (seconds: number): number => start + seconds * 1000;
  const ended = (code: number) =>
    sampleStatus(sampleRun({ phase: 'done', outcome: { kind: 'exited', code }, endedAt: after(65) }));

  it('goes by its own progress bar, then by its words, before the time that it usually takes', () => {
    const drawn = { ...running, bar };
    expect(tileProgress(drawn, 90_000, after(12))).toBe('37 %, 37 of 100, 00:20 left');
    expect(tileShare(drawn, 90_000, after(12))).toBe(37);
    expect(tileShare({ ...drawn, bar: { ...bar, percent: null } }, 90_000, after(12))).toBeNull();
    expect(tileProgress({ ...drawn, said: 'Band 2 of 4' }, 90_000, after(12))).toMatch(/^37 %/);
    expect(tileProgress({ ...running, said: 'Band 2 of 4' }, 90_000, after(45))).toBe('Band 2 of 4');
    expect(tileProgress(running, 90_000, after(45))).toBe('usually 1:30');
    expect(tileShare(running, 90_000, after(45))).toBe(50);
    expect(tileProgress(running, 90_000, after(100))).toBe('longer than usual, 1:30');
    expect(tileShare(running, 90_000, after(100))).toBe(100);
    expect(tileProgress(running, null, after(45))).toBe('');
    const printing = { ...running, run: sampleRun({ lines: 1200 }) };
    expect(tileProgress(printing, null, after(45))).toBe('1,200 log lines');
    expect(tileShare(running, null, after(45))).toBeNull();
  });

  it('says how a run ended and after what time, how an abort stands, and a lost connection', () => {
    expect(tileProgress(ended(1), null, after(100))).toBe('exit code 1, after 1:05');
    expect(tileProgress(ended(0), 90_000, after(100))).toBe('after 1:05');
    expect(tileShare(ended(0), 90_000, after(100))).toBeNull();
    const abort = { stage: 'interrupt', sentAt: start, until: after(5) } as const;
    const stopping = sampleStatus(sampleRun({ phase: 'stopping', abort }));
    expect(tileProgress(stopping, null, after(2))).toBe('SIGINT sent, SIGTERM in 3 s');
    const connection = { since: start, message: 'gone', retryAt: null };
    expect(tileProgress(sampleStatus(sampleRun({ connection })), null, after(2))).toMatch(/^connection lost/);
    expect(tileProgress(sampleStatus(null), null, after(2))).toBe('');
  });
});
