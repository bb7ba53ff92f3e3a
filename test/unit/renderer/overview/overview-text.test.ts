import { describe, expect, it } from 'vitest';
import {
  countSlots,
  filterOf,
  matches,
  tileAge,
  tileName,
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
